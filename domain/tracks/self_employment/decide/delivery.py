"""Handover, what is given up, the end of an approval: the rules of equipment delivery.

What moves money writes the case, the project and the agreement together.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.agreement import events as a
from domain.case.minors import require_of_age
from domain.case.moment import day_of
from domain.errors import Refused
from domain.folds.replacing import replace
from domain.message import Event
from domain.project import events as p
from domain.project.funders import Funder, standing_of
from domain.project.item import Item
from domain.project.state import ProjectState
from domain.project.uses import require_unused
from domain.project.vocabulary import ReceivedBy
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo
from domain.steps.roles import CASE, PROJECT, StreamRole
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide import ceremony
from domain.tracks.self_employment.decide.reads import track_of
from domain.values.money import NOTHING, total


def confirm_delivery(world: World, step: s.ConfirmDelivery, ctx: Context) -> Events:
    """Line by line, each thing once; complete when all that was approved is given or dropped."""
    project, track = world.project, track_of(world.case)
    project_id = known(track.project_id)
    if not step.items and not step.cash:
        raise Refused("nothing_delivered")
    if not world.then.is_free and step.received_by is not ReceivedBy.PROXY:
        raise Refused("family_receives")
    not_before(step.occurred_on, day_of(track.undertaking))
    if step.cash:
        require_of_age(world.case, step.occurred_on)
    numbers = handed_over(step, project)
    _require_kept(step, project)
    parts = goods_of(project, numbers)
    cash = total(part.amount for part in step.cash)
    granter = _granter(world, project, project_id, cash)
    after = _settled(project, numbers)
    moved: list[tuple[StreamRole[Any], Event]] = []
    for funder in standing_of(world, project_id):
        part = parts.get(funder.agreement_id, NOTHING)
        theirs = cash if funder == granter else NOTHING
        moved += _given(funder, after, part, theirs, cash_dropped=project.cash_dropped)
    goods = total(parts.values())
    confirmed = e.DeliveryConfirmed(
        track_id=known(step.track_id),
        items=tuple(numbers),
        goods=goods,
        cash=cash,
        ceremony_id=ceremony.told_at(world, step.occurred_on, ctx),
        in_person=step.received_by is ReceivedBy.HOLDER,
        proxy=step.proxy,
    )
    return [
        (CASE, confirmed),
        (PROJECT, items_delivered(step, granter.agreement_id if granter else None)),
        *moved,
        *ceremony.line_confirmed(world, confirmed, step.occurred_on, ctx),
    ]


def items_delivered(step: s.ConfirmDelivery, cash_of: UUID | None) -> p.ItemsDelivered:
    return echo(p.ItemsDelivered, step, cash_of=cash_of)


def handed_over(step: s.ConfirmDelivery, project: ProjectState) -> tuple[int, ...]:
    """Each against the receiving of itself, whatever came in since; each number once."""
    if (step.received_by is ReceivedBy.PROXY) != (step.proxy is not None):
        raise Refused("proxy_missing_or_superfluous")
    numbers = tuple(line.item for line in step.items)
    if len(set(numbers)) < len(numbers):
        raise Refused("item_repeated")
    for number in numbers:
        item = _item(project, number)
        if item.delivered:
            raise Refused("item_already_delivered", item=number)
        if item.received_on is None:
            raise Refused("item_not_received", item=number)
        not_before(step.occurred_on, item.received_on)
    require_unused(project, step.items, step.cash)
    return numbers


def _require_kept(step: s.ConfirmDelivery, project: ProjectState) -> None:
    """What is kept back is there to be handed over, and is not handed over."""
    kept = [each.item for each in step.kept_back]
    handed = {each.item for each in step.items}
    if len(set(kept)) < len(kept) or handed & set(kept):
        raise Refused("item_repeated")
    for number in kept:
        item = _item(project, number)
        if item.delivered:
            raise Refused("item_already_delivered", item=number)
        if item.received_on is None:
            raise Refused("item_not_received", item=number)


def _item(project: ProjectState, number: int) -> Item:
    if number not in project.items:
        raise Refused("item_unknown", item=number, items=len(project.items))
    return project.items[number]


def goods_of(project: ProjectState, numbers: Iterable[int]) -> Mapping[UUID, Decimal]:
    """What the items cost each agreement."""
    parts: dict[UUID, Decimal] = {}
    for number in numbers:
        for agreement_id, part in project.items[number].parts.items():
            parts[agreement_id] = parts.get(agreement_id, NOTHING) + part
    return parts


def _granter(world: World, project: ProjectState, project_id: UUID, cash: Decimal) -> Funder | None:
    """Whose cash grant it is: of the first approval that has so much left."""
    if cash == NOTHING:
        return None
    if project.cash_dropped:
        raise Refused("no_cash_left")
    left = NOTHING
    for funder in standing_of(world, project_id):
        left = max(left, funder.approval.money.cash_left)
        if cash <= funder.approval.money.cash_left:
            return funder
    raise Refused("cash_exceeds_grant", left=str(left), asked=str(cash))


def _settled(project: ProjectState, numbers: Iterable[int]) -> ProjectState:
    """The project as it will be, nothing more to come of these items."""
    items = {number: replace(project.items[number], dropped=True) for number in numbers}
    return replace(project, items={**project.items, **items})


def _given(
    funder: Funder, after: ProjectState, goods: Decimal, cash: Decimal, *, cash_dropped: bool
) -> Events:
    """What was handed over of an agreement's money; all it will not claim is freed at the end."""
    money = funder.approval.money
    events: Events = []
    if goods + cash > NOTHING:
        delivered = a.FundsDelivered(project_id=funder.project_id, goods=goods, cash=cash)
        events = [(funder.role, delivered)]
    settled = after.settled_for(after.granted[funder.agreement_id].source)
    if not settled or (money.cash_left > cash and not cash_dropped):
        return events
    return [
        *events,
        *funder.settle(ended=False, given_up_on=after.given_up_on, cash_paid=cash),
    ]


def drop(world: World, step: s.DropItems, _: Context) -> Events:
    """With a reason, of what is not on order; who gives up all of it ends the approval instead."""
    project, track = world.project, track_of(world.case)
    if not step.items and not step.cash:
        raise Refused("nothing_to_drop")
    not_before(step.occurred_on, day_of(track.approved))
    not_before(step.occurred_on, day_of(track.revised))
    for number in step.items:
        item = _item(project, number)
        if item.settled:
            raise Refused("item_already_settled", item=number)
        if item.on_order:
            raise Refused("item_on_order", item=number)
        not_before(step.occurred_on, item.waits_since)
    if step.cash and not track.equipment.cash_left:
        raise Refused("no_cash_left")
    equipment = track.equipment.drop(step.items, cash=step.cash)
    if not equipment.wanted and not track.handovers_of_project:
        raise Refused("end_approval_instead")
    after = _settled(project, step.items)
    moved = [
        event
        for funder in standing_of(world, known(track.project_id))
        for event in _given(funder, after, NOTHING, NOTHING, cash_dropped=equipment.cash_dropped)
    ]
    return [(CASE, echo(e.EquipmentDropped, step)), (PROJECT, echo(p.ItemsDropped, step)), *moved]


def end_approval(world: World, step: s.EndApproval, ctx: Context) -> Events:
    """What was handed over stays. What is on order stands with its order, in stock; the rest is freed."""
    track = track_of(world.case)
    not_before(step.occurred_on, track.project_on)
    events: Events = [(CASE, echo(e.ApprovalEnded, step))]
    given_up_on = world.project.given_up_on
    for funder in standing_of(world, known(track.project_id)):
        ended = p.ProjectApprovalEnded(agreement_id=funder.agreement_id)
        events = [*events, (PROJECT, ended), *funder.settle(ended=True, given_up_on=given_up_on)]
    return [*events, *ceremony.line_freed(track, ctx)]
