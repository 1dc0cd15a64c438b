"""What an order's events make of it; what corrections make of it, `mended.py` says."""

from domain.asking.waiting import remember
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.folds.use import use
from domain.message import Envelope
from domain.order import events as e
from domain.order.mended import evolve_mended, gives_up, paid_more, with_lines, without_payment
from domain.order.state import Incident, Line, OrderState, Payment, Refund
from domain.order.vocabulary import LineStatus
from domain.papers.state import remember_papers

evolve_order: Evolution[OrderState] = Evolution(evolve_mended)
on = evolve_order.on

remember(
    evolve_order,
    asked=(e.LossRequested,),
    answered=(e.OrderRequestConfirmed, e.OrderRequestRefused),
)


remember_papers(evolve_order, e.OrderDocumentAttached, e.OrderDocumentWithdrawn)


@on(e.OrderPlaced)
def _placed(state: OrderState, event: e.OrderPlaced, envelope: Envelope) -> OrderState:
    lines = {
        line.line: Line(
            line.project_id,
            line.case_id,
            line.item,
            {part.agreement_id: part.amount for part in line.parts},
        )
        for line in event.lines
    }
    return replace(
        state,
        centre=envelope.actor.centre,
        supplier=event.supplier,
        contract=event.contract,
        begun_on=envelope.occurred_on,
        lines=lines,
    )


@on(e.LinesReceived)
def _received(state: OrderState, event: e.LinesReceived, envelope: Envelope) -> OrderState:
    day = envelope.occurred_on
    changed = {
        number: replace(state.lines[number], status=LineStatus.RECEIVED, received_on=day)
        for number in event.lines
    }
    return with_lines(state, changed)


@on(e.InvoicePaid)
def _paid(state: OrderState, event: e.InvoicePaid, envelope: Envelope) -> OrderState:
    amounts = {each.line: each.amount for each in event.lines}
    payment = Payment(
        event.agreement_id,
        event.invoice,
        event.cheque,
        amounts,
        envelope.occurred_on,
        use(envelope),
        event.by_funder,
        corrects=event.corrects,
    )
    changed = {
        number: paid_more(state.lines[number], event.agreement_id, amount)
        for number, amount in amounts.items()
    }
    payments = {**state.payments, len(state.payments) + 1: payment}
    return replace(with_lines(state, changed), payments=payments)


@on(e.PaymentCancelled)
def _payment_cancelled(
    state: OrderState, event: e.PaymentCancelled, envelope: Envelope
) -> OrderState:
    return without_payment(state, event.payment, use(envelope))


@on(e.RefundReceived)
def _refunded(state: OrderState, event: e.RefundReceived, envelope: Envelope) -> OrderState:
    changed = {}
    for each in event.lines:
        line = paid_more(state.lines[each.line], event.agreement_id, -each.amount)
        left = line.parts[event.agreement_id] - each.amount
        changed[each.line] = replace(line, parts={**line.parts, event.agreement_id: left})
    amounts = {each.line: each.amount for each in event.lines}
    refund = Refund(
        event.agreement_id,
        event.reference,
        amounts,
        envelope.occurred_on,
        {number: state.lines[number].project_id for number in amounts},
    )
    refunds = {**state.refunds, len(state.refunds) + 1: refund}
    return replace(with_lines(state, changed), refunds=refunds)


@on(e.LineCancelled)
def _cancelled(state: OrderState, event: e.LineCancelled, _: Envelope) -> OrderState:
    line = state.lines[event.line]
    line = replace(line, status=LineStatus.CANCELLED, parts=line.cut_to(event.fee))
    return with_lines(state, {event.line: line})


@on(e.IncidentRecorded)
def _incident(state: OrderState, event: e.IncidentRecorded, envelope: Envelope) -> OrderState:
    incident = Incident(event.lines, event.kind, envelope.occurred_on)
    return replace(state, incidents={**state.incidents, len(state.incidents) + 1: incident})


@on(e.IncidentResolved)
def _resolved(state: OrderState, event: e.IncidentResolved, _: Envelope) -> OrderState:
    resolved = replace(state.incidents[event.incident], resolved=True)
    return replace(state, incidents={**state.incidents, event.incident: resolved})


@on(e.LineLost)
def _lost(state: OrderState, event: e.LineLost, _: Envelope) -> OrderState:
    """What never came is not owed any more."""
    line = state.lines[event.line]
    if line.status is LineStatus.RECEIVED:
        return with_lines(state, {event.line: replace(line, status=LineStatus.LOST)})
    left = {each: line.paid_by(each) for each in line.parts}
    line = gives_up(line, {each: part - left[each] for each, part in line.parts.items()})
    return with_lines(state, {event.line: replace(line, status=LineStatus.LOST, parts=left)})


@on(e.LineAssigned)
def _assigned(state: OrderState, event: e.LineAssigned, envelope: Envelope) -> OrderState:
    line = replace(
        state.lines[event.line],
        project_id=event.project_id,
        case_id=event.case_id,
        item=event.item,
        given_on=envelope.occurred_on,
    )
    return with_lines(state, {event.line: line})


@on(e.LinesKept)
def _kept(state: OrderState, event: e.LinesKept, _: Envelope) -> OrderState:
    kept = {
        number: replace(state.lines[number], status=LineStatus.INVENTORY) for number in event.lines
    }
    return with_lines(state, kept)
