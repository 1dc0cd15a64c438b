"""What is recorded of an agreement: its own ledger of money and places."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.message import Event, Record, StreamKind
from domain.rules import FundingSource
from domain.values.money import Sum


class AgreementEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.AGREEMENT


class AgreedSeason(Record):
    """A season has a label and dates of its own: it can span years."""

    label: str
    starts_on: date
    ends_on: date


class AgreementSigned(AgreementEvent, stored="AgreementSigned"):
    parties: tuple[str, ...]
    province: str
    season: AgreedSeason
    funding_source: FundingSource
    signed_at: str
    envelope: Sum
    planned_places: int


class AgreementAmended(AgreementEvent, stored="AgreementAmended"):
    envelope: Sum
    planned_places: int
    explanation: str


class MorePlacesAllowed(AgreementEvent, stored="MorePlacesAllowed"):
    places: int
    explanation: str


class FundsReceived(AgreementEvent, stored="FundsReceived"):
    amount: Sum
    reference: str


class FundsCommitted(AgreementEvent, stored="FundsCommitted"):
    """A project was approved: its money and one place are taken."""

    project_id: UUID
    case_id: UUID
    amount: Sum


class FundsContracted(AgreementEvent, stored="FundsContracted"):
    project_id: UUID
    amount: Sum


class FundsPaid(AgreementEvent, stored="FundsPaid"):
    project_id: UUID
    amount: Sum


class FundsDelivered(AgreementEvent, stored="FundsDelivered"):
    """Goods and cash handed over, priced."""

    project_id: UUID
    amount: Sum


class FundsFreed(AgreementEvent, stored="FundsFreed"):
    """An approval was ended: its money and its place can be given again."""

    project_id: UUID
    amount: Sum
    contracted: Sum
    """What of it was on order, and no longer is."""


class AgreementClosed(AgreementEvent, stored="AgreementClosed"):
    repaid: Sum
    explanation: str
