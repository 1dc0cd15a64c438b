"""Agreements with their balances. Amounts are in MAD."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from domain.agreement.funds import FundsKind
from domain.agreement.state import AgreementState
from domain.errors import Refused
from domain.message import Message, StreamKind, stream_id
from projections.view import unvalidated
from projections.views import agreements, projects
from projections.views.pages import Part
from projections.views.under_agreement import (
    CeremonyUnder,
    SessionUnder,
    ceremonies_of,
    references_of,
    sessions_of,
)
from service.access.reader import Reading
from service.access.scope import reads_restricted
from service.access.things import SeenAgreement
from service.queries.cursors import opened, sealed
from service.queries.naming import called, region_name


class FundsEntry(Message):
    """What came in or went, as it was entered; corrections name it by its number."""

    movement: int
    kind: FundsKind
    amount: Decimal
    on: date
    reference: str | None
    tranche: int | None
    order_id: UUID | None
    """Of the order whose invoice the funder paid itself."""
    into: UUID | None
    """The agreement into which it was carried over."""
    corrects: int | None
    """The entry in whose place it came."""
    reversed: bool
    """It was entered wrongly, and undone."""


class Amendment(Message):
    """What an amendment says: all of it held from then on, where its number is the highest."""

    number: int
    signed_on: date
    envelope: Decimal
    planned_places: int
    ends_on: date | None


class NamedSessionUnder(SessionUnder):
    committee_name: str | None
    """In the language asked for, as the region's."""
    region_name: str | None


class FundedProject(projects.ProjectRow):
    reference: str | None
    """The case's; null where you do not read of a restricted person."""


_funded = unvalidated(FundedProject)


class Agreement(agreements.AgreementRow):
    parties: tuple[str, ...]
    amendments: tuple[Amendment, ...]
    """Those entered, by number."""
    moved_on: date | None
    """The latest day on which its money or its places changed; null while nothing did."""
    funds: tuple[FundsEntry, ...]
    projects: tuple[FundedProject, ...]
    """Of those decided under it, the ones of the cases that you may read."""
    sessions: tuple[NamedSessionUnder, ...]
    """To which files were put under it, the latest first; counted by the cases that you may read."""
    ceremonies: tuple[CeremonyUnder, ...]
    """In the same way, those on whose list somebody stands whom it pays for."""


class AgreementPage(Message):
    agreements: tuple[agreements.AgreementRow, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_agreements(
    reading: Reading, filters: agreements.Filters, part: Part | None = None
) -> AgreementPage:
    part = opened(reading, part or Part(agreements.NEWEST))
    with reading.views.reading() as conn:
        page = agreements.find(conn, filters, part)
    cursor = sealed(reading, page.next_cursor)
    return AgreementPage(agreements=tuple(page.rows), next_cursor=cursor, total=page.total)


def get_agreement(reading: Reading, agreement: SeenAgreement) -> Agreement:
    """Raises `Refused("agreement_not_found")`."""
    with reading.views.reading() as conn:
        found = agreements.get(conn, agreement.id)
        if found is None:
            raise Refused("agreement_not_found")
        paid_for = projects.of_agreement(conn, agreement.id, agreement.lines_of)
        references = references_of(
            conn, [each.case_id for each in paid_for], restricted=reads_restricted(reading)
        )
        sessions = [*_named(reading, [*sessions_of(conn, agreement.id, agreement.lines_of)])]
        ceremonies = tuple(ceremonies_of(conn, agreement.id, agreement.lines_of))
    state = cast(
        "AgreementState", reading.ledger.state(stream_id(StreamKind.AGREEMENT, agreement.id))
    )
    funds = (FundsEntry(movement=number, **vars(each)) for number, each in state.funds.items())
    return Agreement(
        **dict(found),
        parties=state.parties,
        amendments=tuple(_amendment(each, state) for each in sorted(state.amendments)),
        moved_on=state.moved_on,
        funds=tuple(funds),
        projects=tuple(
            _funded(**dict(each), reference=references.get(each.case_id)) for each in paid_for
        ),
        sessions=tuple(sessions),
        ceremonies=ceremonies,
    )


def _amendment(number: int, state: AgreementState) -> Amendment:
    terms = state.amendments[number]
    return Amendment(
        number=number,
        signed_on=terms.since[0],
        envelope=terms.envelope,
        planned_places=terms.planned_places,
        ends_on=terms.ends_on,
    )


def _named(reading: Reading, rows: Sequence[SessionUnder]) -> Iterator[NamedSessionUnder]:
    name = called(reading)
    for row in rows:
        yield NamedSessionUnder(
            **dict(row),
            committee_name=name(row.committee, row.meets_on),
            region_name=region_name(reading, row.region),
        )
