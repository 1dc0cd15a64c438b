"""Order, payment, receipt, ceremony, handover: the rules of equipment delivery.

What moves money writes the case, the project and the agreement together.
"""

from datetime import date
from decimal import Decimal

from domain.agreement import events as a
from domain.case.moment import day_of
from domain.case.state import CaseState
from domain.ceremony import events as c
from domain.ceremony.state import CeremonyState
from domain.errors import Refused
from domain.message import Actor, Event
from domain.project import events as p
from domain.project.state import ProjectState
from domain.project.vocabulary import ReceivedBy
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, World, of_its_centre
from domain.steps.recording import echo
from domain.steps.roles import AGREEMENT, CASE, CEREMONY, PROJECT
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.reads import track_of
from domain.values.money import NOTHING, total


def order(world: World, step: s.OrderEquipment, _: Context) -> Events:
    """Each item once, and all of them within what was approved."""
    track, project = track_of(world.case), world.project
    numbers = [line.item for line in step.prices]
    if len(set(numbers)) < len(numbers):
        raise Refused("item_repeated")
    for number in numbers:
        _require_item(number, len(project.estimates))
        if number in project.prices:
            raise Refused("item_already_ordered", item=number)
    not_before(step.occurred_on, day_of(track.undertaking))
    amount = total(line.price for line in step.prices)
    if project.ordered_total + amount > project.equipment_amount:
        left = project.equipment_amount - project.ordered_total
        raise Refused("order_exceeds_approval", left=str(left), asked=str(amount))
    complete = len(project.prices) + len(numbers) == len(project.estimates)
    ordered = e.EquipmentOrdered(track_id=known(step.track_id), total=amount, complete=complete)
    contracted = a.FundsContracted(project_id=known(track.project_id), amount=amount)
    return [(CASE, ordered), (PROJECT, echo(p.ItemsOrdered, step)), (AGREEMENT, contracted)]


def _require_item(number: int, items: int) -> None:
    if number > items:
        raise Refused("item_unknown", item=number, items=items)


def record_payment(world: World, step: s.RecordPayment, _: Context) -> Events:
    project, track = world.project, track_of(world.case)
    left = project.ordered_total - project.paid
    if step.amount > left:
        raise Refused("payment_exceeds_order", left=str(left), asked=str(step.amount))
    not_before(step.occurred_on, min(project.ordered.values(), default=None))
    paid = a.FundsPaid(project_id=known(track.project_id), amount=step.amount)
    return [
        (CASE, echo(e.PaymentRecorded, step)),
        (PROJECT, echo(p.SupplierPaid, step)),
        (AGREEMENT, paid),
    ]


def receive(world: World, step: s.ReceiveEquipment, _: Context) -> Events:
    """Each item once, and not before its own order; complete when all that was approved is in."""
    project = world.project
    for number in step.items:
        if number not in project.prices:
            raise Refused("item_not_ordered", item=number)
        if number in project.received:
            raise Refused("item_already_received", item=number)
        not_before(step.occurred_on, project.ordered[number])
    complete = len(project.received.keys() | set(step.items)) == len(project.estimates)
    received = e.EquipmentReceived(track_id=known(step.track_id), complete=complete)
    return [(CASE, received), (PROJECT, echo(p.ItemsReceived, step))]


def place_on_ceremony(world: World, step: s.PlaceOnCeremony, ctx: Context) -> Events:
    ceremony, track = world.ceremony, track_of(world.case)
    if not ceremony.exists:
        raise Refused("ceremony_not_found")
    if ceremony.cancelled:
        raise Refused("ceremony_cancelled")
    if ceremony.province != world.case.province:
        raise Refused("ceremony_of_other_province", province=ceremony.province)
    not_before(step.occurred_on, day_of(track.undertaking))
    not_before(step.occurred_on, day_of(track.list_changed))
    listed = c.BeneficiaryListed(
        case_id=ctx.name, project_id=known(track.project_id), agreement_id=known(track.agreement_id)
    )
    return [(CASE, echo(e.PlacedOnCeremony, step)), (CEREMONY, listed)]


def take_off_ceremony(world: World, step: s.TakeOffCeremony, ctx: Context) -> Events:
    track = track_of(world.case)
    not_before(step.occurred_on, day_of(track.list_changed))
    taken_off = e.TakenOffCeremony(
        track_id=known(step.track_id), ceremony_id=known(track.ceremony_id)
    )
    return [(CASE, taken_off), (CEREMONY, c.BeneficiaryUnlisted(case_id=ctx.name))]


def of_its_ceremony_too(world: World, case: CaseState, actor: Actor, today: date) -> None:
    """Also of the centre on whose ceremony's list the person stands, while the line is lent."""
    ceremony = world.states.get(CEREMONY)
    if isinstance(ceremony, CeremonyState) and ceremony.lends_lines_to(actor.centre, today):
        return
    of_its_centre(world, case, actor, today)


def confirm_delivery(world: World, step: s.ConfirmDelivery, ctx: Context) -> Events:
    """Line by line, each thing once; complete when all that was ordered and granted is given."""
    project, track = world.project, track_of(world.case)
    if not step.items and not step.cash:
        raise Refused("nothing_delivered")
    if (step.received_by is ReceivedBy.PROXY) != (step.proxy is not None):
        raise Refused("proxy_missing_or_superfluous")
    not_before(step.occurred_on, day_of(track.undertaking))
    numbers = _handed_over(step, project)
    cash = total(part.amount for part in step.cash)
    if project.cash_paid + cash > project.cash_grant:
        left = project.cash_grant - project.cash_paid
        raise Refused("cash_exceeds_grant", left=str(left), asked=str(cash))
    goods = total(project.prices[number] for number in numbers)
    everything = (project.delivered | numbers) == project.prices.keys()
    confirmed = e.DeliveryConfirmed(
        track_id=known(step.track_id),
        goods=goods,
        cash=cash,
        complete=everything and project.cash_paid + cash == project.cash_grant,
        ceremony_id=track.ceremony_id,
        proxy=step.proxy,
    )
    delivered = a.FundsDelivered(project_id=known(track.project_id), amount=goods + cash)
    events: Events = [
        (CASE, confirmed),
        (PROJECT, echo(p.ItemsDelivered, step)),
        (AGREEMENT, delivered),
    ]
    if track.ceremony_id is None:
        return events
    return [*events, (CEREMONY, _line(world, step, ctx, goods, cash))]


def _handed_over(step: s.ConfirmDelivery, project: ProjectState) -> frozenset[int]:
    numbers = [line.item for line in step.items]
    if len(set(numbers)) < len(numbers):
        raise Refused("item_repeated")
    for number in numbers:
        if number not in project.received:
            raise Refused("item_not_received", item=number)
        if number in project.delivered:
            raise Refused("item_already_delivered", item=number)
        not_before(step.occurred_on, project.received[number])
    return frozenset(numbers)


def _line(
    world: World, step: s.ConfirmDelivery, ctx: Context, goods: Decimal, cash: Decimal
) -> Event:
    """The person's line on the ceremony's list, never before the day of the ceremony."""
    if world.ceremony.cancelled:
        raise Refused("ceremony_cancelled")
    not_before(step.occurred_on, world.ceremony.held_on)
    return c.LineConfirmed(case_id=ctx.name, goods=goods, cash=cash)


def end_approval(world: World, step: s.EndApproval, ctx: Context) -> Events:
    """The money and the place return, unless something was paid or handed over already."""
    project, track = world.project, track_of(world.case)
    if project.paid > NOTHING:
        raise Refused("supplier_already_paid", paid=str(project.paid))
    not_before(step.occurred_on, track.project_on)
    freed = a.FundsFreed(
        project_id=known(track.project_id),
        amount=project.equipment_amount + project.cash_grant,
        contracted=project.ordered_total,
    )
    events: Events = [
        (CASE, echo(e.ApprovalEnded, step)),
        (PROJECT, p.ProjectApprovalEnded()),
        (AGREEMENT, freed),
    ]
    if track.ceremony_id is None:
        return events
    return [*events, (CEREMONY, c.BeneficiaryUnlisted(case_id=ctx.name))]
