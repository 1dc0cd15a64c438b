"""The rules of a complaint."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from domain.case.state import CaseState
from domain.complaint import events as e
from domain.complaint import steps as s
from domain.complaint.about import sight_of
from domain.complaint.state import ComplaintState
from domain.complaint.vocabulary import Complainant
from domain.errors import NotAllowed, Refused
from domain.message import Actor, Command, Event, Role, StreamKind, stream_id
from domain.reference.events import ComplaintKept, ReferenceGiven
from domain.reference.state import ReferenceState, complaints_about, series_of
from domain.registry.state import REGISTRY
from domain.staff.state import DIRECTORY
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import CASE, CENTRES, COMPLAINT, REFERENCES, STAFF, StreamRole

SERIES = "complaints"
DIVISIONS = "division"
"""The series of those that a centre's coordinator does not see: no gap in the centre's tells of them."""
DIVISIONS_CODE = "DIV"
DIVISION_REFERENCES: StreamRole[ReferenceState] = StreamRole(
    "division_references", StreamKind.REFERENCE, answered=False
)
KEPT: StreamRole[ReferenceState] = StreamRole(
    "complaints_kept", StreamKind.REFERENCE, answered=False
)
NOW_ABOUT: StreamRole[CaseState] = StreamRole("case_now", StreamKind.CASE, answered=False)


def reads_to_file(command: Command, _state: ComplaintState) -> Roles:
    """The directory, the centres, the case, and both series of numbers."""
    step = command.step
    assert isinstance(step, s.FileComplaint)  # noqa: S101 - the table pairs them
    return {
        CENTRES: REGISTRY,
        STAFF: DIRECTORY,
        REFERENCES: series_of(SERIES, step.centre, step.occurred_on),
        DIVISION_REFERENCES: series_of(SERIES, DIVISIONS, step.occurred_on),
        **_case(step.case_id),
        **_kept(step.case_id),
    }


def reads_sight(_command: Command, state: ComplaintState) -> Roles:
    """Who has the case it is about, and who stands in for whom."""
    return {STAFF: DIRECTORY, **_case(state.case_id)}


def reads_to_redirect(command: Command, state: ComplaintState) -> Roles:
    """The case it was about, and the one it is about now."""
    step = command.step
    assert isinstance(step, s.RedirectComplaint)  # noqa: S101 - the table pairs them
    other = {NOW_ABOUT: _stream(step.case_id), **_kept(step.case_id)} if step.case_id else {}
    return {CENTRES: REGISTRY, **reads_sight(command, state), **other}


def _case(case_id: UUID | None) -> Roles:
    return {CASE: _stream(case_id)} if case_id else {}


def _kept(case_id: UUID | None) -> Roles:
    return {KEPT: complaints_about(case_id)} if case_id else {}


def _told(step: s.FileComplaint | s.RedirectComplaint, ctx: Context) -> Events:
    """To the series of the case that it is about."""
    return [(KEPT, ComplaintKept(complaint_id=ctx.name))] if step.case_id else []


def _stream(case_id: UUID) -> str:
    return stream_id(StreamKind.CASE, case_id)


def file(world: World, step: s.FileComplaint, ctx: Context) -> Events:
    """Whoever takes it down may be whom it is about: it is kept from them from then on."""
    if ctx.actor.centre not in (None, step.centre):
        raise NotAllowed("other_centre")
    centre = world.registry.centres.get(step.centre)
    if centre is None:
        raise Refused("centre_unknown", centre=step.centre)
    nameless = step.complainant is Complainant.ANONYMOUS
    if nameless and (step.name is not None or step.reply_to is not None):
        raise Refused("anonymous_complaint_with_name")
    about = _about(world, step, step.centre, CASE, ctx.today)
    role, code = REFERENCES, centre.code
    if about["of_division"]:
        role, code = DIVISION_REFERENCES, DIVISIONS_CODE
    number, rules = world[role].last + 1, world.registry.rules_on(step.occurred_on).rules
    filed = echo(
        e.ComplaintFiled,
        step,
        number=f"C-{code}-{step.occurred_on:%y}-{number:04}",
        answer_days=rules.complaint_days,
        escalation_days=rules.escalation_days,
        **about,
    )
    return [(COMPLAINT, filed), (role, ReferenceGiven(number=number)), *_told(step, ctx)]


def redirect(world: World, step: s.RedirectComplaint, ctx: Context) -> Events:
    state = world.complaint
    if ctx.actor.id != state.taken_by:
        _require_handled_by(state, ctx)
    about = _about(world, step, known(state.centre), NOW_ABOUT, ctx.today)
    freed = _is_about_handler(world, step, about)
    redirected = echo(e.ComplaintRedirected, step, handler_freed=freed, **about)
    return [(COMPLAINT, redirected), *_told(step, ctx)]


def _is_about_handler(world: World, step: s.RedirectComplaint, about: dict[str, Any]) -> bool:
    handler = world.complaint.handler
    if handler is None:
        return False
    centre = world.staff.staff[handler].actor.centre
    whole = step.about_centre is not None and step.about_centre == centre
    return whole or handler in about["concerned"]


def _about(
    world: World,
    step: s.FileComplaint | s.RedirectComplaint,
    centre: str,
    role: Any,
    today: date,
) -> dict[str, Any]:
    """Whom of the staff it is about, and whether the division has it."""
    named: list[UUID | None] = []
    beside: Collection[UUID] = ()
    if step.case_id is not None:
        case = world[role]
        if not case.exists or case.centre != centre:
            raise Refused("case_not_found")
        if case.kept is not None:
            raise Refused("erased")
        named.append(case.caseworker)
        beside = sorted(_beside(world, case, {step.occurred_on, today}))
    if step.staff_id is not None:
        if step.staff_id not in world.staff.staff:
            raise Refused("staff_unknown")
        named.append(step.staff_id)
    if step.about_centre is not None and step.about_centre not in world.registry.centres:
        raise Refused("centre_unknown", centre=step.about_centre)
    those = [each for each in named if each is not None]
    handed = (
        step.about_centre is not None
        or any(_above(world, each, centre) for each in those)
        or any(_coordinates(world, each, centre) for each in beside)
    )
    return {"concerned": tuple(dict.fromkeys([*those, *beside])), "of_division": handed}


def _beside(world: World, case: CaseState, days: Collection[date]) -> set[UUID]:
    """Who had the case before, and who stood in for who has it."""
    standing_in = (
        each.delegate
        for each in world.staff.delegations.values()
        if each.staff_id == case.caseworker and any(map(each.holds_on, days))
    )
    return {*case.had_by, *standing_in}


def _coordinates(world: World, staff_id: UUID, centre: str) -> bool:
    """Whether the centre's coordinator is among those who do not see it."""
    actor = world.staff.staff[staff_id].actor
    return actor.role is Role.COORDINATOR and actor.centre == centre


def _above(world: World, staff_id: UUID, centre: str) -> bool:
    """Whether a complaint about them is not for the centre's coordinator."""
    actor = world.staff.staff[staff_id].actor
    return actor.role is Role.COORDINATOR or actor.centre not in (None, centre)


def name_handler(world: World, step: s.NameComplaintHandler, ctx: Context) -> Event:
    """The coordinator names who handles it; the division where it is about the coordinator."""
    state = world.complaint
    if ctx.actor.role is Role.COORDINATOR and state.of_division:
        raise NotAllowed("complaint_of_division")
    named = world.staff.staff.get(step.handler)
    if named is None or named.left_on is not None or not _is_fit(named.actor, state):
        raise Refused("complaint_handler_unfit")
    if sight_of(world, state, ctx.today).is_about(named.actor.id, named.actor.centre):
        raise Refused("complaint_handler_concerned")
    return echo(e.ComplaintHandlerNamed, step)


def _is_fit(actor: Actor, state: ComplaintState) -> bool:
    """One of the division, or of the centre; where the division has it, a coordinator of any."""
    if actor.role is Role.DIVISION:
        return True
    if state.of_division:
        return actor.role is Role.COORDINATOR
    return actor.role in (Role.CASEWORKER, Role.COORDINATOR) and actor.centre == state.centre


def answer(world: World, step: s.AnswerComplaint, ctx: Context) -> Event:
    _require_handled_by(world.complaint, ctx)
    return echo(e.ComplaintAnswered, step)


def close(world: World, step: s.CloseComplaint, ctx: Context) -> Event:
    """Whoever said who they are is answered first; and anew, where it was opened again."""
    state = world.complaint
    _require_handled_by(state, ctx)
    if state.awaits_answer and state.complainant is not Complainant.ANONYMOUS:
        raise Refused("complaint_not_answered")
    not_before(step.occurred_on, state.answered_on)
    return echo(e.ComplaintClosed, step)


def withdraw(world: World, step: s.WithdrawComplaint, _: Context) -> Event:
    not_before(step.occurred_on, world.complaint.answered_on)
    return echo(e.ComplaintWithdrawn, step)


def pass_on(world: World, step: s.PassComplaintOn, ctx: Context) -> Event:
    _require_handled_by(world.complaint, ctx)
    not_before(step.occurred_on, world.complaint.answered_on)
    return echo(e.ComplaintPassedOn, step)


def reopen(world: World, step: s.ReopenComplaint, ctx: Context) -> Event:
    _require_handled_by(world.complaint, ctx)
    not_before(step.occurred_on, world.complaint.ended_on)
    return echo(e.ComplaintReopened, step)


def erase(world: World, step: s.EraseComplaint, ctx: Context) -> Event:
    """Two people: one ended it, another erases it."""
    if ctx.actor.id == world.complaint.ended_by:
        raise NotAllowed("complaint_erased_by_another")
    not_before(step.occurred_on, world.complaint.ended_on)
    return e.ComplaintErased()


def _require_handled_by(state: ComplaintState, ctx: Context) -> None:
    """Raises `NotAllowed` for a caseworker who does not handle it."""
    if ctx.actor.role is Role.CASEWORKER and ctx.actor.id != state.handler:
        raise NotAllowed("complaint_of_another_handler")
