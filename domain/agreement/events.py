"""What is recorded of an agreement: its own ledger of money and places."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.agreement.terms import PlannedTranche
from domain.agreement.territory import Territory
from domain.asking.events import RequestConfirmed, Requested, RequestRefused
from domain.message import Event, Record, StreamKind
from domain.papers.events import AttachedInTheClear, WithdrawnInTheClear
from domain.rules import FundingSource
from domain.values.money import Sum


class AgreementEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.AGREEMENT


class AgreedSeason(Record):
    """A season has a label and dates of its own: it can span years."""

    label: str
    starts_on: date
    ends_on: date


class AgreedTerms(AgreementEvent):
    """What an amendment can change."""

    envelope: Sum
    planned_places: int
    ends_on: date
    tranches: tuple[PlannedTranche, ...] = ()


class AgreementSigned(AgreedTerms, stored="AgreementSigned"):
    parties: tuple[str, ...]
    territory: Territory
    season: AgreedSeason
    funding_source: FundingSource
    indh_phase: int | None = None
    signed_at: str


class AgreementAmended(AgreedTerms, stored="AgreementAmended"):
    """By the amendment of this number: the highest is in force, whenever it is entered."""

    number: int
    explanation: str


class MorePlacesRequested(AgreementEvent, Requested, stored="MorePlacesRequested"):
    places: int
    explanation: str


class MorePlacesAllowed(AgreementEvent, stored="MorePlacesAllowed"):
    places: int
    explanation: str


class FundsReceived(AgreementEvent, stored="FundsReceived"):
    amount: Sum
    reference: str
    tranche: int | None = None
    """Of the terms in force when they came; 1 for the first."""
    order_id: UUID | None = None
    """Of the order whose invoice the funder paid itself."""
    corrects: int | None = None
    """The entry in whose place it came."""


class ReceiptOfFundsReversed(AgreementEvent, stored="ReceiptOfFundsReversed"):
    """The funder's own payment of an invoice was undone: so much did not come in."""

    amount: Sum
    order_id: UUID
    reference: str
    """Of the invoice."""


class FundsRepaid(AgreementEvent, stored="FundsRepaid"):
    """To the funder."""

    amount: Sum
    reference: str
    corrects: int | None = None
    """The entry in whose place it came."""


class FundsReversed(AgreementEvent, stored="FundsReversed"):
    """What came or went was entered wrongly: it did not."""

    movement: int
    explanation: str


class FundsCarriedOut(AgreementEvent, stored="FundsCarriedOut"):
    """Into another agreement, which has them from then on."""

    into: UUID
    amount: Sum
    explanation: str


class FundsCarriedIn(AgreementEvent, stored="FundsCarriedIn"):
    """From another agreement."""

    out_of: UUID
    amount: Sum


class CarriedFundsReversed(AgreementEvent, stored="CarriedFundsReversed"):
    """It was entered wrongly at the other agreement: nothing came from there."""

    out_of: UUID
    amount: Sum


class ShortfallDeclared(AgreementEvent, stored="ShortfallDeclared"):
    """What the funder will not pay of what is spent."""

    amount: Sum
    explanation: str


class ApprovalEvent(AgreementEvent):
    """About the money of one project's approval."""

    project_id: UUID


class FundsCommitted(ApprovalEvent, stored="FundsCommitted"):
    """A project was approved: its money and one place are taken."""

    case_id: UUID
    equipment: Sum
    cash: Sum


class CommitmentCorrected(ApprovalEvent, stored="CommitmentCorrected"):
    """The decision was entered wrongly: so much was approved, and not what was committed."""

    equipment: Sum
    cash: Sum
    equipment_before: Sum
    cash_before: Sum


class CommitmentReversed(ApprovalEvent, stored="CommitmentReversed"):
    """The decision was entered wrongly: it is no approval. The money and the place come back."""

    equipment: Sum
    cash: Sum


class FundsContracted(ApprovalEvent, stored="FundsContracted"):
    amount: Sum


class ContractReduced(ApprovalEvent, stored="ContractReduced"):
    """What is on order costs less: a line was cancelled, or paid back."""

    amount: Sum


class FundsPaid(ApprovalEvent, stored="FundsPaid"):
    amount: Sum


class PaymentReversed(ApprovalEvent, stored="PaymentReversed"):
    """A cheque was cancelled before it was cashed, or the payment was entered wrongly."""

    amount: Sum


class FundsRefunded(ApprovalEvent, stored="FundsRefunded"):
    """By a supplier."""

    amount: Sum


class FundsRefundReversed(ApprovalEvent, stored="FundsRefundReversed"):
    """The supplier's refund was entered wrongly."""

    amount: Sum


class FundsRecovered(ApprovalEvent, stored="FundsRecovered"):
    """From the holder, of what was handed over."""

    amount: Sum


class RecoveryCorrected(ApprovalEvent, stored="RecoveryCorrected"):
    """It was entered wrongly: so much came back from the holder, and not what was said."""

    amount: Sum
    amount_before: Sum


class FundsDelivered(ApprovalEvent, stored="FundsDelivered"):
    """Goods and cash handed over, priced: the agreement's part."""

    goods: Sum
    cash: Sum


class DeliveryCorrected(ApprovalEvent, stored="DeliveryCorrected"):
    """It was entered wrongly: so much of the agreement's was handed over, and not what was said."""

    goods: Sum
    cash: Sum
    goods_before: Sum
    cash_before: Sum


class FundsFreed(ApprovalEvent, stored="FundsFreed"):
    """Nothing will claim it any more: it can be approved again."""

    amount: Sum


class SavingReversed(ApprovalEvent, stored="SavingReversed"):
    """What was freed is claimed after all: a correction says so, and there was room for it."""

    amount: Sum


class CostMoved(ApprovalEvent, stored="CostMoved"):
    """Goods in stock went to another holder: what they cost is that approval's from now on."""

    to: UUID
    """The other project."""
    contracted: Sum
    paid: Sum


class ApprovalSettled(ApprovalEvent, stored="ApprovalSettled"):
    """Nothing more will be ordered or given of it."""

    ended: bool
    """Before everything was delivered or dropped; its place comes back if nothing was."""
    given_up_on: date | None = None
    """The latest day on which something of it was: it is settled no earlier, however late the step
    that settles it is entered."""


class ApprovalUnsettled(ApprovalEvent, stored="ApprovalUnsettled"):
    """A correction says that more is to come of it after all."""


class AgreementClosed(AgreementEvent, stored="AgreementClosed"):
    explanation: str


class ReopeningRequested(AgreementEvent, Requested, stored="ReopeningRequested"):
    explanation: str


class AgreementReopened(AgreementEvent, stored="AgreementReopened"):
    explanation: str


class AgreementRequestConfirmed(
    AgreementEvent, RequestConfirmed, stored="AgreementRequestConfirmed"
):
    pass


class AgreementRequestRefused(AgreementEvent, RequestRefused, stored="AgreementRequestRefused"):
    explanation: str


class AgreementDocumentAttached(
    AgreementEvent, AttachedInTheClear, stored="AgreementDocumentAttached"
):
    pass


class AgreementDocumentWithdrawn(
    AgreementEvent, WithdrawnInTheClear, stored="AgreementDocumentWithdrawn"
):
    pass
