"""What is recorded of an agreement: its own ledger of money and places."""

from typing import ClassVar
from uuid import UUID

from domain.agreement.steps import Season
from domain.message import Event, StreamKind
from domain.money import Amount
from domain.rules import FundingSource


class AgreementEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.AGREEMENT


class AgreementSigned(AgreementEvent):
    parties: tuple[str, ...]
    province: str
    season: Season
    funding_source: FundingSource
    signed_at: str
    envelope: Amount
    planned_places: int


class AgreementAmended(AgreementEvent):
    envelope: Amount
    planned_places: int
    explanation: str


class MorePlacesAllowed(AgreementEvent):
    places: int
    explanation: str


class FundsReceived(AgreementEvent):
    amount: Amount
    reference: str


class FundsCommitted(AgreementEvent):
    """A project was approved: its money and one place are taken."""

    project_id: UUID
    case_id: UUID
    amount: Amount


class FundsContracted(AgreementEvent):
    project_id: UUID
    amount: Amount


class FundsPaid(AgreementEvent):
    project_id: UUID
    amount: Amount


class FundsDelivered(AgreementEvent):
    """Goods and cash handed over, priced."""

    project_id: UUID
    amount: Amount


class FundsFreed(AgreementEvent):
    """An approval was ended: its money and its place can be given again."""

    project_id: UUID
    amount: Amount
    contracted: Amount
    """What of it was on order, and no longer is."""


class AgreementClosed(AgreementEvent):
    repaid: Amount
    explanation: str
