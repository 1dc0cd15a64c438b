"""Findings, as they are read: each with what it rests on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, case, func, not_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.dismissal.vocabulary import DismissedBecause
from domain.message import Message
from domain.values.findings import FindingCode
from projections.views.caseload_rows import caseload
from projections.views.dismissals import dismissals
from projections.views.gathered import Found, found
from projections.views.grounds import grounds
from projections.views.pages import Order, Page, Part, page_of

_OF_DISMISSAL: Mapping[str, str] = {
    "position": "position",
    "dismissed_on": "on",
    "dismissed_by": "by",
    "because": "because",
}
NEWEST = "-since"
SHOWN = 20
"""So many of the streams that a finding rests on are shown."""


class RestsOn(Message):
    """One of the streams a finding rests on, with the event that says it."""

    stream: str
    position: int
    known_on: date
    """The day it was recorded."""
    until: date | None
    """The day on which what ended it was recorded; null while it counts."""
    case_id: UUID | None
    reference: str | None
    """Of the case; null where you do not read of a restricted person."""
    centre: str | None


class Dismissed(Message):
    """That somebody looked at it, and what came of that."""

    on: date
    by: UUID
    """The member of staff."""
    because: DismissedBecause
    position: int
    """Of the entry that says so."""


class Finding(Found):
    """Something to be looked at."""

    open: bool
    """Whether what it rests on still stands, and nobody has dismissed it."""
    dismissed: Dismissed | None
    """For what it rests on now; null also where an entry has come to it since."""
    rests_on: tuple[RestsOn, ...]
    """The one recorded first stands first; twenty at most."""


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    code: FindingCode | None = None
    open: bool | None = None
    centre: str | None = None
    """Those that rest on this centre's cases and on nothing else."""
    dismissed: bool | None = None
    finding_id: UUID | None = None
    """That one alone."""


def find(
    conn: Connection,
    filters: Filters,
    part: Part | None = None,
    on: date = date.max,
    *,
    restricted: bool = True,
) -> Page[Finding]:
    """One page of those that are ones `on` a day, the latest first; those of one day by id.

    An agreement is near its end from a day on, though it is known beforehand. `restricted`: cases
    are named by their references also where their person's data is restricted.
    """
    part = part or Part(NEWEST)
    query = (
        select(found.table, *(dismissals.c[name] for name in _OF_DISMISSAL))
        .outerjoin_from(found.table, dismissals.table, _stands_dismissed())
        .where(found.c.since <= on, *_conditions(filters))
    )
    order = Order((found.c.since,), found.c.finding_id, descending=True)
    page = page_of(conn, query, order, part, filters, _read)
    rest = _rest_of(conn, [row.finding_id for row, _ in page.rows], restricted=restricted)
    rows = [
        Finding(
            **dict(row),
            open=row.until is None and dismissed is None,
            dismissed=dismissed,
            rests_on=tuple(rest[row.finding_id]),
        )
        for row, dismissed in page.rows
    ]
    return Page(rows, page.next_cursor, page.total)


def _read(row: Row[Any]) -> tuple[Found, Dismissed | None]:
    said = {name: getattr(row, column) for column, name in _OF_DISMISSAL.items()}
    return found.read(row), None if said["position"] is None else Dismissed(**said)


def _stands_dismissed() -> ColumnElement[bool]:
    """Whether it was dismissed after the last entry that it rests on."""
    latest = (
        select(func.max(grounds.c.position))
        .where(grounds.c.finding_id == found.c.finding_id)
        .scalar_subquery()
    )
    return and_(dismissals.c.finding_id == found.c.finding_id, dismissals.c.position > latest)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.code is not None:
        yield found.c.code == filters.code
    if filters.finding_id is not None:
        yield found.c.finding_id == filters.finding_id
    if filters.open is not None:
        is_open = and_(found.c.until.is_(None), dismissals.c.finding_id.is_(None))
        yield is_open if filters.open else not_(is_open)
    if filters.dismissed is not None:
        yield dismissals.c.finding_id.is_(None) != filters.dismissed
    if filters.centre is not None:
        elsewhere = (
            select(grounds.c.finding_id)
            .outerjoin_from(grounds.table, caseload.table, grounds.c.case_id == caseload.c.case_id)
            .where(
                grounds.c.finding_id == found.c.finding_id,
                func.coalesce(caseload.c.centre, grounds.c.centre).is_distinct_from(filters.centre),
            )
        )
        yield ~elsewhere.exists()


def _rest_of(
    conn: Connection, findings: Sequence[UUID], *, restricted: bool
) -> Mapping[UUID, list[RestsOn]]:
    """What each rests on, in the order of the ledger."""
    c = grounds.c
    place = func.row_number().over(partition_by=c.finding_id, order_by=(c.position, c.number))
    placed = select(grounds.table, place.label("place")).where(c.finding_id.in_(findings))
    r = placed.subquery("placed").c
    columns = (r.stream, r.position, r.known_on, r.until, r.case_id)
    centre = func.coalesce(caseload.c.centre, r.centre)
    of = caseload.c
    reference = of.reference if restricted else case((of.restricted_until.is_(None), of.reference))
    query = (
        select(r.finding_id, *columns, reference, centre)
        .outerjoin(caseload.table, r.case_id == caseload.c.case_id)
        .where(r.place <= SHOWN)
        .order_by(r.position, r.number)
    )
    rest = defaultdict[UUID, list[RestsOn]](list)
    for finding, *cells in conn.execute(query):
        rest[finding].append(RestsOn(**dict(zip(RestsOn.model_fields, cells, strict=True))))
    return rest


class CheckCount(Message):
    """How much one check has found."""

    code: FindingCode
    open: int
    dismissed: int
    settled: int
    """What it rested on stands no more."""


def counted(conn: Connection, on: date) -> list[CheckCount]:
    """By check, those too that have found nothing; as `find`, on a day."""
    ended, dismissed = found.c.until.is_not(None), dismissals.c.finding_id.is_not(None)
    query = (
        select(found.c.code, ended, dismissed, func.count())
        .outerjoin_from(found.table, dismissals.table, _stands_dismissed())
        .where(found.c.since <= on)
        .group_by(found.c.code, ended, dismissed)
    )
    many: dict[tuple[str, str], int] = defaultdict(int)
    for code, is_ended, is_dismissed, count in conn.execute(query):
        state = "settled" if is_ended else "dismissed" if is_dismissed else "open"
        many[code, state] += count
    states = ("open", "dismissed", "settled")
    return [
        CheckCount(code=code, **{state: many[code, state] for state in states})
        for code in FindingCode
    ]


def people_in(conn: Connection, finding_id: UUID) -> tuple[UUID, ...]:
    """Whose cases a finding rests on."""
    query = (
        select(caseload.c.beneficiary_id)
        .join_from(grounds.table, caseload.table, grounds.c.case_id == caseload.c.case_id)
        .where(grounds.c.finding_id == finding_id)
        .distinct()
        .order_by(caseload.c.beneficiary_id)
    )
    return tuple(row[0] for row in conn.execute(query))


def positions_of(conn: Connection, finding_id: UUID) -> tuple[int, ...]:
    """All the entries that a finding rests on."""
    query = select(grounds.c.position).where(grounds.c.finding_id == finding_id).distinct()
    return tuple(row[0] for row in conn.execute(query.order_by(grounds.c.position)))
