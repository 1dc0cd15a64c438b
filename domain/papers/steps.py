"""What is said of a paper by whoever attaches it; what it is, its content said when it was sent."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.message import FieldClass, LongText, Step
from domain.values.days import PastDay, ValidityDay
from domain.values.papers import PaperKind


class AttachPaper(Step):
    paper_id: UUID = Field(examples=["5e0f3f6e-0f0b-5d6b-8a86-7a2f6a1e9b77"])
    """As it was answered when the paper was sent."""
    kind: PaperKind
    issued_on: PastDay | None = None
    """The day it bears."""
    expires_on: ValidityDay | None = None
    """The last day it holds; none: it does not expire."""


class WithdrawPaper(Step):
    paper_id: UUID = Field(examples=["5e0f3f6e-0f0b-5d6b-8a86-7a2f6a1e9b77"])
    explanation: Annotated[LongText, FieldClass.PERSONAL]
