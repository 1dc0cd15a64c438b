"""The asker's calendar: what falls due in their cases, day by day, by references alone.

It goes where a calendar program takes it, to a telephone that others see: no name stands in it, no kind
of review, and nobody whose data is restricted. A caseworker has their own and those of whom they stand
in for, a coordinator the centre's.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from domain.errors import NotAllowed
from domain.message import Actor, Message, Role
from projections.views import caseload, tasks
from projections.views.pages import MOST, Part
from service.access.reader import Reading

AHEAD = timedelta(days=366)
MOST_ENTRIES = 2 * MOST


class CalendarEntry(Message):
    """Something that falls due."""

    entry_id: UUID
    """The same for as long as it is to be done, wherever its day moves."""
    reference: str
    on: date
    until: date
    """The last day on which it is in time."""


class OwnCalendar(Message):
    made_on: date | None
    """When the link that opens it was made; null where there is none."""
    entries: tuple[CalendarEntry, ...]
    """Of a year, what ends the soonest first; a thousand at most."""


def get_own_calendar(reading: Reading, actor: Actor) -> OwnCalendar:
    if actor.centre is None:
        raise NotAllowed(role=str(actor.role))
    staff = reading.directory.staff()
    link = staff.calendar_links.get(actor.id)
    own = actor.id if actor.role is Role.CASEWORKER else None
    absent = staff.absent_for(actor.id, reading.today) if own else ()
    filters = tasks.Filters(centre=actor.centre, caseworker=own, absent=absent, unrestricted=True)
    return OwnCalendar(
        made_on=link.made_on if link else None, entries=tuple(_entries(reading, filters))
    )


def _entries(reading: Reading, filters: tasks.Filters) -> Iterator[CalendarEntry]:
    with reading.views.reading() as conn:
        rows: list[tasks.TaskRow] = []
        after = None
        while len(rows) < MOST_ENTRIES:
            part = Part(tasks.PRESSING, after, MOST)
            page = tasks.find(conn, filters, reading.today, part)
            rows += page.rows
            after = page.next_cursor
            if after is None:
                break
        cases = caseload.of(conn, {row.case_id for row in rows})
    for row in rows:
        case, on = cases.get(row.case_id), max(row.due_on, row.window_start)
        if case is not None and on <= reading.today + AHEAD:
            reading.saw_cases.add(row.case_id)
            yield CalendarEntry(
                entry_id=row.task_id,
                reference=case.reference,
                on=on,
                until=max(row.window_end, on),
            )
