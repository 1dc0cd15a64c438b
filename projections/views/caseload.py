"""The caseload: which cases there are, whose they are, and what is due in them.

What is due or overdue depends on the day it is asked for, which is an argument. A case is
overdue when any of its reviews is past its window, due when any is inside one.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from sqlalchemy import (
    Connection,
    Row,
    Text,
    and_,
    case,
    false,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlalchemy.sql.elements import ColumnElement

from domain.case.schedule import ReviewStatus
from domain.case.vocabulary import Stage, TrackKind
from domain.message import FieldClass, Message
from domain.tracks.employment.vocabulary import EmployerKind
from domain.tracks.schooling.vocabulary import SchoolLevel
from projections.views import hires, schools
from projections.views.caseload_rows import NEVER, CaseRow, caseload
from projections.views.entry_uses import entry_uses
from projections.views.pages import Order, Page, Part, page_of
from projections.views.people import PersonRow, people
from projections.views.registry import group
from projections.views.searching import hits, registered

columns = caseload.c
COUNT = 3
"""Which column of what is counted says how many."""
Columns = ReadOnlyColumnCollection[str, Any]

Sort = Literal["-opened_on", "opened_on", "overdue"]
"""`overdue`: the longest overdue first, then what is due soonest, then where nothing is due. Of one
day, and where nothing is due, those first with whom nobody was for longest; closed ones last."""
NEWEST: Sort = "-opened_on"


def orders(columns: Columns) -> Mapping[Sort, Order]:
    """How the rows of a table, or what a search finds in it, are sorted."""
    opened, name, rank = columns.opened_on, columns.case_id, columns.get("alike")
    pressing = (columns.overdue_after, columns.silent_since)
    return {
        "-opened_on": Order((opened,), name, descending=True, rank=rank),
        "opened_on": Order((opened,), name, rank=rank),
        "overdue": Order(pressing, name, rank=rank),
    }


ORDERS = orders(columns)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold. `text` is looked for in the names, and is no filter of counts."""

    stage: Stage | None = None
    centre: str | None = None
    caseworker: UUID | None = None
    absent: tuple[UUID, ...] = ()
    """For whom the caseworker stands in: theirs are among the caseworker's."""
    province: str | None = None
    season: str | None = None
    status: Literal["due", "overdue"] | None = None
    waits_for_study: bool | None = None
    text: Annotated[str | None, FieldClass.PERSONAL] = None
    track: TrackKind | None = None
    entry: Annotated[str | None, FieldClass.JUDICIAL] = None
    """Cases of whom this school, vocational centre or company took, or one that is one with it."""
    hired: EmployerKind | None = None
    """Cases that a report counts as hired so; and so those at school."""
    schooled: SchoolLevel | None = None
    counted_since: date | None = None
    """In which days it counts them."""
    counted_until: date | None = None
    unrestricted: bool | None = None
    """Only those whose person's data is not restricted."""
    paused: bool | None = None
    """Only open ones that rest."""
    to_refer: bool | None = None
    """Only open ones that another centre is to follow: of `groups`, which whoever asks works out."""
    groups: tuple[tuple[str, str | None], ...] = ()
    """A centre, and one province of its cases or all."""
    marks: Annotated[tuple[str, ...] | None, FieldClass.PERSONAL] = None
    """Of the numbers that `text` may be."""


class Case(CaseRow):
    """A case in the caseload, as it stands on a day."""

    paused: bool
    status: ReviewStatus | None
    """How its reviews stand today; none is outstanding where there is none."""


class Counts(Message):
    """How many cases; `due` and `overdue` exclude each other."""

    total: int
    by_stage: dict[Stage, int]
    by_province: dict[str, int]
    """Of the provinces where there is any."""
    by_centre: dict[str, int]
    due: int
    overdue: int
    by_track: dict[TrackKind, int]
    """One with tracks of two kinds is among both."""


def find(conn: Connection, filters: Filters, today: date, part: Part | None = None) -> Page[Case]:
    """One page of the cases, the latest opened first unless they are sorted otherwise.

    Of a search those written as they were asked for before those that are alike. Raises what
    `page_of` and `searching.hits` raise.
    """
    part = part or Part(NEWEST)
    among: Any = caseload.table if filters.text is None else hits(filters.text, filters.marks or ())
    query = select(among).where(*_conditions(among.c, filters, today))
    order = orders(among.c)[cast("Sort", part.sort)]
    return page_of(conn, query, order, part, filters, lambda row: _case(row, today))


def without_case(conn: Connection, filters: Filters) -> list[PersonRow]:
    """Whom a search means that are registered and have no case yet; it is theirs to be opened.

    Nobody where more is asked than a text: no stage or caseworker is theirs.
    """
    text, centre, unrestricted = filters.text, filters.centre, filters.unrestricted
    more = replace(filters, text=None, marks=None, centre=None, unrestricted=None)
    if text is None or more != Filters():
        return []
    query = registered(text, filters.marks or (), centre, unrestricted=bool(unrestricted))
    return [] if query is None else [people.read(row) for row in conn.execute(query)]


def get(conn: Connection, case_id: UUID) -> CaseRow | None:
    query = select(caseload.table).where(columns.case_id == case_id)
    row = conn.execute(query).one_or_none()
    return None if row is None else caseload.read(row)


def of(conn: Connection, cases: Collection[UUID]) -> Mapping[UUID, CaseRow]:
    """Those of these ids, by them."""
    query = select(caseload.table).where(columns.case_id.in_(cases))
    return {row.case_id: row for row in map(caseload.read, conn.execute(query))} if cases else {}


def of_person(conn: Connection, beneficiary_id: UUID) -> list[CaseRow]:
    """A person's cases, the latest first."""
    query = select(caseload.table).where(columns.beneficiary_id == beneficiary_id)
    ordered = query.order_by(columns.opened_on.desc(), columns.case_id.desc())
    return [caseload.read(row) for row in conn.execute(ordered)]


def in_centre(conn: Connection, cases: Collection[UUID], centre: str) -> frozenset[UUID]:
    """Those of the cases that are the centre's."""
    query = select(columns.case_id).where(columns.centre == centre, columns.case_id.in_(cases))
    return frozenset(conn.scalars(query))


def counts(conn: Connection, scope: Filters, today: date) -> Counts:
    """How the cases inside `scope` stand."""
    due = func.coalesce(func.sum(_as_number(_is(columns, "due", today))), 0)
    overdue = func.coalesce(func.sum(_as_number(_is(columns, "overdue", today))), 0)
    groups = columns.stage, columns.province, columns.centre
    tracks = [func.coalesce(func.sum(_as_number(_has(columns, kind))), 0) for kind in TrackKind]
    query = (
        select(*groups, func.count(), due, overdue, *tracks)
        .where(*_conditions(columns, scope, today))
        .group_by(*groups)
    )
    rows = conn.execute(query).fetchall()
    stages, provinces, centres = (_summed(rows, group) for group in range(len(groups)))
    return Counts(
        total=sum(stages.values()),
        by_stage={stage: stages.get(stage, 0) for stage in Stage},
        by_province=provinces,
        by_centre=centres,
        due=sum(int(row[COUNT + 1]) for row in rows),
        overdue=sum(int(row[COUNT + 2]) for row in rows),
        by_track={
            kind: sum(int(row[place]) for row in rows)
            for place, kind in enumerate(TrackKind, COUNT + 3)
        },
    )


def running_by_rules(conn: Connection, scope: Filters, today: date) -> dict[str, int]:
    """How many cases inside `scope` that are not closed go by each version of the rules."""
    query = (
        select(columns.rules_version, func.count())
        .where(*_conditions(columns, scope, today), columns.stage != Stage.CLOSED)
        .group_by(columns.rules_version)
    )
    return {version: int(many) for version, many in conn.execute(query)}


def _summed(rows: Sequence[Row[Any]], group: int) -> dict[str, int]:
    """How many there are of each value of a group's column."""
    found: Counter[str] = Counter()
    for row in rows:
        found[row[group]] += int(row[COUNT])
    return dict(sorted(found.items()))


def _conditions(columns: Columns, filters: Filters, today: date) -> Iterator[ColumnElement[bool]]:
    if filters.caseworker is not None:
        yield columns.caseworker.in_((filters.caseworker, *filters.absent))
    for name in ("stage", "centre", "province", "season", "waits_for_study"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield columns[name] == wanted
    if filters.track is not None:
        yield _has(columns, filters.track)
    if filters.entry is not None:
        taken = select(entry_uses.c.case_id).where(entry_uses.c.entry.in_(group(filters.entry)))
        yield columns.case_id.in_(taken)
    days = (filters.counted_since, filters.counted_until)
    if filters.hired is not None:
        yield columns.case_id.in_(hires.behind(filters.hired, *days))
    if filters.schooled is not None:
        yield columns.case_id.in_(schools.behind(filters.schooled, *days))
    if filters.unrestricted:
        yield columns.restricted_until.is_(None)
    yield from _standing(columns, filters, today)
    yield from _to_refer(columns, filters)


def _has(columns: Columns, track: TrackKind) -> ColumnElement[bool]:
    """Whether a case has a track of that kind, whichever of its tracks leads."""
    return type_coerce(columns.tracks, Text).contains(f'"{track}"', autoescape=True)


def _standing(columns: Columns, filters: Filters, today: date) -> Iterator[ColumnElement[bool]]:
    if filters.status is not None:
        yield _is(columns, filters.status, today)
    if filters.paused:
        yield and_(columns.outcome.is_(None), columns.paused_until > today)


def _to_refer(columns: Columns, filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.to_refer:
        yield columns.outcome.is_(None)
        yield or_(
            false(),
            *(
                columns.centre == centre
                if province is None
                else and_(columns.centre == centre, columns.province == province)
                for centre, province in filters.groups
            ),
        )


def _is(columns: Columns, status: Literal["due", "overdue"], today: date) -> ColumnElement[bool]:
    if status == "overdue":
        overdue: ColumnElement[bool] = columns.overdue_after < today
        return overdue
    return and_(columns.overdue_after >= today, columns.due_from <= today)


def _as_number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _case(found: Any, today: date) -> Case:
    row = caseload.values(found)
    until, status = row["paused_until"], _status(row["due_from"], row["overdue_after"], today)
    return Case(**row, paused=until is not None and today < until, status=status)


def _status(due_from: date, overdue_after: date, today: date) -> ReviewStatus | None:
    if overdue_after == NEVER:
        return None
    if overdue_after < today:
        return ReviewStatus.OVERDUE
    return ReviewStatus.DUE if due_from <= today else ReviewStatus.SCHEDULED
