"""What is recorded of an order. Lines, payments and incidents are numbered from 1; amounts in MAD."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.asking.events import RequestConfirmed, Requested, RequestRefused
from domain.message import Event, Record, StreamKind
from domain.order.vocabulary import IncidentKind, IncidentResult
from domain.papers.events import AttachedInTheClear, WithdrawnInTheClear
from domain.project.events import AgreementPart
from domain.values.money import Sum


class OrderEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.ORDER


class OrderedLine(Record):
    """One item of a project, at the supplier's price for the whole line."""

    line: int
    project_id: UUID
    case_id: UUID
    item: int
    price: Sum
    own_extra: Sum
    """What of a price higher than planned the holder pays."""
    parts: tuple[AgreementPart, ...]
    """The rest is the holder's own."""


class LineAmount(Record):
    """What of a sum is for one line."""

    line: int
    amount: Sum


class OrderPlaced(OrderEvent, stored="OrderPlaced"):
    supplier: str
    contract: str
    lines: tuple[OrderedLine, ...]


class LinesReceived(OrderEvent, stored="LinesReceived"):
    lines: tuple[int, ...]


class ReceiptCorrected(OrderEvent, stored="ReceiptCorrected"):
    """They came in on this day, or did not, where another was entered."""

    lines: tuple[int, ...]
    received_on: date | None = None
    explanation: str


class InvoicePaid(OrderEvent, stored="InvoicePaid"):
    agreement_id: UUID
    invoice: str
    cheque: str | None = None
    by_funder: bool
    """Paid to the supplier by the funder itself."""
    lines: tuple[LineAmount, ...]
    corrects: int | None = None
    """The payment in whose place it was entered."""


class PaymentCancelled(OrderEvent, stored="PaymentCancelled"):
    """Its cheque was cancelled before it was cashed."""

    payment: int
    explanation: str


class InvoiceReversed(OrderEvent, stored="InvoiceReversed"):
    """The payment was entered wrongly: nothing was paid so."""

    payment: int
    explanation: str


class RefundReceived(OrderEvent, stored="RefundReceived"):
    agreement_id: UUID
    reference: str
    lines: tuple[LineAmount, ...]


class RefundReversed(OrderEvent, stored="RefundReversed"):
    """The refund was entered wrongly: nothing came back so."""

    refund: int
    explanation: str


class LineCancelled(OrderEvent, stored="LineCancelled"):
    line: int
    fee: Sum
    """What the supplier keeps, or is still owed."""
    explanation: str


class IncidentRecorded(OrderEvent, stored="IncidentRecorded"):
    lines: tuple[int, ...]
    kind: IncidentKind
    explanation: str


class IncidentResolved(OrderEvent, stored="IncidentResolved"):
    incident: int
    result: IncidentResult
    explanation: str


class LossRequested(OrderEvent, Requested, stored="LossRequested"):
    line: int
    explanation: str


class LineLost(OrderEvent, stored="LineLost"):
    line: int
    explanation: str


class LossReversed(OrderEvent, stored="LossReversed"):
    """It was entered wrongly: the line was not lost."""

    line: int
    explanation: str


class LineAssigned(OrderEvent, stored="LineAssigned"):
    """Out of the stock, to another holder."""

    line: int
    project_id: UUID
    case_id: UUID
    item: int
    session_id: UUID


class LinesKept(OrderEvent, stored="LinesKept"):
    """Out of the stock, into the Foundation's inventory."""

    lines: tuple[int, ...]
    explanation: str


class OrderRequestConfirmed(OrderEvent, RequestConfirmed, stored="OrderRequestConfirmed"):
    pass


class OrderRequestRefused(OrderEvent, RequestRefused, stored="OrderRequestRefused"):
    explanation: str


class OrderDocumentAttached(OrderEvent, AttachedInTheClear, stored="OrderDocumentAttached"):
    pass


class OrderDocumentWithdrawn(OrderEvent, WithdrawnInTheClear, stored="OrderDocumentWithdrawn"):
    pass
