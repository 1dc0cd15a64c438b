"""Submission, decision, undertaking: the rules up to the approval.

A submission writes the case and the session's list together; an approval the case, the session,
the project and the agreement.
"""

from datetime import date, timedelta

from domain.agreement import events as a
from domain.agreement.decide import require_room
from domain.agreement.state import AgreementState
from domain.agreement.territory import require_within
from domain.case.minors import require_of_age
from domain.case.moment import day_of
from domain.errors import NotAllowed, Refused
from domain.message import Event
from domain.project import events as p
from domain.project.state import ProjectState
from domain.project.vocabulary import DecisionKind
from domain.session import events as listing
from domain.session.state import SessionState
from domain.staff.second import require_here_before
from domain.steps.checks import alive_on, known, not_before
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo
from domain.steps.roles import AGREEMENT, CASE, PROJECT, SESSION, StreamRole
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.again import require_first_funding
from domain.tracks.self_employment.decide.body import require_deciding
from domain.tracks.self_employment.decide.fundable import (
    require_asked,
    require_fundable,
    require_in_its_time,
    require_of_its_ages,
)
from domain.tracks.self_employment.decide.reads import meant_submission, track_of
from domain.tracks.self_employment.state import SelfEmployment
from domain.values.calendar import months_after
from domain.values.money import total


def submit(world: World, step: s.SubmitToSession, ctx: Context) -> Events:
    """To a session, or to wait for one; deferred, to the next, never to an earlier one."""
    track = track_of(world.case)
    for before in (track.studied, track.opined, track.revised, track.turned_back):
        not_before(step.occurred_on, day_of(before))
    _require_puttable(track, step)
    _require_open_to(world, step, ctx)
    submitted = e.SubmittedToSession(
        track_id=known(step.track_id),
        agreement_id=step.agreement_id,
        session_id=step.session_id,
        session_on=_day_of_session(world, step),
    )
    return [(CASE, submitted), *_listed(world, step, ctx, appeal=track.appealed)]


def appeal(world: World, step: s.AppealRejection, ctx: Context) -> Events:
    """Once, in time, under the agreement that did not pay or another that is open."""
    rejected = known(known(track_of(world.case).rejection).decided)
    last = rejected.on + timedelta(days=world.case.rules_on(rejected.on).appeal_days)
    not_before(step.occurred_on, rejected.on)
    if step.occurred_on > last:
        raise Refused("appeal_too_late", last=str(last))
    _require_open_to(world, step, ctx)
    appealed = e.RejectionAppealed(
        track_id=known(step.track_id),
        agreement_id=step.agreement_id,
        session_id=step.session_id,
        session_on=_day_of_session(world, step),
        reasons=step.reasons,
    )
    return [(CASE, appealed), *_listed(world, step, ctx, appeal=True)]


def _require_puttable(track: SelfEmployment, step: s.SubmitToSession) -> None:
    """What waits for a session or was deferred may be put to one; nothing is submitted twice."""
    before = track.submissions.get(step.agreement_id)
    if before is None:
        return
    if before.decision is DecisionKind.REJECT:
        raise Refused("part_not_revised" if track.refused else "project_rejected")
    if before.decision is DecisionKind.APPROVE:
        raise Refused("already_approved")
    if before.undecided or step.session_id is None:
        raise Refused("already_submitted")


def _require_open_to(
    world: World, step: s.SubmitToSession | s.AppealRejection, ctx: Context
) -> None:
    """The agreement stands and takes this case; the session is of whoever decides about it."""
    agreement = world.agreement
    if not agreement.exists:
        raise Refused("agreement_not_found")
    if agreement.closed:
        raise Refused("agreement_closed")
    require_within(
        known(agreement.territory),
        world.registry,
        centre=known(world.case.centre),
        address=world.then.province,
        days=(step.occurred_on, ctx.today),
    )
    not_before(step.occurred_on, agreement.signed_on)
    require_asked(agreement, world.project)
    _require_ruled(world, step.occurred_on)
    rules, meets_on = world.case.rules_on(step.occurred_on), _day_of_session(world, step)
    require_first_funding(
        world, agreement, track_of(world.case), meets_on or step.occurred_on, rules
    )
    if step.session_id is not None:
        require_deciding(world.session, agreement, world.registry, step.occurred_on, rules)
        _require_eligible(world, known(world.session.meets_on))


def _require_ruled(world: World, day: date) -> None:
    """The programme takes the person, by a ruling that was not too old on that day."""
    case, rules = world.then, world.case.rules_on(day)
    if case.eligible is not True or case.ruled_on is None:
        raise Refused("not_eligible")
    if day > months_after(case.ruled_on, rules.ruling_months):
        raise Refused("ruling_outdated", ruled_on=str(case.ruled_on))


def _require_eligible(world: World, session_on: date) -> None:
    """A session of that day decides under the agreement, about somebody of this age."""
    rules = world.case.rules_on(session_on)
    require_in_its_time(world.agreement, session_on)
    require_of_its_ages(world.agreement, world.case.born, session_on, rules)


def _day_of_session(world: World, step: s.SubmitToSession | s.AppealRejection) -> date | None:
    return None if step.session_id is None else world.session.meets_on


def _listed(
    world: World, step: s.SubmitToSession | s.AppealRejection, ctx: Context, *, appeal: bool
) -> Events:
    """The line on the session's list; none where the project waits for a session."""
    if step.session_id is None:
        return []
    listed = listing.ProjectListed(
        case_id=ctx.name,
        track_id=known(step.track_id),
        project_id=known(track_of(world.case).project_id),
        agreement_id=step.agreement_id,
        appeal=appeal,
    )
    return [(SESSION, listed)]


def withdraw(world: World, step: s.WithdrawSubmission, ctx: Context) -> Events:
    track = track_of(world.case)
    agreement_id, submission = meant_submission(track, step.agreement_id)
    not_before(step.occurred_on, submission.submitted.on)
    not_before(step.occurred_on, day_of(submission.decided))
    withdrawn = e.SubmissionWithdrawn(
        track_id=known(step.track_id), agreement_id=agreement_id, explanation=step.explanation
    )
    if not submission.undecided:
        return [(CASE, withdrawn)]
    unlisted = listing.ProjectUnlisted(
        case_id=ctx.name, project_id=known(track.project_id), agreement_id=agreement_id
    )
    return [(CASE, withdrawn), (SESSION, unlisted)]


def record_decision(world: World, step: s.RecordDecision, ctx: Context) -> Events:
    """Who proposed or submitted a project does not record its decision; an approval takes its room."""
    recorded, *beside = decided(world, step, ctx)
    if step.decision is not DecisionKind.APPROVE:
        return [recorded, *beside]
    require_room(world.agreement, step.equipment_amount + step.cash_grant)
    return [recorded, *beside, committed(world, step, ctx)]


def decided(world: World, step: s.RecordDecision, ctx: Context) -> Events:
    """In the case, the session and the project; whether the agreement has room is asked elsewhere."""
    track = track_of(world.case)
    agreement_id, submission = meant_submission(track, step.agreement_id)
    if ctx.actor.id in track.proposers | submission.by:
        raise NotAllowed("recorder_is_proposer")
    require_here_before(world.staff, ctx.actor, submission.position, ctx.today)
    if not submission.undecided:
        raise Refused("session_missing")
    session_on = _held_on(world.session, ctx)
    not_before(step.occurred_on, session_on)
    _require_told(step, session_on)
    recorded = e.DecisionRecorded(
        **{name: getattr(step, name) for name in DECIDED},
        track_id=known(step.track_id),
        agreement_id=agreement_id,
        session_id=known(submission.session_id),
        session_on=session_on,
        minutes=known(world.session.minutes),
        source=world.agreement.funding_source,
    )
    on_project = p.ProjectDecided(
        decision=step.decision,
        agreement_id=agreement_id,
        source=known(world.agreement.funding_source),
        equipment_amount=step.equipment_amount,
        cash_grant=step.cash_grant,
    )
    line = listing.LineDecided(
        case_id=ctx.name,
        project_id=known(track.project_id),
        agreement_id=agreement_id,
        decision=step.decision,
    )
    if step.decision is DecisionKind.APPROVE:
        _require_approvable(world, step, session_on)
    return [(CASE, recorded), (SESSION, line), (PROJECT, on_project)]


DECIDED = ("decision", "reason", "next_session_on", "equipment_amount", "cash_grant", "reasons")
"""What the case records of a decision as it was said."""


def _held_on(session: SessionState, ctx: Context) -> date:
    """The day of a session that was held, and whose minutes are known by their number."""
    meets_on = known(session.meets_on)
    if meets_on > ctx.today:
        raise Refused("session_not_held", meets_on=str(meets_on))
    if session.minutes is None:
        raise Refused("minutes_missing")
    return meets_on


def _require_told(step: s.RecordDecision, session_on: date) -> None:
    """A rejection has its reason, an approval its amounts, a deferral perhaps a day; no other has."""
    if (step.decision is DecisionKind.REJECT) != (step.reason is not None):
        raise Refused("reason_missing_or_superfluous")
    if step.decision is not DecisionKind.APPROVE and step.equipment_amount + step.cash_grant:
        raise Refused("amount_without_approval")
    if step.next_session_on is not None:
        if step.decision is not DecisionKind.DEFER:
            raise Refused("next_session_superfluous")
        not_before(step.next_session_on, session_on)


def _require_approvable(world: World, step: s.RecordDecision, session_on: date) -> None:
    """An agreement that stood on the day of the session may pay so much for this project."""
    agreement = world.agreement
    _require_eligible(world, session_on)
    alive_on(session_on, world.case.died_on)
    require_of_age(world.case, session_on)
    track, rules = track_of(world.case), world.case.rules_on(session_on)
    require_fundable(agreement, world.project, track, step, rules)
    require_first_funding(world, agreement, track, session_on, rules)
    _require_left(world.project, step)


def committed(
    world: World, step: s.RecordDecision, ctx: Context
) -> tuple[StreamRole[AgreementState], Event]:
    """What an approval takes of the agreement."""
    taken = a.FundsCommitted(
        project_id=known(track_of(world.case).project_id),
        case_id=ctx.name,
        equipment=step.equipment_amount,
        cash=step.cash_grant,
    )
    return AGREEMENT, taken


def _require_left(project: ProjectState, step: s.RecordDecision) -> None:
    """All payers together approve no more than the plan asks for, whoever approved first."""
    items = project.items.values()
    asked = total(item.asked for item in items if not item.dropped)
    left = asked - project.equipment_amount
    if step.equipment_amount > left:
        raise Refused("amount_exceeds_plan", most=str(left), asked=str(step.equipment_amount))


def confirm(world: World, step: s.ConfirmApproval, _: Context) -> Event:
    """It moves no money: what is approved stays so until somebody ends it."""
    not_before(step.occurred_on, track_of(world.case).decided_on)
    return echo(e.ApprovalConfirmed, step)


def sign_undertaking(world: World, step: s.SignUndertaking, _: Context) -> Event:
    """By an adult."""
    require_of_age(world.case, step.occurred_on)
    return echo(e.UndertakingSigned, step)
