"""Agreements with their balances. Amounts are in MAD."""

from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from domain.agreement.funds import FundsKind
from domain.agreement.state import AgreementState
from domain.errors import Refused
from domain.message import Message, StreamKind, stream_id
from projections.views import agreements, projects
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.scope import SeenAgreement
from service.queries.cursors import opened, sealed


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


class Agreement(agreements.AgreementRow):
    funds: tuple[FundsEntry, ...]
    projects: tuple[projects.ProjectRow, ...]
    """Of those decided under it, the ones of the cases that you may read."""


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
    state = cast(
        "AgreementState", reading.ledger.state(stream_id(StreamKind.AGREEMENT, agreement.id))
    )
    funds = (FundsEntry(movement=number, **vars(each)) for number, each in state.funds.items())
    return Agreement(**dict(found), funds=tuple(funds), projects=tuple(paid_for))
