"""Agreements and where their money stands. Amounts in MAD."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast
from uuid import UUID

from sqlalchemy import Connection, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.agreement.terms import PlannedTranche
from domain.agreement.territory import Territory
from domain.message import Message, StreamKind
from domain.rules import FAMILIES, FamilyOfSources, FundingSource
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated
from projections.views.caseload_rows import caseload
from projections.views.pages import Order, Page, Part, page_of
from projections.views.standing import Standing


class AgreementRow(Message):
    """An agreement's terms in force, and where its money and places stand."""

    agreement_id: UUID
    territory: Territory
    season: str
    season_starts_on: date
    season_ends_on: date
    funding_source: FundingSource
    funding_family: FamilyOfSources
    indh_phase: int | None
    signed_on: date
    signed_at: str
    ends_on: date
    """The last day of its term: no later session decides under it."""
    amendment: int
    """The number of the one in force; 0 for none."""
    missing_amendments: tuple[int, ...]
    """Lower numbers that nobody entered."""
    tranches: tuple[PlannedTranche, ...]
    envelope: Decimal
    room: Decimal
    """What can still be committed, repaid or carried out."""
    in_hand: Decimal
    """What came and is neither spent nor gone; below zero where more is spent than came."""
    lacking: Decimal
    """What was spent, has not come in, and is not declared a shortfall."""
    places: int
    places_taken: int
    received: Decimal
    carried_in: Decimal
    committed: Decimal
    contracted: Decimal
    paid: Decimal
    cash_paid: Decimal
    spent: Decimal
    to_come: Decimal
    delivered: Decimal
    repaid: Decimal
    carried_out: Decimal
    shortfall: Decimal
    """What the funder will not pay, as declared."""
    return_by: date | None
    """By when what came back after the closing is to be repaid or carried over."""
    status: Literal["open", "closed"]
    version: int


class AgreementPlace(Message):
    """A place inside an agreement's territory."""

    agreement_id: UUID
    place: str


agreements = View(
    "agreements",
    AgreementRow,
    key=["agreement_id"],
    owner="agreement_id",
    indexes=[["signed_on", "agreement_id"]],
)
agreement_places = View(
    "agreement_places",
    AgreementPlace,
    key=["agreement_id", "place"],
    owner="agreement_id",
    indexes=[["place", "agreement_id"]],
)
_row, _place = unvalidated(AgreementRow), unvalidated(AgreementPlace)

Sort = Literal["-signed_on", "signed_on"]
NEWEST: Sort = "-signed_on"
ORDERS: Mapping[Sort, Order] = {
    "-signed_on": Order((agreements.c.signed_on,), agreements.c.agreement_id, descending=True),
    "signed_on": Order((agreements.c.signed_on,), agreements.c.agreement_id),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    province: str | None = None
    """Those whose territory it lies in."""
    season: str | None = None
    funding_source: str | None = None
    funding_family: str | None = None
    status: str | None = None
    to_return: bool | None = None
    """Those closed ones that have something to give back."""
    standing: Standing | None = None
    """Those whose totals this centre may read: their territory meets it, or it has a case there."""


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[AgreementRow]:
    """One page, the latest signed first unless they are sorted otherwise."""
    part = part or Part(NEWEST)
    query = select(agreements.table).where(*_conditions(filters))
    order = ORDERS[cast("Sort", part.sort)]
    return page_of(conn, query, order, part, filters, agreements.read)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    for name in ("season", "funding_source", "funding_family", "status"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield agreements.c[name] == wanted
    if filters.province is not None:
        yield _in_one_of(agreements.c.agreement_id, (filters.province,))
    if filters.to_return is not None:
        due = agreements.c.return_by
        yield due.is_not(None) if filters.to_return else due.is_(None)
    if filters.standing is not None:
        yield shown_to(agreements.c.agreement_id, filters.standing)


def shown_to(agreement_id: ColumnElement[UUID], standing: Standing) -> ColumnElement[bool]:
    """Whether its territory meets the centre, or one of the centre's cases is under it."""
    met = _in_one_of(agreement_id, standing.provinces)
    return or_(met, _cases(agreement_id, standing.centre))


def _in_one_of(agreement_id: ColumnElement[UUID], codes: Collection[str]) -> ColumnElement[bool]:
    """Whether one of these places lies in the territory."""
    found = agreement_places.c
    return exists().where(found.agreement_id == agreement_id, found.place.in_(list(codes)))


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
    state, calendar = folds.agreement(name).state, folds.calendar
    terms, money = state.terms, state.money
    if (
        state.signed_on is None
        or state.signed_at is None
        or state.territory is None
        or state.season is None
        or state.funding_source is None
        or terms.ends_on is None
    ):
        return
    yield _row(
        agreement_id=UUID(name),
        territory=state.territory,
        season=state.season.label,
        season_starts_on=state.season.starts_on,
        season_ends_on=state.season.ends_on,
        funding_source=state.funding_source,
        funding_family=FAMILIES[state.funding_source],
        indh_phase=state.indh_phase,
        signed_on=state.signed_on,
        signed_at=state.signed_at,
        ends_on=terms.ends_on,
        amendment=terms.number,
        missing_amendments=state.missing_amendments,
        tranches=terms.tranches,
        envelope=terms.envelope,
        room=state.room,
        in_hand=state.in_hand,
        lacking=state.lacking,
        places=state.places,
        places_taken=state.places_taken,
        received=state.received,
        carried_in=state.carried_in,
        committed=money.committed,
        contracted=money.contracted,
        paid=money.paid,
        cash_paid=money.cash_paid,
        spent=money.spent,
        to_come=money.to_come,
        delivered=money.delivered,
        repaid=state.repaid,
        carried_out=state.carried_out,
        shortfall=state.shortfall,
        return_by=state.return_by(calendar),
        status="closed" if state.closed else "open",
        version=state.seen,
    )


def _places(name: str, folds: Folds) -> Iterable[AgreementPlace]:
    territory = folds.agreement(name).state.territory
    for place in sorted(territory.places) if territory else ():
        yield _place(agreement_id=UUID(name), place=place)


AGREEMENTS = Derived(agreements, StreamKind.AGREEMENT, _rows)
AGREEMENT_PLACES = Derived(agreement_places, StreamKind.AGREEMENT, _places)
