"""The step by which a case of another centre is opened in an emergency."""

from typing import Annotated

from domain.case.referral.steps import Reasons
from domain.message import FieldClass, ShortText, Step
from domain.numbers.marks import OfOnePerson


class OpenInEmergency(Step):
    """Open another centre's case to read it, for three hours, where somebody must be helped at once.

    Found by a number of theirs. The coordinators of both centres see it at once, with your reason. No
    step can be taken on the case.
    """

    number: Annotated[ShortText, OfOnePerson(), FieldClass.PERSONAL]
    """Of a card, passport or permit."""
    explanation: Reasons
