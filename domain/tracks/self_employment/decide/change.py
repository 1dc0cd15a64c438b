"""What changes of an approved project without a session: another thing for no more money, the own part."""

from domain.case.moment import day_of
from domain.errors import Refused
from domain.project import events as p
from domain.project.item import Item
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo
from domain.steps.roles import CASE, PROJECT
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.reads import track_of
from domain.values.money import NOTHING


def replace_item(world: World, step: s.ReplaceItem, _: Context) -> Events:
    """Of what is not on order; whoever approved pays no more, else it goes back to a session."""
    project, track = world.project, track_of(world.case)
    not_before(step.occurred_on, day_of(track.approved))
    not_before(step.occurred_on, day_of(track.revised))
    before = project.items.get(step.item)
    if before is None:
        raise Refused("item_unknown", item=step.item, items=len(project.items))
    if before.settled:
        raise Refused("item_already_settled", item=step.item)
    if before.on_order:
        raise Refused("item_on_order", item=step.item)
    not_before(step.occurred_on, before.waits_since)
    after = Item.planned(step.by)
    if not after.adds_up:
        raise Refused("plan_of_finance_unequal", item=step.item, cost=str(after.estimated))
    approved = {granted.source for _, granted in project.standing()}
    for source in sorted(approved | after.sources.keys()):
        may = before.sources or source in approved
        most, asked = before.asked_of(source) if may else NOTHING, after.asked_of(source)
        if asked > most:
            raise Refused("replacement_above_approval", most=str(most), asked=str(asked))
    number = max(project.items) + 1
    replaced = e.EquipmentReplaced(
        track_id=known(step.track_id),
        item=step.item,
        number=number,
        explanation=step.explanation,
    )
    on_project = p.ItemReplaced(item=step.item, number=number, by=step.by, label=step.by.label)
    return [(CASE, replaced), (PROJECT, on_project)]


def record_own_part(world: World, step: s.RecordOwnPart, _: Context) -> Events:
    project = world.project
    if step.amount > project.own_due:
        raise Refused("own_part_exceeded", left=str(project.own_due), asked=str(step.amount))
    not_before(step.occurred_on, day_of(track_of(world.case).proposed))
    return [(CASE, echo(e.OwnPartRecorded, step)), (PROJECT, echo(p.OwnPartPaid, step))]


def give_back_own_part(world: World, step: s.GiveBackOwnPart, _: Context) -> Events:
    most = max(NOTHING, -world.project.own_due)
    if step.amount > most:
        raise Refused("own_part_not_overpaid", most=str(most), asked=str(step.amount))
    not_before(step.occurred_on, day_of(track_of(world.case).proposed))
    back = echo(p.OwnPartReturned, step)
    return [(CASE, echo(e.OwnPartGivenBack, step)), (PROJECT, back)]
