"""The step by which a case of another centre is asked for."""

from typing import Annotated

from domain.case.referral.steps import Reasons
from domain.message import FieldClass, ShortText, Step
from domain.numbers.marks import OfOnePerson


class AskForReferral(Step):
    """Ask the centre that follows somebody to refer their case to yours, by a number of theirs.

    It reads your reason. Nothing of the person is told to you, and nothing changes until it refers.
    """

    number: Annotated[ShortText, OfOnePerson(), FieldClass.PERSONAL]
    """Of a card, passport or permit, as it was to be registered."""
    explanation: Reasons
