"""The project itself: proposed, revised, coached, studied, and what the division makes of it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from domain.case.moment import day_of
from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Event, derived_id
from domain.project import events as p
from domain.project.item import Item
from domain.rules import FundingSource
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo
from domain.steps.roles import CASE, PROJECT
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.part import standing_with
from domain.tracks.self_employment.decide.reads import track_of
from domain.tracks.self_employment.state import SelfEmployment
from domain.values.money import NOTHING, total
from domain.values.trades import sector_of


def propose(world: World, step: s.ProposeProject, ctx: Context) -> Events:
    """The project becomes a stream of its own, held by this person."""
    case, project_id = world.case, derived_id(ctx.command_id, "project")
    items, track = _planned(step), track_of(case)
    not_before(step.occurred_on, day_of(track.turned_back))
    _require_chosen(case, track, step)
    holder = p.Holder(beneficiary_id=known(case.beneficiary_id), case_id=ctx.name)
    registered = p.ProjectRegistered(
        holders=(holder,),
        holder_kind=step.holder_kind,
        trade=step.trade,
        sector=sector_of(step.trade),
        province=known(case.province_on(step.occurred_on)),
        items=step.items,
        labels=tuple(item.label for item in step.items),
        start_up_cash=step.start_up_cash,
        premises=step.premises,
        permits=step.permits,
        address=step.address,
    )
    proposed = e.ProjectProposed(
        track_id=known(step.track_id),
        project_id=project_id,
        trade=step.trade,
        sector=sector_of(step.trade),
        estimated_cost=_cost(items),
        own_contribution=total(item.own for item in items.values()),
        items=_asked(items),
        payers=_payers(items),
        explanation=step.explanation,
    )
    return [(CASE, proposed), (PROJECT, registered)]


def _require_chosen(case: CaseState, track: SelfEmployment, step: s.ProposeProject) -> None:
    """By wish and qualification: whoever proposes another trade than both says why."""
    known_trades = case.qualified | case.taught | {track.learnt}
    if step.explanation is None and step.trade not in known_trades | {case.wished}:
        raise Refused("trade_without_reason")


def _planned(step: s.ProposeProject | s.ReviseProject | s.ChangeProject) -> Mapping[int, Item]:
    """Its items by number; raises `Refused` where a plan of finance does not add up."""
    items = {number: Item.planned(item) for number, item in enumerate(step.items, 1)}
    for number, item in items.items():
        if not item.adds_up:
            raise Refused("plan_of_finance_unequal", item=number, cost=str(item.estimated))
    if not _asked(items):
        raise Refused("nothing_asked_for")
    return items


def _asked(items: Mapping[int, Item]) -> tuple[int, ...]:
    """The items that somebody else is asked to pay for, wholly or in part."""
    return tuple(number for number, item in items.items() if item.asked > NOTHING)


def _payers(items: Mapping[int, Item]) -> tuple[tuple[FundingSource, ...], ...]:
    """The sources that the plan of finance names for each."""
    return tuple(tuple(item.sources) for item in items.values())


def _cost(items: Mapping[int, Item]) -> Decimal:
    """What they come to (MAD)."""
    return total(item.estimated for item in items.values() if not item.dropped)


def revise(world: World, step: s.ReviseProject, _: Context) -> Events:
    """In the place of the plan that stood; studied anew where the study no longer says so.

    Where a part was refused, what others approved stands as it is.
    """
    items, track = (
        standing_with(world.project, _planned(step), step.start_up_cash),
        track_of(world.case),
    )
    cost = _cost(items)
    for before in (track.proposed, track.revised, track.studied, track.opined, track.turned_back):
        not_before(step.occurred_on, day_of(before))
    not_before(step.occurred_on, track.decided_on)
    revised = e.ProjectRevised(
        track_id=known(step.track_id),
        estimated_cost=cost,
        own_contribution=total(item.own for item in items.values()),
        items=_asked(items),
        payers=_payers(items),
        new_study=_outdated(track, cost, world.case.rules_on(step.occurred_on).new_study_share),
        explanation=step.explanation,
    )
    return [(CASE, revised), (PROJECT, _told(step))]


def change(world: World, step: s.ChangeProject, _: Context) -> Events:
    """Within what each payer approved: more of anybody takes a decision in session."""
    items, track = _planned(step), track_of(world.case)
    not_before(step.occurred_on, day_of(track.approved))
    not_before(step.occurred_on, day_of(track.revised))
    project = world.project
    _require_within(project.equipment_amount, (item.asked for item in items.values()))
    _require_within(project.cash_grant, (step.start_up_cash,))
    for source in {source for item in items.values() for source in item.sources}:
        approved = total(each.equipment for _, each in project.standing() if each.source is source)
        _require_within(approved, (item.sources.get(source, NOTHING) for item in items.values()))
    changed = e.ProjectChanged(
        track_id=known(step.track_id),
        estimated_cost=_cost(items),
        own_contribution=total(item.own for item in items.values()),
        items=_asked(items),
        payers=_payers(items),
        explanation=step.explanation,
    )
    return [(CASE, changed), (PROJECT, _told(step))]


def _require_within(approved: Decimal, parts: Iterable[Decimal]) -> None:
    asked = total(parts)
    if asked > approved:
        raise Refused("change_needs_decision", most=str(approved), asked=str(asked))


def _told(step: s.ReviseProject | s.ChangeProject) -> p.PlanRevised:
    return p.PlanRevised(
        items=step.items,
        labels=tuple(item.label for item in step.items),
        start_up_cash=step.start_up_cash,
        premises=step.premises,
        permits=step.permits,
        address=step.address,
    )


def _outdated(track: SelfEmployment, cost: Decimal, share: Decimal) -> bool:
    """Whether a study is there that was not favourable, or of a cost that moved by more than so much."""
    if track.studied is None:
        return False
    moved = abs(cost - track.studied_cost)
    return not track.study_favourable or moved > track.studied_cost * share


def record_study(world: World, step: s.RecordStudy, _: Context) -> Event:
    """A study is of the plan as it stands."""
    track = track_of(world.case)
    not_before(step.occurred_on, day_of(track.proposed))
    not_before(step.occurred_on, day_of(track.revised))
    return echo(e.StudyRecorded, step)


def give_opinion(world: World, step: s.GiveOpinion, _: Context) -> Event:
    """An opinion is of the last study, and of the plan as it stands."""
    track = track_of(world.case)
    not_before(step.occurred_on, day_of(track.studied))
    not_before(step.occurred_on, day_of(track.revised))
    return echo(e.OpinionGiven, step)
