"""Cohorts and who is in them, as a centre or the whole house reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, cast
from uuid import UUID

from sqlalchemy import Connection, exists, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import FieldClass
from domain.values.trades import Trade
from projections.views.caseload_rows import caseload
from projections.views.cohort_rows import CohortPlace, CohortRow, Status, cohorts, places
from projections.views.pages import Order, Page, Part, page_of
from projections.views.registry import group

_OF_CASE = (
    *("centre", "reference", "name_ar", "name_latin"),
    *("erased_on", "key_lost", "restricted_until"),
)


class NamedPlace(CohortPlace):
    """A place with whom it is."""

    centre: str | None
    """Of the case."""
    reference: str | None
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    erased_on: date | None
    """The day the person was erased."""
    key_lost: bool
    """Whether the person's key is lost, which a copy of it would bring back."""
    restricted_until: date | None
    """Until when the person's data is restricted, if it is."""


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    trade: Trade | None = None
    provider: str | None = None
    """Or those that are one with it."""
    status: Status | None = None
    reader: str | None = None
    """Those that this centre may read: its own, the shared ones, and those with a case of it."""


Sort = Literal["-starts_on", "starts_on"]
NEWEST: Sort = "-starts_on"
ORDERS: Mapping[Sort, Order] = {
    "-starts_on": Order((cohorts.c.starts_on,), cohorts.c.cohort_id, descending=True),
    "starts_on": Order((cohorts.c.starts_on,), cohorts.c.cohort_id),
}


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[CohortRow]:
    """One page, the latest to begin first unless they are sorted otherwise."""
    part = part or Part(NEWEST)
    query = select(cohorts.table).where(*_conditions(filters))
    return page_of(conn, query, ORDERS[cast("Sort", part.sort)], part, filters, cohorts.read)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    for name in ("trade", "status"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield cohorts.c[name] == wanted
    if filters.provider is not None:
        yield cohorts.c.provider.in_(group(filters.provider))
    if filters.reader is not None:
        yield or_(
            cohorts.c.centre == filters.reader,
            cohorts.c.shared.is_(True),
            _has(cohorts.c.cohort_id, filters.reader),
        )


def _has(cohort_id: UUID | ColumnElement[UUID], centre: str) -> ColumnElement[bool]:
    """Whether somebody of the centre's cases is in it, or was."""
    return exists().where(
        places.c.cohort_id == cohort_id,
        places.c.case_id == caseload.c.case_id,
        caseload.c.centre == centre,
    )


def has_person_of(conn: Connection, cohort_id: UUID, centre: str) -> bool:
    return bool(conn.execute(select(_has(cohort_id, centre))).scalar())


def get(conn: Connection, cohort_id: UUID) -> CohortRow | None:
    row = conn.execute(select(cohorts.table).where(cohorts.c.cohort_id == cohort_id)).one_or_none()
    return cohorts.read(row) if row else None


def people_of(conn: Connection, cohort_id: UUID, centre: str | None = None) -> list[NamedPlace]:
    """Who is in it, and who left, by case; a centre's cases alone, where one is given."""
    query = (
        select(places.table, *(caseload.c[name] for name in _OF_CASE))
        .outerjoin(caseload.table, places.c.case_id == caseload.c.case_id)
        .where(places.c.cohort_id == cohort_id)
        .order_by(places.c.case_id)
    )
    if centre is not None:
        query = query.where(caseload.c.centre == centre)
    return [NamedPlace(**row._mapping) for row in conn.execute(query)]  # noqa: SLF001 (SQLAlchemy's public name for it)
