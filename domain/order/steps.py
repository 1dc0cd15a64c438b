"""The steps of an order; amounts in MAD. Lines are named by their place in the order: 1 first."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.asking.steps import ConfirmRequest, RefuseRequest
from domain.message import LongText, Message, Step
from domain.order.events import LineAmount
from domain.order.vocabulary import IncidentKind, IncidentResult
from domain.papers.steps import AttachPaper, WithdrawPaper
from domain.project.items import ItemNumber, Reference
from domain.values.codes import SupplierCode
from domain.values.days import ProgrammeDay
from domain.values.money import NOTHING, Amount, PositiveAmount

MOST_LINES = 400
LineNumber = Annotated[int, Field(ge=1, le=MOST_LINES, examples=[1])]
Lines = Annotated[tuple[LineNumber, ...], Field(min_length=1, max_length=MOST_LINES)]
PaymentNumber = Annotated[int, Field(ge=1, le=MOST_LINES, examples=[1])]
RefundNumber = Annotated[int, Field(ge=1, le=MOST_LINES, examples=[1])]


class LineSum(LineAmount, Message):
    """What of a sum is for one line, in MAD."""

    line: LineNumber
    amount: PositiveAmount


Amounts = Annotated[tuple[LineSum, ...], Field(min_length=1, max_length=MOST_LINES)]


class LineOrdered(Message):
    """One item of a project, at the supplier's price in MAD for the whole line."""

    project_id: UUID
    item: ItemNumber
    price: PositiveAmount
    own_extra: Amount = Field(NOTHING, examples=["0.00"])
    """What of a price higher than planned the holder pays."""


class PlaceOrder(Step):
    """Order approved items from a supplier, of one project or of a whole list."""

    supplier: SupplierCode
    contract: Reference
    lines: tuple[LineOrdered, ...] = Field(min_length=1, max_length=MOST_LINES)


class ReceiveLines(Step):
    """Record that lines of the order came in."""

    lines: Lines


class InvoiceTold(Step):
    """A payment of an invoice, split by line."""

    invoice: Reference
    cheque: Reference | None = None
    agreement_id: UUID | None = None
    """Under which it is paid; none where the lines have one alone."""
    by_funder: bool = False
    """The funder paid the supplier itself: received under the agreement, and paid, at once."""
    lines: Amounts


class PayInvoice(InvoiceTold):
    """Record a payment of an invoice, split by line; apart from order and receipt."""


class CorrectPayment(InvoiceTold):
    """Enter a payment as it really was, on the day it was paid, in the place of a wrong one."""

    payment: PaymentNumber
    """The one that was entered wrongly."""
    explanation: LongText


class ReversePayment(Step):
    """Undo a payment that was entered wrongly: nothing was paid so."""

    payment: PaymentNumber
    explanation: LongText


class CancelPayment(Step):
    """Record that a payment's cheque was cancelled before it was cashed."""

    payment: PaymentNumber
    explanation: LongText


class CorrectReceipt(Step):
    """Say that lines did not come in, or on another day than was entered."""

    lines: Lines
    received_on: ProgrammeDay | None = None
    """When they came in; none: they did not."""
    explanation: LongText


class ReverseLoss(Step):
    """Undo a loss that was entered wrongly: the line is awaited, or here, as before."""

    line: LineNumber
    explanation: LongText


class RecordRefund(Step):
    """Record what the supplier paid back, by line: its price falls by so much."""

    agreement_id: UUID | None = None
    """Whose money comes back; none where the lines have one agreement alone."""
    reference: Reference
    lines: Amounts


class ReverseRefund(Step):
    """Undo a refund that was entered wrongly: nothing was paid back so."""

    refund: RefundNumber
    explanation: LongText


class CancelLine(Step):
    """Cancel a line that did not come; a fee the supplier keeps is spent."""

    line: LineNumber
    fee: Amount = Field(NOTHING, examples=["0.00"])
    explanation: LongText


class RecordIncident(Step):
    """Record what is wrong with lines of the order: late, wrong, damaged, the supplier gone."""

    lines: Lines
    kind: IncidentKind
    explanation: LongText


class ResolveIncident(Step):
    """Record how an incident ended."""

    incident: PaymentNumber
    result: IncidentResult
    explanation: LongText


class RecordLoss(Step):
    """Ask to write a line off: paid and never sent, or lost before it was handed over."""

    line: LineNumber
    explanation: LongText


class AssignLine(Step):
    """Give goods in stock to another holder, in the place of an item a session approved for them."""

    line: LineNumber
    project_id: UUID
    item: ItemNumber
    session_id: UUID
    """Which decided so."""


class KeepInInventory(Step):
    """Take goods in stock into the Foundation's inventory."""

    lines: Lines
    explanation: LongText


class ConfirmOrderRequest(ConfirmRequest):
    """Confirm what another person asked for about an order: it is done."""


class RefuseOrderRequest(RefuseRequest):
    """Refuse what another person asked for about an order: nothing changes."""

    explanation: LongText


class AttachOrderDocument(AttachPaper):
    """Attach to an order a paper that was sent before."""


class WithdrawOrderDocument(WithdrawPaper):
    """Withdraw a paper of an order that was attached by mistake: nobody opens it any more."""

    explanation: LongText
