"""What corrections of an order make of it: what was entered wrongly is as if it had not been."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.folds.use import Use, use
from domain.message import Envelope
from domain.order import events as e
from domain.order.state import Line, OrderState, Parts
from domain.order.vocabulary import LineStatus
from domain.values.money import NOTHING

evolve_mended: Evolution[OrderState] = Evolution()
on = evolve_mended.on


def with_lines(state: OrderState, changed: Mapping[int, Line]) -> OrderState:
    return replace(state, lines={**state.lines, **changed})


def paid_more(line: Line, agreement_id: UUID, amount: Decimal) -> Line:
    return replace(line, paid={**line.paid, agreement_id: line.paid_by(agreement_id) + amount})


def costs_more(line: Line, agreement_id: UUID, amount: Decimal) -> Line:
    part = line.parts[agreement_id] + amount
    return replace(line, parts={**line.parts, agreement_id: part})


def gives_up(line: Line, parts: Parts) -> Line:
    """With so much more that is owed no more."""
    more = {each: line.given_up.get(each, NOTHING) + part for each, part in parts.items()}
    return replace(line, given_up={**line.given_up, **more})


def without_payment(state: OrderState, number: int, undone: Use) -> OrderState:
    """As if nothing had been paid by it. Of what never came no more is owed then, either."""
    payment, changed = state.payments[number], {}
    for each, amount in payment.lines.items():
        line = paid_more(state.lines[each], payment.agreement_id, -amount)
        if line.never_came:
            line = costs_more(line, payment.agreement_id, -amount)
            line = gives_up(line, {payment.agreement_id: amount})
        changed[each] = line
    payments = {**state.payments, number: replace(payment, undone=undone)}
    return replace(with_lines(state, changed), payments=payments)


@on(e.InvoiceReversed)
def _payment_reversed(
    state: OrderState, event: e.InvoiceReversed, envelope: Envelope
) -> OrderState:
    state = without_payment(state, event.payment, use(envelope))
    payment = replace(state.payments[event.payment], reversed=True)
    return replace(state, payments={**state.payments, event.payment: payment})


@on(e.ReceiptCorrected)
def _received_otherwise(state: OrderState, event: e.ReceiptCorrected, _: Envelope) -> OrderState:
    came = event.received_on is not None
    status = LineStatus.RECEIVED if came else LineStatus.ORDERED
    changed = {
        number: replace(state.lines[number], status=status, received_on=event.received_on)
        for number in event.lines
    }
    return with_lines(state, changed)


@on(e.LossReversed)
def _not_lost(state: OrderState, event: e.LossReversed, _: Envelope) -> OrderState:
    """It costs what it did; here where it had come."""
    line = state.lines[event.line]
    status = LineStatus.RECEIVED if line.received_on else LineStatus.ORDERED
    parts = {each: part + line.given_up.get(each, NOTHING) for each, part in line.parts.items()}
    line = replace(line, status=status, parts=parts, given_up={})
    return with_lines(state, {event.line: line})


@on(e.RefundReversed)
def _refund_reversed(state: OrderState, event: e.RefundReversed, _: Envelope) -> OrderState:
    """The line costs as much again, and is paid as much."""
    refund, changed = state.refunds[event.refund], {}
    for each, amount in refund.lines.items():
        line = paid_more(state.lines[each], refund.agreement_id, amount)
        changed[each] = costs_more(line, refund.agreement_id, amount)
    refunds = {**state.refunds, event.refund: replace(refund, reversed=True)}
    return replace(with_lines(state, changed), refunds=refunds)
