"""The rule of placing an order: what each item costs whom, within what was approved."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.case.moment import day_of
from domain.errors import NotAllowed, Refused
from domain.message import Actor
from domain.order import events as e
from domain.order import steps as s
from domain.order.reads import Held, held
from domain.project import events as p
from domain.project.funders import Funder, standing_of
from domain.project.item import Item, shared
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, World
from domain.steps.roles import ORDER
from domain.tracks.self_employment import events as t
from domain.tracks.self_employment.conditions import TO_ORDER
from domain.tracks.self_employment.state import SelfEmployment
from domain.values.money import NOTHING, total

Parts = Mapping[UUID, Decimal]
"""MAD by the agreement that pays."""


def place(world: World, step: s.PlaceOrder, ctx: Context) -> Events:
    """Each item once, its project approved, its price within what its funders approved."""
    parts: dict[int, Parts] = {}
    cases: dict[UUID, UUID] = {}
    beside: list[Events] = []
    for project_id in dict.fromkeys(line.project_id for line in step.lines):
        holding = held(world, project_id)
        lines = {n: line for n, line in enumerate(step.lines, 1) if line.project_id == project_id}
        require_open(world, holding, min(lines), ctx.actor)
        _require_items(holding, lines, step.occurred_on)
        theirs = _parts(holding, lines, list(standing_of(world, project_id)))
        parts, cases = parts | theirs, cases | {project_id: holding.case_id}
        beside.append(_ordered(world, holding, lines, theirs, ctx))
    ordered = [
        e.OrderedLine(
            line=number,
            project_id=line.project_id,
            case_id=cases[line.project_id],
            item=line.item,
            price=line.price,
            own_extra=line.own_extra,
            parts=_recorded(parts[number]),
        )
        for number, line in enumerate(step.lines, 1)
    ]
    placed = e.OrderPlaced(supplier=step.supplier, contract=step.contract, lines=tuple(ordered))
    return [(ORDER, placed), *(event for events in beside for event in events)]


def _recorded(parts: Parts) -> tuple[p.AgreementPart, ...]:
    return tuple(p.AgreementPart(agreement_id=each, amount=part) for each, part in parts.items())


def require_open(world: World, holding: Held, line: int, actor: Actor) -> None:
    """The holder's case must be where things are ordered, and the actor's; `line` is their first."""
    if actor.centre not in (None, holding.case.centre):
        raise NotAllowed("other_centre")
    if not holding.project.approved:
        raise Refused("not_approved", line=line)
    role, track_id = holding.case_role, holding.track_id
    alone = world.seen_as(role, lambda case: case.with_only(track_id))
    alone.standing(role, TO_ORDER).require(TO_ORDER, line=line)
    track = alone[role].tracks[known(track_id)]
    if isinstance(track, SelfEmployment):
        not_before(world.day, day_of(track.undertaking))


def _require_items(holding: Held, lines: Mapping[int, s.LineOrdered], day: date) -> None:
    """Items of the project that are still to be ordered, each on one line."""
    seen: set[int] = set()
    for number, line in lines.items():
        if line.item in seen:
            raise Refused("item_repeated", line=number)
        require_waiting(holding, line.item, number, day)
        seen.add(line.item)


def require_waiting(holding: Held, number: int, line: int, day: date) -> None:
    """The project's item of this number must be one that was still to be ordered on that day."""
    items = holding.project.items
    if number not in items:
        raise Refused("item_unknown", line=line, item=number, items=len(items))
    item = items[number]
    if item.on_order or item.delivered:
        raise Refused("item_already_ordered", line=line, item=number)
    if item.dropped:
        raise Refused("item_dropped", line=line, item=number)
    not_before(day, item.waits_since)


def _parts(
    holding: Held, lines: Mapping[int, s.LineOrdered], funders: list[Funder]
) -> dict[int, Parts]:
    """What of each line each funder pays; raises `Refused` where it is more than they approved."""
    items = holding.project.items
    found = {
        number: _part_of(number, line, items[line.item], _asked(holding, number, line, funders))
        for number, line in lines.items()
    }
    ordered = {line.item for line in lines.values()}
    for funder in funders:
        wanted = total(parts.get(funder.agreement_id, NOTHING) for parts in found.values())
        left = funder.approval.money.orderable
        if wanted > left:
            raise Refused(
                "order_exceeds_approval", line=min(lines), left=str(left), asked=str(wanted)
            )
        source = holding.project.granted[funder.agreement_id].source
        planned = total(items[number].asked_of(source) for number in ordered)
        kept = total(
            item.asked_of(source)
            for number, item in items.items()
            if number not in ordered and not item.on_order and not item.settled
        )
        if wanted > max(planned, left - kept):
            raise Refused(
                "price_above_plan", line=min(lines), asked=str(wanted), planned=str(planned)
            )
    return found


def _asked(holding: Held, number: int, line: s.LineOrdered, funders: list[Funder]) -> Parts:
    """What each funder is asked for of an item; all who are asked must have approved."""
    item = holding.project.items[line.item]
    granted = holding.project.granted
    asked = {
        each.agreement_id: item.asked_of(granted[each.agreement_id].source)
        for each in funders
        if item.asks(granted[each.agreement_id].source)
    }
    if not asked or total(asked.values()) < item.asked:
        raise Refused("payer_not_approved", line=number, item=line.item)
    return asked


def _part_of(number: int, line: s.LineOrdered, item: Item, asked: Parts) -> Parts:
    """A higher price than planned is the holder's, as far as the line says, then the first's."""
    above = line.price - item.bought
    if above <= NOTHING:
        if line.own_extra > NOTHING:
            raise Refused("own_extra_without_need", line=number, item=line.item)
        return shared(line.price, asked, item.bought)
    if line.own_extra > above:
        raise Refused("own_extra_without_need", line=number, item=line.item)
    first = next(iter(asked))
    return {**asked, first: asked[first] + above - line.own_extra}


def _ordered(
    world: World,
    holding: Held,
    lines: Mapping[int, s.LineOrdered],
    parts: Mapping[int, Parts],
    ctx: Context,
) -> Events:
    """What the order comes to in the project, its case, and each agreement."""
    items = tuple(
        p.OrderedItem(item=line.item, line=number, price=line.price, parts=_recorded(parts[number]))
        for number, line in lines.items()
    )
    on_case = t.EquipmentOrdered(
        track_id=known(holding.track_id),
        order_id=ctx.name,
        items=tuple(line.item for line in lines.values()),
        total=total(line.price for line in lines.values()),
    )
    contracted = [
        event
        for funder in standing_of(world, holding.project_id)
        for event in funder.contract(
            total(each.get(funder.agreement_id, NOTHING) for each in parts.values())
        )
    ]
    return [
        (holding.case_role, on_case),
        (holding.project_role, p.ItemsOrdered(order_id=ctx.name, lines=items)),
        *contracted,
    ]
