"""What is due by day: reviews with their windows, and what the holidays among the days have moved.

Who may not know of custody has no agenda: the day under which a review stands would tell it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from domain.case.reviews import dues
from domain.case.state import CaseState
from domain.message import Message, StreamKind, stream_id
from domain.values.calendar import DAY, Calendar
from projections.views import agenda, caseload, tasks
from service.access.reader import Reading
from service.queries.worklists import Task, task_of, with_absent

MOST = 300
"""Tasks; the days that would pass it are asked for by themselves."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which days are asked for."""

    since: date | None = None
    """The first; today where it is left out."""
    days: int = 7


class AgendaTask(Task):
    moved_from: date | None
    """On which day it would be due if a holiday next to it had not moved it."""


class AgendaDay(Message):
    day: date
    is_holiday: bool
    tasks: tuple[AgendaTask, ...]
    """Those due on it, in the order of the places where people are met."""


class Agenda(Message):
    since: date
    until: date
    """The last day that is told; earlier than was asked where there would be too much."""
    days: tuple[AgendaDay, ...]
    """Those with anything due, and the holidays."""
    overdue: int
    """How much is late besides: that stands in the list of the day."""
    next_on: date | None
    """The first later day on which anything is due."""


def list_agenda(reading: Reading, filters: tasks.Filters, span: Span) -> Agenda:
    """The days asked for, as the holidays are known now."""
    today, calendar = reading.today, reading.calendar.current
    since = span.since or today
    until, among = since + timedelta(days=span.days - 1), with_absent(reading, filters)
    with reading.views.reading() as conn:
        rows = agenda.between(conn, among, today, (since, until), MOST + 1)
        if len(rows) > MOST:
            until = max(rows[-1].due_on - DAY, since)
            rows = [row for row in rows if row.due_on <= until]
        cases = caseload.of(conn, {row.case_id for row in rows})
        overdue = tasks.counts(conn, among, today).overdue
        later = agenda.next_day(conn, among, today, until)
    moved = _moved(reading, rows, calendar)
    made = (task_of(row, cases.get(row.case_id), today, reading.reader.language) for row in rows)
    told = (AgendaTask(**dict(each), moved_from=moved.get(each.task_id)) for each in made if each)
    by_day = {day: tuple(some) for day, some in groupby(told, key=lambda each: each.due_on)}
    days = tuple(
        AgendaDay(day=day, is_holiday=day in calendar.holidays, tasks=by_day.get(day, ()))
        for day in _days(since, until)
        if day in by_day or day in calendar.holidays
    )
    return Agenda(since=since, until=until, days=days, overdue=overdue, next_on=later)


def _days(since: date, until: date) -> Iterator[date]:
    while since <= until:
        yield since
        since += DAY


def _moved(
    reading: Reading, rows: Sequence[tasks.TaskRow], calendar: Calendar
) -> Mapping[UUID, date]:
    """By task; looked for only where a holiday is next to the day."""
    beside = [row for row in rows if _is_beside_a_holiday(row.due_on, calendar)]
    streams = {row.case_id: stream_id(StreamKind.CASE, row.case_id) for row in beside}
    states = reading.ledger.states(set(streams.values()))
    without = Calendar(calendar.version, frozenset())
    days: dict[UUID, Mapping[str, date]] = {}
    for case_id, stream in streams.items():
        state = states[stream]
        if isinstance(state, CaseState):
            days[case_id] = {each.key: each.due_on for each in dues(state, without)}
    found = {row.task_id: days.get(row.case_id, {}).get(row.key or "") for row in beside}
    by_task = {row.task_id: row.due_on for row in beside}
    return {task: day for task, day in found.items() if day and day != by_task[task]}


def _is_beside_a_holiday(day: date, calendar: Calendar) -> bool:
    """Whether the days off that lead to it, or away from it, have a holiday among them."""
    if day in calendar.holidays:
        return True
    for step in (DAY, -DAY):
        other = day + step
        while not calendar.is_working_day(other):
            if other in calendar.holidays:
                return True
            other += step
    return False
