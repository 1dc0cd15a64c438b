"""The rules of an order once it is placed: receiving, and what goes wrong. `paying.py` pays it."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from uuid import UUID

from domain.agreement import events as a
from domain.case.events import TrackEvent
from domain.errors import Refused
from domain.order import events as e
from domain.order import steps as s
from domain.order.reads import Held, held
from domain.order.state import Line, OrderState
from domain.order.vocabulary import LineStatus
from domain.project import events as p
from domain.project.funders import contract_again, funders_of
from domain.project.item import Item
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo
from domain.steps.roles import ORDER
from domain.tracks.self_employment import events as t
from domain.values.money import NOTHING, total


def receive(world: World, step: s.ReceiveLines, _: Context) -> Events:
    """Each line once; not before the order."""
    lines = lines_of(world.order, step.lines)
    for number, line in lines.items():
        if line.status is not LineStatus.ORDERED:
            raise Refused("line_not_on_order", line=number)
    events: Events = [(ORDER, echo(e.LinesReceived, step))]
    for holding, theirs in by_project(world, lines):
        items = tuple(line.item for line in theirs.values())
        events = [*events, (holding.project_role, p.ItemsReceived(items=items))]
        if holding.track_id is not None:
            received = t.EquipmentReceived(track_id=holding.track_id, items=items)
            events = [*events, (holding.case_role, received)]
    return events


def on_case(holding: Held, made: Callable[[UUID], TrackEvent]) -> Events:
    """In the case, while its track still has the project."""
    return [] if holding.track_id is None else [(holding.case_role, made(holding.track_id))]


def refund(world: World, step: s.RecordRefund, ctx: Context) -> Events:
    """Never more than was paid of a line; its price falls by so much."""
    lines = lines_of(world.order, (each.line for each in step.lines))
    agreement_id = meant_agreement(step.agreement_id, lines.values())
    amounts = {each.line: each.amount for each in step.lines}
    for number, line in lines.items():
        most = line.paid_by(agreement_id)
        if amounts[number] > most:
            raise Refused(
                "refund_exceeds_payment", line=number, most=str(most), asked=str(amounts[number])
            )
    refunded = e.RefundReceived(
        agreement_id=agreement_id, reference=step.reference, lines=step.lines
    )
    events: Events = [(ORDER, refunded)]
    for holding, theirs in by_project(world, lines):
        amount = total(amounts[number] for number in theirs)
        funder = funders_of(world, holding.project_id)[agreement_id]
        back = a.FundsRefunded(project_id=holding.project_id, amount=amount)
        on_project = p.SupplierRefunded(order_id=ctx.name, amount=amount)
        events = [
            *events,
            (holding.project_role, on_project),
            (funder.role, back),
            *funder.contract_less(amount),
        ]
    return events


def reverse_refund(world: World, step: s.ReverseRefund, ctx: Context) -> Events:
    """Nothing came back so: the line costs as much again, where nobody was promised it since."""
    order = world.order
    if step.refund not in order.refunds:
        raise Refused("refund_unknown", refund=step.refund)
    refund = order.refunds[step.refund]
    if refund.reversed:
        raise Refused("refund_already_reversed", refund=step.refund)
    not_before(step.occurred_on, refund.on)
    lines = lines_of(order, refund.lines)
    for number, line in lines.items():
        if line.project_id != refund.projects[number]:
            raise Refused("line_given_since", line=number)
    events: Events = [(ORDER, echo(e.RefundReversed, step))]
    for holding, theirs in by_project(world, lines):
        amount = total(refund.lines[number] for number in theirs)
        funder = funders_of(world, holding.project_id)[refund.agreement_id]
        not_back = a.FundsRefundReversed(project_id=holding.project_id, amount=amount)
        on_project = p.SupplierRefundReversed(order_id=ctx.name, amount=amount)
        events = [
            *events,
            (holding.project_role, on_project),
            (funder.role, not_back),
            *contract_again(funder, amount),
        ]
    return events


def cancel_line(world: World, step: s.CancelLine, ctx: Context) -> Events:
    """Of what did not come; what was paid above the fee comes back first."""
    line = lines_of(world.order, (step.line,))[step.line]
    if line.status is not LineStatus.ORDERED:
        raise Refused("line_not_on_order", line=step.line)
    price = total(line.parts.values())
    if step.fee > price:
        raise Refused("fee_exceeds_price", price=str(price))
    left = line.cut_to(step.fee)
    for agreement_id, paid in line.paid.items():
        if paid > left[agreement_id]:
            raise Refused("refund_missing", paid=str(paid), fee=str(left[agreement_id]))
    return [(ORDER, echo(e.LineCancelled, step)), *_undone(world, step.line, line, left, ctx)]


def record_loss(world: World, step: s.RecordLoss, ctx: Context) -> Events:
    """Of what never came, no more is owed than was paid; what came was bought, and lost since."""
    line = lines_of(world.order, (step.line,))[step.line]
    if not line.is_open:
        raise Refused("line_not_open", line=step.line)
    not_before(step.occurred_on, line.received_on)
    item = stands_on(held(world, line.project_id), ctx.name, step.line, line)
    if item is not None and item.in_hands:
        raise Refused("item_already_delivered", item=line.item)
    came = line.status is LineStatus.RECEIVED
    left = line.parts if came else {each: line.paid_by(each) for each in line.parts}
    return [(ORDER, echo(e.LineLost, step)), *_undone(world, step.line, line, left, ctx)]


def _undone(
    world: World, number: int, line: Line, left: Mapping[UUID, Decimal], ctx: Context
) -> Events:
    """The item can be ordered again, or dropped; its funders are bound to what is left."""
    holding = held(world, line.project_id)
    funders = funders_of(world, line.project_id)
    less = [
        event
        for agreement_id, part in line.parts.items()
        for event in funders[agreement_id].contract_less(part - left[agreement_id])
    ]
    if stands_on(holding, ctx.name, number, line) is None:
        return less
    items = (line.item,)
    unordered = on_case(holding, lambda track: t.EquipmentUnordered(track_id=track, items=items))
    return [*unordered, (holding.project_role, p.ItemsUnordered(items=items)), *less]


def record_incident(world: World, step: s.RecordIncident, _: Context) -> Events:
    lines_of(world.order, step.lines)
    return [(ORDER, echo(e.IncidentRecorded, step))]


def resolve_incident(world: World, step: s.ResolveIncident, _: Context) -> Events:
    incidents = world.order.incidents
    if step.incident not in incidents:
        raise Refused("incident_unknown", incident=step.incident)
    if incidents[step.incident].resolved:
        raise Refused("incident_already_resolved", incident=step.incident)
    not_before(step.occurred_on, incidents[step.incident].on)
    return [(ORDER, echo(e.IncidentResolved, step))]


def lines_of(order: OrderState, numbers: Iterable[int]) -> dict[int, Line]:
    """The lines named; raises `Refused` for one that is not there, or named twice."""
    found: dict[int, Line] = {}
    for number in numbers:
        if number not in order.lines:
            raise Refused("line_unknown", line=number, lines=len(order.lines))
        if number in found:
            raise Refused("line_repeated", line=number)
        found[number] = order.lines[number]
    return found


def by_project(
    world: World, lines: Mapping[int, Line]
) -> Iterable[tuple[Held, Mapping[int, Line]]]:
    for project_id in dict.fromkeys(line.project_id for line in lines.values()):
        theirs = {n: line for n, line in lines.items() if line.project_id == project_id}
        yield held(world, project_id), theirs


def meant_agreement(named: UUID | None, lines: Iterable[Line]) -> UUID:
    """The one named, or the only one that pays all of these lines."""
    if named is not None:
        if any(named not in line.parts for line in lines):
            raise Refused("agreement_pays_nothing")
        return named
    paying = {each for line in lines for each, part in line.parts.items() if part > NOTHING}
    if len(paying) != 1:
        raise Refused("agreement_not_named")
    return paying.pop()


def stands_on(holding: Held, order_id: UUID, number: int, line: Line) -> Item | None:
    """The line's item, while it is this line that it stands on."""
    item = holding.project.items[line.item]
    return item if (item.order_id, item.line) == (order_id, number) else None
