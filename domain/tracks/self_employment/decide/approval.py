"""Training, project, study, decision, undertaking: the rules up to the approval.

An approval writes the case, the project and the agreement together.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from domain.agreement import events as a
from domain.agreement.decide import require_room
from domain.agreement.state import AgreementState
from domain.case.moment import day_of
from domain.errors import NotAllowed, Refused
from domain.message import Event, Step, derived_id
from domain.project import events as p
from domain.project.state import ProjectState
from domain.project.vocabulary import DecisionKind
from domain.rules import RULES
from domain.staff.second import require_here_before
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo
from domain.steps.roles import AGREEMENT, CASE, PROJECT
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.reads import track_of
from domain.values.money import NOTHING, total
from domain.values.trades import sector_of


def enrol(world: World, step: s.EnrolInTraining, _: Context) -> Event:
    not_before(step.planned_end, step.occurred_on)
    return _training(e.TrainingEnrolled, world, step)


def complete_training(world: World, step: s.CompleteTraining, _: Context) -> Event:
    return _training(e.TrainingCompleted, world, step)


def drop_out(world: World, step: s.DropOutOfTraining, _: Context) -> Event:
    return _training(e.TrainingDroppedOut, world, step)


def waive_training(world: World, step: s.WaiveTraining, _: Context) -> Event:
    return _training(e.TrainingWaived, world, step)


def _training(event: type[Event], world: World, step: Step) -> Event:
    """A change of training follows the one before it."""
    track = track_of(world.case)
    not_before(step.occurred_on, track.opened.on)
    not_before(step.occurred_on, day_of(track.training_changed))
    return echo(event, step)


def propose(world: World, step: s.ProposeProject, ctx: Context) -> Events:
    """The project becomes a stream of its own, held by this person."""
    case, project_id = world.case, derived_id(ctx.command_id, "project")
    cost = total(item.estimated for item in step.items)
    if step.own_contribution > cost:
        raise Refused("contribution_exceeds_cost", cost=str(cost))
    track = track_of(case)
    not_before(step.occurred_on, track.opened.on)
    not_before(step.occurred_on, day_of(track.turned_back))
    holder = p.Holder(beneficiary_id=known(case.beneficiary_id), case_id=ctx.name)
    registered = p.ProjectRegistered(
        holders=(holder,),
        trade=step.trade,
        sector=sector_of(step.trade),
        province=known(case.province),
        items=step.items,
        labels=tuple(item.label for item in step.items),
        premises=step.premises,
        own_contribution=step.own_contribution,
        permits=step.permits,
        address=step.address,
    )
    proposed = e.ProjectProposed(
        track_id=known(step.track_id),
        project_id=project_id,
        trade=step.trade,
        sector=sector_of(step.trade),
        estimated_cost=cost,
        own_contribution=step.own_contribution,
    )
    return [(CASE, proposed), (PROJECT, registered)]


def record_coaching(world: World, step: s.RecordCoaching, _: Context) -> Event:
    not_before(step.occurred_on, day_of(track_of(world.case).proposed))
    return echo(e.CoachingRecorded, step)


def record_study(world: World, step: s.RecordStudy, _: Context) -> Event:
    not_before(step.occurred_on, day_of(track_of(world.case).proposed))
    return echo(e.StudyRecorded, step)


def submit(world: World, step: s.SubmitToSession, ctx: Context) -> Event:
    """A file that was sent back goes to a session again, not to an earlier one."""
    agreement, track = world.agreement, track_of(world.case)
    if not agreement.exists:
        raise Refused("agreement_not_found")
    _require_met(world, agreement, {step.occurred_on, ctx.today})
    if agreement.closed:
        raise Refused("agreement_closed")
    if agreement.province != world.case.province:
        raise Refused("agreement_of_other_province", province=agreement.province)
    not_before(step.occurred_on, agreement.signed_on)
    not_before(step.occurred_on, day_of(track.studied))
    not_before(step.occurred_on, day_of(track.turned_back))
    if step.session_on is not None:
        not_before(step.session_on, step.occurred_on)
    return echo(e.SubmittedToSession, step)


def _require_met(world: World, agreement: AgreementState, days: Iterable[date]) -> None:
    """Its province is in the catchment of the case's centre: on the day submitted, or now."""
    centre = known(world.case.centre)
    if not any(world.registry.serves(centre, agreement.province, day) for day in days):
        raise NotAllowed("other_centre")


def record_decision(world: World, step: s.RecordDecision, ctx: Context) -> Events:
    """Whoever proposed a project does not record its decision; an approval takes its room."""
    track = track_of(world.case)
    if ctx.actor.id == track.proposed_by:
        raise NotAllowed("recorder_is_proposer")
    require_here_before(world.staff, ctx.actor, track.submitted_at)
    not_before(step.occurred_on, step.session_on)
    not_before(step.session_on, day_of(track.submitted))
    amount = step.equipment_amount + step.cash_grant
    recorded = echo(e.DecisionRecorded, step)
    decided = p.ProjectDecided(
        decision=step.decision,
        agreement_id=known(track.agreement_id),
        equipment_amount=step.equipment_amount,
        cash_grant=step.cash_grant,
    )
    if step.decision is not DecisionKind.APPROVE:
        if amount > NOTHING:
            raise Refused("amount_without_approval")
        return [(CASE, recorded), (PROJECT, decided)]
    _require_fundable(world.agreement, world.project, step, world.case.rules_version)
    require_room(world.agreement, amount)
    committed = a.FundsCommitted(
        project_id=known(track.project_id), case_id=ctx.name, amount=amount
    )
    return [(CASE, recorded), (PROJECT, decided), (AGREEMENT, committed)]


def _require_fundable(
    agreement: AgreementState, project: ProjectState, step: s.RecordDecision, version: str
) -> None:
    """Within the project's cost, and within the ceiling of whoever funds it."""
    cost = project.estimated_cost
    if step.equipment_amount <= NOTHING:
        raise Refused("equipment_amount_missing")
    if step.equipment_amount > cost:
        raise Refused("amount_exceeds_cost", cost=str(cost))
    ceilings = RULES[version].ceilings
    ceiling = ceilings.get(agreement.funding_source) if agreement.funding_source else None
    if ceiling is None:
        return
    most = min(ceiling.amount, (cost * ceiling.share).quantize(Decimal("0.01")))
    if step.equipment_amount + step.cash_grant > most:
        raise Refused("ceiling_exceeded", most=str(most), source=str(agreement.funding_source))


def sign_undertaking(world: World, step: s.SignUndertaking, _: Context) -> Event:
    """Signed in freedom, after the approval."""
    not_before(step.occurred_on, day_of(track_of(world.case).approved))
    not_before(step.occurred_on, day_of(world.case.custody.released))
    return echo(e.UndertakingSigned, step)
