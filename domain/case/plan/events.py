"""What is recorded of a step towards a goal."""

from datetime import date

from domain.case.events import CaseEvent
from domain.case.vocabulary import GoalProgress
from domain.message import Personal


class GoalStepMoved(CaseEvent, stored="GoalStepMoved"):
    agreed_on: date
    """The day of the plan whose step it is: another plan has other steps."""
    goal: int
    """Of the plan, by its place: 1 for the first."""
    goal_step: int
    """Of the goal, likewise."""
    progress: GoalProgress
    note: Personal[str] = None
