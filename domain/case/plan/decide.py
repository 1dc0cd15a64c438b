"""The rules of the plan: a revised one says why, and a step that is moved is one of it."""

from domain.case import events as c
from domain.case import steps as s
from domain.case.plan import events as e
from domain.case.plan.evolve import has_step
from domain.case.plan.steps import UpdateGoal
from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Event
from domain.steps.checks import known
from domain.steps.handling import Context, World
from domain.steps.recording import echo


def agree_plan(world: World, step: s.AgreePlan, _: Context) -> Event:
    """What takes the place of a plan that stood on its day says why."""
    if world.then.planned is not None and step.revised_because is None:
        raise Refused("revision_without_reason")
    return echo(c.PlanAgreed, step)


def update_goal(world: World, step: UpdateGoal, _: Context) -> Event:
    """Of the plan that stood on the step's own day."""
    then = world.then
    if not has_step(then.goals, step.goal, step.goal_step):
        raise Refused("goal_step_not_found")
    return echo(e.GoalStepMoved, step, agreed_on=known(then.planned).on)


def is_of_the_plan(case: CaseState, event: e.GoalStepMoved) -> bool:
    """Whether the plan that stands is the one whose step it moves."""
    planned = case.planned
    same = planned is not None and planned.on == event.agreed_on
    return same and has_step(case.goals, event.goal, event.goal_step)
