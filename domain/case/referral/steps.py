"""The steps of a referral."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.case.referral.vocabulary import ReferralReason
from domain.message import FieldClass, LongText, Step
from domain.values.codes import Code

Reasons = Annotated[LongText, FieldClass.PERSONAL]


class ReferCase(Step):
    """Refer the case to another centre. Until it accepts, the case stays where it is."""

    to_centre: Code = Field(examples=["fes"])
    because: Annotated[ReferralReason, FieldClass.PERSONAL]
    explanation: Reasons
    """What the other centre needs to decide: it reads this, the reference and the reason alone."""


class AcceptReferral(Step):
    """Accept a case that another centre refers to yours: it moves whole, and keeps its reference."""

    caseworker: UUID
    """Of the receiving centre."""


class RefuseReferral(Step):
    """Refuse a case that another centre refers to yours: it stays where it is."""

    explanation: Reasons


class WithdrawReferral(Step):
    """Take a referral back that the other centre has not answered."""

    explanation: Reasons


class DeclineReferralRequest(Step):
    """Say no to another centre that asks for the case. To say yes, refer it there."""

    by_centre: Code = Field(examples=["fes"])
    explanation: Reasons
