"""One order, with its lines and payments. Amounts in MAD."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from domain.errors import Refused
from domain.message import FieldClass, Message
from domain.order.state import Incident, Line, Payment, Refund
from domain.order.vocabulary import IncidentKind, LineStatus
from domain.values.money import total
from projections.views import orders
from service.access.reader import Reading
from service.access.things import SeenOrder
from service.queries.item_labels import Labels, item_labels, told_of
from service.queries.naming import called

UNKNOWN = orders.LineBeside()


class LinePart(Message):
    """What of a line is paid under one agreement."""

    agreement_id: UUID
    price: Decimal
    paid: Decimal


class LineShare(Message):
    """What of a sum is for one line."""

    line: int
    amount: Decimal


class OrderLine(Message):
    """One item of a project; what it costs its funders now, and what is paid of it."""

    line: int
    project_id: UUID
    case_id: UUID
    reference: str | None
    """Of the case."""
    restricted_until: date | None
    """Until when the data of its person is restricted, if it is."""
    erased_on: date | None
    key_lost: bool
    """Whether what is personal cannot be read for now."""
    item: int
    label: Annotated[str | None, FieldClass.PERSONAL]
    """What the item is."""
    price: Decimal
    paid: Decimal
    parts: tuple[LinePart, ...]
    status: LineStatus
    received_on: date | None
    given_on: date | None
    """The day it went to this holder out of the stock, ordered for another."""
    delivered: bool
    in_stock: bool
    """Whether it is the agreement's, for another: its approval was ended, or it came back."""


class OrderPayment(Message):
    """A payment of an invoice, under an agreement."""

    payment: int
    agreement_id: UUID
    invoice: str
    cheque: str | None
    amount: Decimal
    lines: tuple[LineShare, ...]
    paid_on: date
    cancelled: bool
    """Its cheque was, before it was cashed."""
    reversed: bool
    """It was entered wrongly, and undone."""
    corrects: int | None
    """The payment in whose place it was entered."""


class OrderRefund(Message):
    """What the supplier paid back, under an agreement."""

    refund: int
    agreement_id: UUID
    reference: str
    amount: Decimal
    lines: tuple[LineShare, ...]
    refunded_on: date
    reversed: bool
    """It was entered wrongly, and undone."""


class OrderIncident(Message):
    incident: int
    lines: tuple[int, ...]
    kind: IncidentKind
    recorded_on: date
    resolved: bool


class Order(Message):
    """An order of a supplier, for one project or several."""

    order_id: UUID
    centre: str | None
    supplier: str
    supplier_name: str | None
    """As it was called on the day of the order, in the language asked for."""
    contract: str
    placed_on: date
    price: Decimal
    paid: Decimal
    lines: tuple[OrderLine, ...]
    payments: tuple[OrderPayment, ...]
    refunds: tuple[OrderRefund, ...]
    incidents: tuple[OrderIncident, ...]
    version: int


def get_order(reading: Reading, order: SeenOrder) -> Order:
    """With the lines that the reader may see, and what of all else is about them."""
    with reading.views.reading() as conn:
        beside = orders.beside(conn, order.id)
    state = order.state
    if order.lines_of is not None:
        state = state.only({n for n, each in beside.items() if each.centre == order.lines_of})
    if state.supplier is None or state.contract is None or state.begun_on is None:
        raise Refused("order_not_found")
    labels = item_labels(reading, {line.project_id for line in state.lines.values()})
    return Order(
        order_id=order.id,
        centre=state.centre,
        supplier=state.supplier,
        supplier_name=called(reading)(state.supplier, state.begun_on),
        contract=state.contract,
        placed_on=state.begun_on,
        price=state.price,
        paid=state.paid,
        lines=tuple(
            told_of(reading, _line(number, line, beside.get(number, UNKNOWN), labels))
            for number, line in state.lines.items()
        ),
        payments=tuple(_payment(*each) for each in state.payments.items()),
        refunds=tuple(_refund(*each) for each in state.refunds.items()),
        incidents=tuple(_incident(*each) for each in state.incidents.items()),
        version=state.seen,
    )


def _line(
    number: int, line: Line, beside: orders.LineBeside, labels: Mapping[UUID, Labels]
) -> OrderLine:
    return OrderLine(
        line=number,
        project_id=line.project_id,
        case_id=line.case_id,
        reference=beside.reference,
        restricted_until=beside.restricted_until,
        erased_on=beside.erased_on,
        key_lost=bool(beside.key_lost),
        item=line.item,
        label=labels.get(line.project_id, {}).get(line.item),
        price=total(line.parts.values()),
        paid=total(line.paid.values()),
        parts=tuple(
            LinePart(agreement_id=each, price=part, paid=line.paid_by(each))
            for each, part in line.parts.items()
        ),
        status=line.status,
        received_on=line.received_on,
        given_on=line.given_on,
        delivered=beside.delivered,
        in_stock=beside.in_stock,
    )


def _sums(lines: Mapping[int, Decimal]) -> tuple[LineShare, ...]:
    return tuple(LineShare(line=number, amount=part) for number, part in lines.items())


def _payment(number: int, payment: Payment) -> OrderPayment:
    return OrderPayment(
        payment=number,
        agreement_id=payment.agreement_id,
        invoice=payment.invoice,
        cheque=payment.cheque,
        amount=total(payment.lines.values()),
        lines=_sums(payment.lines),
        paid_on=payment.on,
        cancelled=payment.cancelled,
        reversed=payment.reversed,
        corrects=payment.corrects,
    )


def _refund(number: int, refund: Refund) -> OrderRefund:
    return OrderRefund(
        refund=number,
        agreement_id=refund.agreement_id,
        reference=refund.reference,
        amount=total(refund.lines.values()),
        lines=_sums(refund.lines),
        refunded_on=refund.on,
        reversed=refund.reversed,
    )


def _incident(number: int, incident: Incident) -> OrderIncident:
    return OrderIncident(
        incident=number,
        lines=incident.lines,
        kind=incident.kind,
        recorded_on=incident.on,
        resolved=incident.resolved,
    )
