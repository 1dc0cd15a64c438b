"""The step about a step of the plan."""

from typing import Annotated

from pydantic import Field

from domain.case.vocabulary import GoalProgress
from domain.message import FieldClass, LongText, Step

Place = Annotated[int, Field(ge=1, le=10)]


class UpdateGoal(Step):
    """Say how far a step towards a goal of the plan is, between two agreements of it."""

    goal: Place
    """Of the plan: 1 for the first."""
    goal_step: Place
    """Of the goal: 1 for the first."""
    progress: GoalProgress
    note: Annotated[LongText | None, FieldClass.PERSONAL] = None
