"""The fold of the plan's steps."""

from collections.abc import Sequence

from domain.case.events import AgreedGoal
from domain.case.plan import events as e
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_plan: Evolution[CaseState] = Evolution()


def has_step(goals: Sequence[AgreedGoal], goal: int, step: int) -> bool:
    """Whether there is such a step, both counted from 1."""
    return 0 < goal <= len(goals) and 0 < step <= len(goals[goal - 1].steps)


@evolve_plan.on(e.GoalStepMoved)
def _moved(state: CaseState, event: e.GoalStepMoved, _: Envelope) -> CaseState:
    """Nothing where the plan that stands has no such step: its person is erased."""
    if not has_step(state.goals, event.goal, event.goal_step):
        return state
    goals = list(state.goals)
    goal = goals[event.goal - 1]
    steps = list(goal.steps)
    was = steps[event.goal_step - 1]
    steps[event.goal_step - 1] = was.model_copy(update={"progress": event.progress})
    goals[event.goal - 1] = goal.model_copy(update={"steps": tuple(steps)})
    return replace(state, goals=tuple(goals))
