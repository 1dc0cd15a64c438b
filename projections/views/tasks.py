"""What somebody must see to: a row for each review that an open case still calls for.

A case's reviews stand beside each other here, so that what is late is found by its own day and
not behind another of the same case. What is late, due or coming depends on the day it is asked
for, which is an argument.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from sqlalchemy import Connection, Select, and_, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from domain.case.noticed.said import said_to
from domain.case.schedule import Due, ReviewKind
from domain.case.state import CaseState
from domain.case.whereabouts import Met, met_at, prison_of
from domain.message import FieldClass, Message, StreamKind, derived_id
from domain.seeing_to import blocked_by, is_meeting
from domain.values.papers import PaperKind
from projections.columns import SortedText
from projections.deriving import Derived, Folds, outstanding
from projections.view import UNANSWERED, View, unvalidated
from projections.views.answered import AnsweredReview
from projections.views.caseload_rows import DatedReview
from projections.views.pages import Order, Page, Part, page_of
from projections.views.spelling import words

SOON = timedelta(days=7)
"""What falls due within that time is told as coming."""


class Group(StrEnum):
    """How a task stands on a day; one that is further off stands in none."""

    OVERDUE = "overdue"
    DUE = "due"
    COMING = "coming"


class Age(StrEnum):
    """How late something is that is overdue: by when others are told of it."""

    WEEK = "week"
    THREE_WEEKS = "three_weeks"
    LONGER = "longer"


class TaskRow(AnsweredReview):
    """A review that is to be held, and whose it is."""

    task_id: UUID
    """The same for as long as the review is, wherever its day moves."""
    case_id: UUID
    centre: str
    caseworker: UUID
    province: str
    blocked: Annotated[str | None, FieldClass.JUDICIAL]
    """Why the step that sees to it cannot be taken now, as a problem's code."""
    paper: Annotated[PaperKind | None, FieldClass.JUDICIAL]
    """Which paper expires, of a review that is about one."""
    met: Annotated[Met | None, FieldClass.JUDICIAL]
    """Where the person is met for it; null for what is seen to without them."""
    prison: Annotated[str | None, FieldClass.JUDICIAL]
    """In which prison, by its code."""
    commune: Annotated[str | None, FieldClass.PERSONAL]
    """Outside, in which commune; null where it was not told."""
    place: Annotated[SortedText, FieldClass.PERSONAL, UNANSWERED]
    """The prison or the commune as it is sorted: one commune is spelled in several ways."""
    restricted: Annotated[bool, UNANSWERED]
    """Whether the person's data is restricted."""


WHOSE = ((), ("centre",), ("caseworker",))
"""Of whom lists are asked for. What is counted stands whole in an index, so no row is read for it."""
IN_A_ROUND = ("met", "place", "window_end", "window_start", "task_id")

tasks = View(
    "tasks",
    TaskRow,
    key=["task_id"],
    owner="case_id",
    indexes=[
        ["case_id"],
        *([*whose, "window_end", "window_start", "task_id"] for whose in WHOSE),
        *([*whose, "window_start", "window_end", "restricted"] for whose in WHOSE if whose),
        ["window_start", "window_end", "restricted", "kind", "province", "met"],
        *([*whose, *IN_A_ROUND] for whose in WHOSE if whose),
        *([*whose, "due_on"] for whose in WHOSE if whose),
    ],
)
columns = tasks.c
_row = unvalidated(TaskRow)

PRESSING: Final = "pressing"
"""The longest overdue first, then what ends the soonest; of one day what began first."""
ORDER = Order((columns.window_end, columns.window_start), columns.task_id)
BY_PLACE = "place"
"""By where the person is met, and at one place the most pressing first."""
Sort = Literal["pressing", "-pressing", "begins"]
"""`-pressing`: what ends last first; `begins`: what began, or begins, first."""
BEGINS: Sort = "begins"
ORDERS = {
    PRESSING: ORDER,
    f"-{PRESSING}": replace(ORDER, descending=True),
    BEGINS: Order((columns.window_start, columns.window_end), columns.task_id),
    BY_PLACE: Order((columns.place, *ORDER.by), columns.task_id),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    group: Group | None = None
    kind: Annotated[ReviewKind | None, FieldClass.JUDICIAL] = None
    case_id: UUID | None = None
    centre: str | None = None
    caseworker: UUID | None = None
    absent: tuple[UUID, ...] = ()
    """For whom the caseworker stands in: theirs are among the caseworker's."""
    province: str | None = None
    late: Annotated[Age | None, FieldClass.JUDICIAL] = None
    """Only what is overdue, and that late: it tells the day, nearly."""
    unrestricted: bool | None = None
    """Only of cases whose person's data is not restricted."""
    met: Annotated[Met | None, FieldClass.JUDICIAL] = None
    place: Annotated[str | None, FieldClass.PERSONAL] = None
    """As places are sorted; empty for what stands at none that was told."""
    begun: bool | None = None
    """Only what stands in any of the groups."""


class Counts(Message):
    """How many tasks there are: each stands in one of these groups, or in none of them."""

    overdue: int
    due: int
    coming: int


class Load(Counts):
    """What a caseworker has before them."""

    caseworker: UUID
    oldest: date | None
    """Since when the longest overdue is late: the last day of its window."""


def find(conn: Connection, filters: Filters, today: date, part: Part) -> Page[TaskRow]:
    """One page of the tasks, the most pressing first. Raises what `page_of` raises."""
    query = select(tasks.table).where(*conditions(filters, today))
    return page_of(conn, query, ORDERS[part.sort], part, filters, tasks.read)


def counts(conn: Connection, filters: Filters, today: date) -> Counts:
    """How many stand in each group; as many as `find` lists of it."""
    found = conn.execute(counted_by_group(filters, today)).one()
    return Counts(overdue=found.overdue, due=found.due, coming=found.coming)


def loads(conn: Connection, filters: Filters, today: date) -> list[Load]:
    """What each caseworker has before them; not of who has nothing."""
    oldest = func.min(case((_in(Group.OVERDUE, today), columns.window_end))).label("oldest")
    query = counted_by_group(filters, today).add_columns(columns.caseworker, oldest)
    rows = conn.execute(query.group_by(columns.caseworker))
    return [
        Load(
            caseworker=row.caseworker,
            oldest=row.oldest,
            overdue=row.overdue,
            due=row.due,
            coming=row.coming,
        )
        for row in rows
    ]


def by_kind(conn: Connection, filters: Filters, today: date) -> dict[ReviewKind, int]:
    """How many of each kind stand in any group."""
    found = conn.execute(_grouped(columns.kind, filters, today))
    return dict(sorted((ReviewKind(kind), int(many)) for kind, many in found))


def by_met(conn: Connection, filters: Filters, today: date) -> dict[Met, int]:
    """How many of those that are seen to with the person stand in any group, by where that is."""
    found = conn.execute(_grouped(columns.met, filters, today))
    return {Met(met): int(many) for met, many in found if met is not None}


def by_province(conn: Connection, filters: Filters, today: date) -> dict[str, int]:
    """How many of each province stand in any group."""
    found = conn.execute(_grouped(columns.province, filters, today))
    return dict(sorted((province, int(many)) for province, many in found))


def next_day(conn: Connection, filters: Filters, today: date) -> date | None:
    """The day on which something falls due the next time, where nothing does within days."""
    later = columns.window_start > today
    query = select(func.min(columns.window_start)).where(*conditions(filters, today), later)
    found: date | None = conn.scalar(query)
    return found


def _grouped(by: ColumnElement[Any], filters: Filters, today: date) -> Select[tuple[Any, int]]:
    begun = columns.window_start <= today + SOON
    return select(by, func.count()).where(*conditions(filters, today), begun).group_by(by)


def counted_by_group(filters: Filters, today: date) -> Select[tuple[int, ...]]:
    """Of what has begun or is about to: nothing else is looked at."""
    begun = columns.window_start <= today + SOON
    many = (
        func.coalesce(func.sum(case((_in(group, today), 1), else_=0)), 0).label(group)
        for group in Group
    )
    return select(*many).where(*conditions(filters, today), begun)


def conditions(filters: Filters, today: date) -> Iterator[ColumnElement[bool]]:
    """What must hold of a task in the list."""
    if filters.caseworker is not None:
        yield columns.caseworker.in_((filters.caseworker, *filters.absent))
    for name in ("kind", "case_id", "centre", "province", "met", "place"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield columns[name] == wanted
    if filters.unrestricted:
        yield columns.restricted.is_(False)
    if filters.begun:
        yield columns.window_start <= today + SOON
    if filters.late is not None:
        yield AGES[filters.late](today)
    if filters.group is not None:
        yield _in(filters.group, today)


def _in(group: Group, today: date) -> ColumnElement[bool]:
    return GROUPS[group](today)


def _overdue(today: date) -> ColumnElement[bool]:
    late: ColumnElement[bool] = columns.window_end < today
    return late


def _due(today: date) -> ColumnElement[bool]:
    return and_(columns.window_start <= today, columns.window_end >= today)


def _coming(today: date) -> ColumnElement[bool]:
    return and_(columns.window_start > today, columns.window_start <= today + SOON)


GROUPS: Mapping[Group, Callable[[date], ColumnElement[bool]]] = {
    Group.OVERDUE: _overdue,
    Group.DUE: _due,
    Group.COMING: _coming,
}
"""They exclude each other: no review begins after its window has ended."""


def _late_by(least: int, most: int | None) -> Callable[[date], ColumnElement[bool]]:
    """Overdue by so many days."""

    def within(today: date) -> ColumnElement[bool]:
        late: ColumnElement[bool] = columns.window_end <= today - timedelta(days=least)
        if most is None:
            return late
        return and_(late, columns.window_end >= today - timedelta(days=most))

    return within


FIRST_TOLD, THEN_TOLD = 7, 21
"""Days after which the coordinator, and then the division, is told by the first rules."""
AGES: Mapping[Age, Callable[[date], ColumnElement[bool]]] = {
    Age.WEEK: _late_by(1, FIRST_TOLD),
    Age.THREE_WEEKS: _late_by(FIRST_TOLD + 1, THEN_TOLD),
    Age.LONGER: _late_by(THEN_TOLD + 1, None),
}


def group_of(row: DatedReview, today: date) -> Group | None:
    """In which of them a review stands."""
    if row.window_end < today:
        return Group.OVERDUE
    if row.window_start <= today:
        return Group.DUE
    return Group.COMING if row.window_start <= today + SOON else None


def _rows(name: str, folds: Folds) -> Iterable[TaskRow]:
    fold = folds.case(name)
    state = fold.state
    if state.centre is None or state.caseworker is None or state.province is None:
        return
    if state.beneficiary_id is None:
        return
    case_id = UUID(name)
    restricted = folds.beneficiary(state.beneficiary_id).state.restricted
    at = met_at(state)
    prison, commune = prison_of(state), state.commune if at is Met.OUTSIDE else None
    place = SortedText(place_of(prison or commune))
    for due in outstanding(fold, folds):
        yield _row(
            task_id=task_id(case_id, due.key, folds),
            case_id=case_id,
            key=due.key,
            kind=due.kind,
            due_on=due.due_on,
            window_start=due.falls_due,
            window_end=due.window_end,
            centre=state.centre,
            caseworker=state.caseworker,
            province=state.province,
            blocked=blocked_by(due.kind, state),
            paper=_paper(due, state),
            met=at if (meeting := is_meeting(due.kind)) else None,
            prison=prison if meeting else None,
            commune=commune if meeting else None,
            place=place if meeting else SortedText(""),
            restricted=restricted,
            **said_to(due, state),
        )


def _paper(due: Due, state: CaseState) -> PaperKind | None:
    if due.kind is not ReviewKind.PAPER:
        return None
    paper = state.papers.get(UUID(due.key.partition("/")[2]))
    return paper.kind if paper else None


def place_of(name: str | None) -> str:
    """How a place is compared: neither hamza, accents, capitals nor an article make two of one."""
    return " ".join(words(name)) if name else ""


def task_id(case_id: UUID, key: str, folds: Folds) -> UUID:
    """By a mark: a review's name may hold the day of a release, and nobody is to find it by trying."""
    told = hashlib.sha256(f"{case_id}/{key}".encode()).hexdigest()
    return derived_id(case_id, folds.mark(told))


TASKS = Derived(tasks, StreamKind.CASE, _rows)
