"""The rules of paying an order: invoices, cheques that are cancelled, and what was entered wrongly.

What is undone is taken back in each stream that it touched, and what was really paid is entered in
its place in the same commit.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from domain.agreement import events as a
from domain.agreement.decide import require_takes, require_takes_corrected
from domain.errors import Refused
from domain.folds.replacing import replace
from domain.folds.use import Use
from domain.message import Event
from domain.order import events as e
from domain.order import steps as s
from domain.order.decide import by_project, lines_of, meant_agreement, on_case
from domain.order.mended import without_payment
from domain.order.reads import Held
from domain.order.state import Line, OrderState, Payment
from domain.project import events as p
from domain.project.funders import Funder, funders_of
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo
from domain.steps.roles import ORDER, StreamRole
from domain.tracks.self_employment import events as t
from domain.values.findings import same_mark
from domain.values.money import NOTHING, total


def pay(world: World, step: s.PayInvoice, ctx: Context) -> Events:
    """Never above what the lines cost; an invoice and a cheque once.

    What the funder pays the supplier itself comes in under the agreement, which must take it.
    """
    paid = _paid(world, step)
    if step.by_funder:
        require_takes(_funder(world, paid).agreement, _sum_of(paid))
    return _recorded(world, paid, ctx)


def cancel(world: World, step: s.CancelPayment, ctx: Context) -> Events:
    payment = _standing(world.order, step.payment)
    not_before(step.occurred_on, payment.on)
    for number, _ in _refunded_since(world.order, payment):
        raise Refused("payment_refunded_since", line=number)
    return _undone(world, payment, echo(e.PaymentCancelled, step), ctx)


def reverse(world: World, step: s.ReversePayment, ctx: Context) -> Events:
    """Nothing was paid so; refused while a refund rests on it."""
    payment = _standing(world.order, step.payment)
    not_before(step.occurred_on, payment.on)
    _require_unrefunded(world.order, payment)
    return _undone(world, payment, echo(e.InvoiceReversed, step), ctx)


def correct(world: World, step: s.CorrectPayment, ctx: Context) -> Events:
    """As it really was, on the day it really was paid; judged as if the wrong one were not."""
    payment = _standing(world.order, step.payment)
    _require_unrefunded(world.order, payment)
    events = _undone(world, payment, echo(e.InvoiceReversed, step), ctx)
    after = _as_if_unpaid(world, step.payment, ctx)
    paid = _paid(after, step, corrects=step.payment)
    if step.by_funder:
        same = payment.by_funder and paid.agreement_id == payment.agreement_id
        instead_of = total(payment.lines.values()) if same else NOTHING
        require_takes_corrected(_funder(after, paid).agreement, _sum_of(paid), instead_of)
    return [*events, *_recorded(after, paid, ctx)]


def _standing(order: OrderState, number: int) -> Payment:
    if number not in order.payments:
        raise Refused("payment_unknown", payment=number)
    payment = order.payments[number]
    if payment.reversed:
        raise Refused("payment_already_reversed", payment=number)
    if payment.cancelled:
        raise Refused("payment_already_cancelled", payment=number)
    return payment


def _paid(
    world: World, step: s.PayInvoice | s.CorrectPayment, corrects: int | None = None
) -> e.InvoicePaid:
    order = world.order
    if same_mark(step.invoice) in order.invoices:
        raise Refused("invoice_already_paid", invoice=step.invoice)
    if step.cheque is not None and same_mark(step.cheque) in order.cheques:
        raise Refused("cheque_already_used")
    lines = lines_of(order, (each.line for each in step.lines))
    agreement_id = meant_agreement(step.agreement_id, lines.values())
    for each in step.lines:
        left = lines[each.line].owed(agreement_id)
        if each.amount > left:
            raise Refused(
                "payment_exceeds_line", line=each.line, left=str(left), asked=str(each.amount)
            )
    return e.InvoicePaid(
        agreement_id=agreement_id,
        invoice=step.invoice,
        cheque=step.cheque,
        by_funder=step.by_funder,
        lines=step.lines,
        corrects=corrects,
    )


def _sum_of(paid: e.InvoicePaid) -> Decimal:
    return total(each.amount for each in paid.lines)


def _funder(world: World, paid: e.InvoicePaid) -> Funder:
    first = world.order.lines[paid.lines[0].line]
    return funders_of(world, first.project_id)[paid.agreement_id]


def _recorded(world: World, paid: e.InvoicePaid, ctx: Context) -> Events:
    amounts = {each.line: each.amount for each in paid.lines}
    lines = {number: world.order.lines[number] for number in amounts}
    events: list[tuple[StreamRole[Any], Event]] = [(ORDER, paid)]
    for holding, theirs in by_project(world, lines):
        amount = total(amounts[number] for number in theirs)
        funder = funders_of(world, holding.project_id)[paid.agreement_id]
        events += _of_project(holding, funder, paid, amount, ctx)
    return events


def _of_project(
    holding: Held, funder: Funder, paid: e.InvoicePaid, amount: Decimal, ctx: Context
) -> Events:
    on_project = p.SupplierPaid(order_id=ctx.name, amount=amount, invoice=paid.invoice)
    received = a.FundsReceived(amount=amount, reference=paid.invoice, order_id=ctx.name)
    return [
        (holding.project_role, on_project),
        *([(funder.role, received)] if paid.by_funder else ()),
        (funder.role, a.FundsPaid(project_id=holding.project_id, amount=amount)),
        *on_case(holding, lambda track: t.PaymentRecorded(track_id=track, amount=amount)),
    ]


def _require_unrefunded(order: OrderState, payment: Payment) -> None:
    """Raises `Refused` while a refund rests on the payment."""
    for number, paid in _refunded_since(order, payment):
        raise Refused("refund_rests_on_payment", line=number, paid=str(paid))


def _refunded_since(order: OrderState, payment: Payment) -> Iterator[tuple[int, Decimal]]:
    """The lines of which less is left as paid than it paid, and what is."""
    for number, amount in payment.lines.items():
        paid = order.lines[number].paid_by(payment.agreement_id)
        if paid < amount:
            yield number, paid


def _undone(world: World, payment: Payment, told: Event, ctx: Context) -> Events:
    """Taken back wherever it stands."""
    lines = lines_of(world.order, payment.lines)
    events: list[tuple[StreamRole[Any], Event]] = [(ORDER, told)]
    for holding, theirs in by_project(world, lines):
        funder = funders_of(world, holding.project_id)[payment.agreement_id]
        events += _taken_back(holding, funder, payment, theirs, ctx)
    return events


def _taken_back(
    holding: Held, funder: Funder, payment: Payment, lines: Mapping[int, Line], ctx: Context
) -> Events:
    """What the funder was said to have paid itself did not come in; what never came is not owed."""
    amount = total(payment.lines[number] for number in lines)
    unowed = total(payment.lines[number] for number, line in lines.items() if line.never_came)
    on_project = p.SupplierPaymentReversed(order_id=ctx.name, amount=amount)
    reversed_ = a.PaymentReversed(project_id=holding.project_id, amount=amount)
    came = a.ReceiptOfFundsReversed(amount=amount, order_id=ctx.name, reference=payment.invoice)
    return [
        (holding.project_role, on_project),
        (funder.role, reversed_),
        *([(funder.role, came)] if payment.by_funder else ()),
        *funder.contract_less(unowed),
    ]


def _as_if_unpaid(world: World, number: int, ctx: Context) -> World:
    """The states as they are once the payment is undone, as far as another is judged by them."""
    order, payment = world.order, world.order.payments[number]
    states = {**world.states, ORDER: without_payment(order, number, Use(0, ctx.today))}
    if payment.by_funder:
        line = order.lines[next(iter(payment.lines))]
        funder = funders_of(world, line.project_id)[payment.agreement_id]
        less = funder.agreement.received - total(payment.lines.values())
        states[funder.role] = replace(funder.agreement, received=less)
    return World(states, world.ids)
