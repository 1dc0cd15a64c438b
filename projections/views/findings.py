"""Findings, as they are read: each with what it rests on."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import Message
from domain.values.findings import FindingCode
from projections.views.caseload_rows import caseload
from projections.views.gathered import Found, found
from projections.views.grounds import grounds
from projections.views.pages import Order, Page, Part, page_of

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
    """Of the case."""
    centre: str | None


class Finding(Found):
    """Something to be looked at."""

    open: bool
    """Whether what it rests on still stands."""
    rests_on: tuple[RestsOn, ...]
    """The one recorded first stands first; twenty at most."""


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    code: FindingCode | None = None
    open: bool | None = None
    centre: str | None = None
    """Those that rest on this centre's cases and on nothing else."""
    on: date | None = None
    """Those that are ones by that day: an agreement is near its end from a day on."""


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[Finding]:
    """One page, the latest first; those of one day by id."""
    part = part or Part(NEWEST)
    query = select(found.table).where(*_conditions(filters))
    order = Order((found.c.since,), found.c.finding_id, descending=True)
    page = page_of(conn, query, order, part, filters, found.read)
    rest = _rest_of(conn, [row.finding_id for row in page.rows])
    rows = [
        Finding(**dict(row), open=row.until is None, rests_on=tuple(rest[row.finding_id]))
        for row in page.rows
    ]
    return Page(rows, page.next_cursor, page.total)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.code is not None:
        yield found.c.code == filters.code
    if filters.on is not None:
        yield found.c.since <= filters.on
    if filters.open is not None:
        yield found.c.until.is_(None) if filters.open else found.c.until.is_not(None)
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


def _rest_of(conn: Connection, findings: Sequence[UUID]) -> Mapping[UUID, list[RestsOn]]:
    """What each rests on, in the order of the ledger."""
    c = grounds.c
    place = func.row_number().over(partition_by=c.finding_id, order_by=(c.position, c.number))
    placed = select(grounds.table, place.label("place")).where(c.finding_id.in_(findings))
    r = placed.subquery("placed").c
    columns = (r.stream, r.position, r.known_on, r.until, r.case_id)
    centre = func.coalesce(caseload.c.centre, r.centre)
    query = (
        select(r.finding_id, *columns, caseload.c.reference, centre)
        .outerjoin(caseload.table, r.case_id == caseload.c.case_id)
        .where(r.place <= SHOWN)
        .order_by(r.position, r.number)
    )
    rest = defaultdict[UUID, list[RestsOn]](list)
    for finding, *cells in conn.execute(query):
        rest[finding].append(RestsOn(**dict(zip(RestsOn.model_fields, cells, strict=True))))
    return rest
