"""What follows a sale, a theft, a death or a return to detention after the delivery.

What comes back, `recovery.py` records; goods go to another holder by a decision in session, as
stock does (`domain/order/stock.py`).
"""

from datetime import date

from domain.case.moment import day_of
from domain.errors import Refused
from domain.message import Event
from domain.project.state import ProjectState
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.reads import handed_over_by, track_of
from domain.tracks.self_employment.problems import Problem, key_of
from domain.tracks.self_employment.vocabulary import DONE, OF_ITEMS, ProblemDecision, ProblemKind


def raise_problem(world: World, step: s.RaiseProblem, _: Context) -> Event:
    track = track_of(world.case)
    not_before(step.occurred_on, day_of(track.first_delivery))
    if step.kind in OF_ITEMS and not step.items:
        raise Refused("items_missing")
    require_handed_over(world.project, step.items, step.occurred_on)
    return e.ProblemRaised(
        track_id=known(step.track_id),
        number=sum(each.raised.on == step.occurred_on for each in track.problems.values()) + 1,
        kind=step.kind,
        project_id=known(handed_over_by(track, step.occurred_on)),
        items=step.items,
        explanation=step.explanation,
    )


def require_handed_over(project: ProjectState, items: tuple[int, ...], day: date) -> None:
    """Each item once, and in the holder's hands on that day, whatever came of it since."""
    if len(set(items)) < len(items):
        raise Refused("item_repeated")
    for number in items:
        if number not in project.items or not project.items[number].in_hands_on(day):
            raise Refused("item_not_delivered", item=number)


def decide_problem(world: World, step: s.DecideProblem, _: Context) -> Event:
    """Anew too, until it is done. The family keeps what a death left, and the dead are not warned.

    What is written off can still be decided otherwise: it may turn up.
    """
    problem = problem_of(world, step)
    if problem.decision is step.decision:
        raise Refused("problem_already_decided")
    if problem.resolved is not None and problem.decision not in DONE:
        raise Refused("problem_already_resolved")
    if step.decision is ProblemDecision.PASSED_ON and not problem.items:
        raise Refused("items_missing")
    after_death = problem.kind is ProblemKind.DEATH
    for_family = step.decision is ProblemDecision.FAMILY_KEEPS
    if for_family != after_death and (for_family or step.decision is ProblemDecision.WARNING):
        raise Refused("decision_of_another_problem")
    not_before(step.occurred_on, problem.raised.on)
    not_before(step.occurred_on, day_of(problem.decided))
    not_before(step.occurred_on, day_of(problem.back))
    return echo(e.ProblemDecided, step)


def resolve_problem(world: World, step: s.ResolveProblem, _: Context) -> Event:
    """Once what was decided is so: something came back, or all went on."""
    problem = problem_of(world, step)
    if problem.decided is None:
        raise Refused("problem_undecided")
    if problem.resolved is not None:
        raise Refused("problem_already_resolved")
    if not problem.carried_out:
        raise Refused("decision_not_carried_out")
    not_before(step.occurred_on, problem.decided.on)
    not_before(step.occurred_on, day_of(problem.back))
    return echo(e.ProblemResolved, step)


def problem_of(
    world: World, step: s.DecideProblem | s.RecordRecovery | s.ResolveProblem
) -> Problem:
    """Raises `Refused` where the track has none that was raised so."""
    problem = track_of(world.case).problems.get(key_of(step.raised_on, step.number))
    if problem is None:
        raise Refused("problem_unknown", date=str(step.raised_on))
    return problem
