"""The agreement's stock: lines whose approval was ended, or that came back. Where they go.

What is to be passed on goes from the one holder to the other in the same way, and is nobody's
meanwhile.
"""

from decimal import Decimal

from domain.agreement import events as a
from domain.case.moment import day_of
from domain.errors import Refused
from domain.message import Command, StreamKind, stream_id
from domain.order import events as e
from domain.order import steps as s
from domain.order.decide import lines_of, stands_on
from domain.order.placing import require_open, require_waiting
from domain.order.reads import Held, held, reads_projects
from domain.order.state import Line, OrderState
from domain.order.vocabulary import LineStatus
from domain.project import events as p
from domain.project.funders import Funder, funders_of
from domain.project.vocabulary import DecisionKind
from domain.session.state import SessionState
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import ORDER, SESSION
from domain.tracks.self_employment import events as t
from domain.tracks.self_employment.state import to_pass_on
from domain.values.money import NOTHING, total


def keep(world: World, step: s.KeepInInventory, ctx: Context) -> Events:
    """Only of what came, and is nobody's."""
    for number, line in lines_of(world.order, step.lines).items():
        if line.status is not LineStatus.RECEIVED or not _in_stock(world, number, line, ctx):
            raise Refused("line_not_in_stock", line=number)
        not_before(step.occurred_on, line.received_on)
    return [(ORDER, echo(e.LinesKept, step))]


def _in_stock(world: World, number: int, line: Line, ctx: Context) -> bool:
    """Whether its approval was ended before it was handed over, or it came back since."""
    holding = held(world, line.project_id)
    item = stands_on(holding, ctx.name, number, line)
    if item is not None and item.delivered:
        return not item.in_hands
    return item is None or not holding.project.approved


def reads_receiver(command: Command, order: OrderState) -> Roles:
    step: s.AssignLine = command.step  # type: ignore[assignment]  # its row's own step
    session = {SESSION: stream_id(StreamKind.SESSION, step.session_id)}
    return {**reads_projects(command, order), **session}


def assign(world: World, step: s.AssignLine, ctx: Context) -> Events:
    """What it cost moves from the one approval to the other, under the same agreement."""
    line = lines_of(world.order, (step.line,))[step.line]
    giver, taker = held(world, line.project_id), held(world, step.project_id)
    passed_on = _passed_on(giver, step, line)
    in_stock = line.is_open and _in_stock(world, step.line, line, ctx)
    if not in_stock and not passed_on:
        raise Refused("line_not_in_stock", line=step.line)
    require_open(world, taker, step.line, ctx.actor)
    require_waiting(taker, step.item, step.line, step.occurred_on)
    not_before(step.occurred_on, line.received_on)
    _require_decided(world.session, step, line)
    assigned = e.LineAssigned(
        line=step.line,
        project_id=step.project_id,
        case_id=taker.case_id,
        item=step.item,
        session_id=step.session_id,
    )
    paid = total(line.paid.values())
    given = p.StockGiven(item=line.item, paid=paid)
    return [
        (ORDER, assigned),
        (giver.project_role, given),
        *_off_the_case(giver, line),
        *passed_on,
        *_taken(taker, step, line, paid, ctx),
        *_costs_moved(world, step, line),
    ]


def _off_the_case(giver: Held, line: Line) -> Events:
    """What came back, or is passed on, while the giver's track still has the project."""
    if giver.track_id is None:
        return []
    gone = t.EquipmentUnordered(track_id=giver.track_id, items=(line.item,))
    return [(giver.case_role, gone)]


def _passed_on(giver: Held, step: s.AssignLine, line: Line) -> Events:
    """From the holder's hands, where it was decided that another is to have it."""
    item = giver.project.items[line.item]
    found = to_pass_on(giver.case, giver.project_id, line.item)
    if found is None or not item.in_hands:
        return []
    track_id, problem = found
    not_before(step.occurred_on, day_of(problem.decided))
    passed_on = t.EquipmentPassedOn(
        track_id=track_id,
        raised_on=problem.raised.on,
        number=problem.number,
        items=(line.item,),
    )
    return [(giver.case_role, passed_on)]


def _require_decided(session: SessionState, step: s.AssignLine, line: Line) -> None:
    """The session approved the receiver's project under each agreement that paid."""
    if not session.exists:
        raise Refused("session_not_found")
    approved = {
        each.agreement_id
        for each in session.lines
        if each.project_id == step.project_id and each.decision is DecisionKind.APPROVE
    }
    if not {each for each, part in line.parts.items() if part > NOTHING} <= approved:
        raise Refused("stock_not_decided", line=step.line)


def _taken(taker: Held, step: s.AssignLine, line: Line, paid: Decimal, ctx: Context) -> Events:
    """In the receiver's project and case, as if it had been ordered for them."""
    came = line.status is LineStatus.RECEIVED
    ordered = p.OrderedItem(
        item=step.item,
        line=step.line,
        price=total(line.parts.values()),
        parts=tuple(
            p.AgreementPart(agreement_id=each, amount=part) for each, part in line.parts.items()
        ),
    )
    taken = p.StockTaken(order_id=ctx.name, line=ordered, paid=paid, received=came)
    track_id, items = known(taker.track_id), (step.item,)
    on_case = t.EquipmentOrdered(
        track_id=track_id, order_id=ctx.name, items=items, total=ordered.price
    )
    received = t.EquipmentReceived(track_id=track_id, items=items)
    return [
        (taker.project_role, taken),
        (taker.case_role, on_case),
        *([(taker.case_role, received)] if came else ()),
    ]


def _costs_moved(world: World, step: s.AssignLine, line: Line) -> Events:
    givers = funders_of(world, line.project_id)
    return [
        (givers[each].role, _cost(givers[each], step, part, line.paid_by(each)))
        for each, part in line.parts.items()
        if part > NOTHING
    ]


def _cost(giver: Funder, step: s.AssignLine, part: Decimal, paid: Decimal) -> a.CostMoved:
    return a.CostMoved(project_id=giver.project_id, to=step.project_id, contracted=part, paid=paid)
