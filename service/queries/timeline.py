"""What happened in a case, its project and the person's record, in the ledger's order."""

from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from sqlalchemy import Connection

from domain.message import Actor, Message
from projections.views import caseload, reminders, timeline
from service.access.table import centre_bound
from service.queries.cases import seen_case
from service.queries.sources import Reading


class Timeline(Message):
    entries: tuple[timeline.TimelineEntry, ...]
    next_after: int | None


class Reminders(Message):
    reminders: tuple[reminders.Reminder, ...]
    next_after: int | None


def get_timeline(
    reading: Reading, actor: Actor, case_id: UUID, after: int = 0, limit: int = 100
) -> Timeline:
    """The entries with a position > `after`, oldest first."""
    seen_case(reading, actor, case_id)
    with reading.views.reading() as conn:
        found = timeline.of_case(conn, case_id, after, limit + 1)
    entries = tuple(found[:limit])
    return Timeline(
        entries=entries, next_after=entries[-1].position if len(found) > limit else None
    )


def list_reminders(
    reading: Reading,
    actor: Actor,
    *,
    case_id: UUID | None = None,
    missed: bool | None = None,
    after: int = 0,
    limit: int = 100,
) -> Reminders:
    """The reminders the actor may see with a position > `after`, oldest first."""
    with reading.views.reading() as conn:
        found = list(
            islice(_seen(conn, centre_bound(actor), case_id, missed, after, limit), limit + 1)
        )
    rows = tuple(found[:limit])
    return Reminders(reminders=rows, next_after=rows[-1].position if len(found) > limit else None)


def _seen(
    conn: Connection,
    centre: str | None,
    case_id: UUID | None,
    missed: bool | None,  # noqa: FBT001 - a filter, not a switch
    after: int,
    limit: int,
) -> Iterator[reminders.Reminder]:
    """The reminders of one centre's cases, or of all."""
    centres: dict[UUID, str | None] = {}
    size = limit + 1
    while True:
        page = reminders.find(conn, case_id=case_id, missed=missed, after=after, limit=size)
        for row in page:
            if centre is not None and row.case_id not in centres:
                case = caseload.get(conn, row.case_id)
                centres[row.case_id] = case.centre if case else None
            if centre is None or centres[row.case_id] == centre:
                yield row
        if len(page) < size:
            return
        after = page[-1].position
