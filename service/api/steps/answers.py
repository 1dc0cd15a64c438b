"""What steps answer, as the documentation shows it; the answers themselves are stored text."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from domain.steps.warning import Warned


class StepAnswer(BaseModel):
    """What was recorded; the same text, word for word, for every repetition."""

    command_id: UUID
    stream: str = Field(examples=["case/6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1"])
    version: int
    """The stream's after the step, as `ETag` has it; a timer's events leave it as it is."""
    position: int
    """Of the last event, in the whole ledger: give it as `at_least` to read your own writes."""
    events: list[str] = Field(examples=[["DeliveryConfirmed", "FundsDelivered"]])
    ids: dict[str, str]
    """What the step made, by the part it plays in the step: `case`, `project`."""
    warnings: list[Warned]
    """What was recorded all the same, and should be looked at; most often none."""


class StaffAnswer(StepAnswer):
    staff_id: UUID


class AccessKeyAnswer(StepAnswer):
    key_id: UUID
    access_key: str = Field(examples=["jisr_…"])
    """Shown here and nowhere else; repeating the request with its key shows it again."""
    expires_on: date
    """The last day on which it opens anything."""
