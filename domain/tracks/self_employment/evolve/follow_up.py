"""Visits, and the problems that come up after a delivery: the fold."""

from domain.case.evolve import met
from domain.case.held import Held
from domain.case.moment import Moment, moment
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment.evolve.track import (
    track_so_far,
    with_track,
)
from domain.tracks.self_employment.problems import Problem, key_of
from domain.tracks.self_employment.vocabulary import DONE

evolve_follow_up: Evolution[CaseState] = Evolution()
on = evolve_follow_up.on

OfProblem = e.ProblemDecided | e.RecoveryRecorded | e.EquipmentPassedOn | e.ProblemResolved


@on(e.VisitRecorded)
def _visited(state: CaseState, event: e.VisitRecorded, envelope: Envelope) -> CaseState:
    when, track = moment(envelope), track_so_far(state, event, envelope)
    held = (*track.visits, Held(when, track.first_delivery, event.review))
    state = met(state, envelope)
    return with_track(state, event, envelope, visited=when, visits=held, last_visit=event.project)


@on(e.VisitRescheduled)
def _rescheduled(state: CaseState, event: e.VisitRescheduled, envelope: Envelope) -> CaseState:
    moved = {**state.moved, event.review: Moment(event.due_on, envelope.recorded_at)}
    return replace(state, moved=moved)


@on(e.ProblemRaised)
def _problem_raised(state: CaseState, event: e.ProblemRaised, envelope: Envelope) -> CaseState:
    raised = Problem(moment(envelope), event.number, event.kind, event.project_id, event.items)
    key = key_of(envelope.occurred_on, event.number)
    return _with_problem(state, event, envelope, key, raised)


@on(e.ProblemDecided)
def _problem_decided(state: CaseState, event: e.ProblemDecided, envelope: Envelope) -> CaseState:
    """Anew, where it was decided before. Nothing is left to do where it is written off."""
    when, (key, problem) = moment(envelope), _problem(state, event, envelope)
    resolved = when if event.decision in DONE else None
    decided = replace(problem, decided=when, decision=event.decision, resolved=resolved)
    return _with_problem(state, event, envelope, key, decided)


@on(e.RecoveryRecorded)
def _recovered(state: CaseState, event: e.RecoveryRecorded, envelope: Envelope) -> CaseState:
    key, problem = _problem(state, event, envelope)
    gone, recovered = problem.gone | set(event.items), problem.recovered + event.amount
    after = replace(problem, back=moment(envelope), gone=gone, recovered=recovered)
    return _with_problem(state, event, envelope, key, after)


@on(e.EquipmentPassedOn)
def _passed_on(state: CaseState, event: e.EquipmentPassedOn, envelope: Envelope) -> CaseState:
    key, problem = _problem(state, event, envelope)
    when = moment(envelope)
    after = replace(problem, back=when, gone=problem.gone | set(event.items))
    if after.carried_out:
        after = replace(after, resolved=when)
    return _with_problem(state, event, envelope, key, after)


@on(e.ProblemResolved)
def _problem_resolved(state: CaseState, event: e.ProblemResolved, envelope: Envelope) -> CaseState:
    key, problem = _problem(state, event, envelope)
    resolved = replace(problem, resolved=moment(envelope))
    return _with_problem(state, event, envelope, key, resolved)


def _problem(state: CaseState, event: OfProblem, envelope: Envelope) -> tuple[str, Problem]:
    """Total: one that was not raised yet begins here."""
    key = key_of(event.raised_on, event.number)
    known = track_so_far(state, event, envelope).problems.get(key)
    return key, known or Problem(moment(envelope), event.number)


def _with_problem(
    state: CaseState,
    event: e.ProblemRaised | OfProblem,
    envelope: Envelope,
    key: str,
    problem: Problem,
) -> CaseState:
    problems = {**track_so_far(state, event, envelope).problems, key: problem}
    return with_track(state, event, envelope, problems=problems)
