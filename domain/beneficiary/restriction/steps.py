"""The step of it."""

from typing import Annotated

from domain.beneficiary.restriction.vocabulary import RestrictionGround
from domain.beneficiary.rights.vocabulary import DataRequestedBy
from domain.message import FieldClass, LongText, Step


class RestrictOnRequest(Step):
    """Keep a person's data and use it no more, because they ask for it; their case may be open.

    Only the coordinator and auditors read it then. Nothing falls due and nobody is told anything. What
    is wrong can be corrected, a consent withdrawn, the case closed, and money that is under way goes on.
    Taken again, it goes on for longer.
    """

    because: RestrictionGround
    asked_by: DataRequestedBy
    explanation: Annotated[LongText, FieldClass.PERSONAL]
    """What they contest, or need it for."""
