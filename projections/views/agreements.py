"""Agreements and where their money stands. Amounts in MAD."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast
from uuid import UUID

from sqlalchemy import Connection, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import Message, StreamKind
from domain.rules import FundingSource
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated
from projections.views.caseload_rows import caseload
from projections.views.pages import Order, Page, Part, page_of
from projections.views.standing import Standing


class AgreementRow(Message):
    """An agreement's balances; `available` can still be committed."""

    agreement_id: UUID
    province: str
    season: str
    season_starts_on: date
    season_ends_on: date
    funding_source: FundingSource
    signed_on: date
    signed_at: str
    envelope: Decimal
    available: Decimal
    places: int
    places_taken: int
    received: Decimal
    committed: Decimal
    contracted: Decimal
    paid: Decimal
    delivered: Decimal
    repaid: Decimal
    status: Literal["open", "closed"]
    version: int


agreements = View(
    "agreements",
    AgreementRow,
    key=["agreement_id"],
    owner="agreement_id",
    indexes=[["signed_on", "agreement_id"]],
)
_row = unvalidated(AgreementRow)

Sort = Literal["-signed_on", "signed_on"]
NEWEST: Sort = "-signed_on"
ORDERS: Mapping[Sort, Order] = {
    "-signed_on": Order(agreements.c.signed_on, agreements.c.agreement_id, descending=True),
    "signed_on": Order(agreements.c.signed_on, agreements.c.agreement_id),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    province: str | None = None
    season: str | None = None
    funding_source: str | None = None
    status: str | None = None
    standing: Standing | None = None
    """Those whose totals this centre may read: it serves the province, or has a case under it."""


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[AgreementRow]:
    """One page, the latest signed first unless they are sorted otherwise."""
    part = part or Part(NEWEST)
    query = select(agreements.table).where(*_conditions(filters))
    order = ORDERS[cast("Sort", part.sort)]
    return page_of(conn, query, order, part, filters, agreements.read)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    for name in ("province", "season", "funding_source", "status"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield agreements.c[name] == wanted
    if filters.standing is not None:
        under_it = _cases(agreements.c.agreement_id, filters.standing.centre)
        yield or_(agreements.c.province.in_(filters.standing.provinces), under_it)


def _cases(agreement_id: UUID | ColumnElement[UUID], centre: str) -> ColumnElement[bool]:
    """Whether the centre has a case that is submitted or approved under it."""
    return exists().where(caseload.c.agreement_id == agreement_id, caseload.c.centre == centre)


def has_case_of(conn: Connection, agreement_id: UUID, centre: str) -> bool:
    """Whether one of the centre's cases is submitted or approved under the agreement."""
    return bool(conn.execute(select(_cases(agreement_id, centre))).scalar())


def count(conn: Connection) -> int:
    """How many are signed, open or closed."""
    return conn.scalar(select(func.count()).select_from(agreements.table)) or 0


def get(conn: Connection, agreement_id: UUID) -> AgreementRow | None:
    query = select(agreements.table).where(agreements.c.agreement_id == agreement_id)
    row = conn.execute(query).one_or_none()
    return None if row is None else agreements.read(row)


def _rows(name: str, folds: Folds) -> Iterable[AgreementRow]:
    state = folds.agreement(name).state
    if (
        state.signed_on is None
        or state.signed_at is None
        or state.province is None
        or state.season is None
        or state.funding_source is None
    ):
        return
    yield _row(
        agreement_id=UUID(name),
        province=state.province,
        season=state.season.label,
        season_starts_on=state.season.starts_on,
        season_ends_on=state.season.ends_on,
        funding_source=state.funding_source,
        signed_on=state.signed_on,
        signed_at=state.signed_at,
        envelope=state.envelope,
        available=state.available,
        places=state.planned_places + state.allowed_places,
        places_taken=state.places_taken,
        received=state.received,
        committed=state.committed,
        contracted=state.contracted,
        paid=state.paid,
        delivered=state.delivered,
        repaid=state.repaid,
        status="closed" if state.closed else "open",
        version=state.seen,
    )


AGREEMENTS = Derived(agreements, StreamKind.AGREEMENT, _rows)
