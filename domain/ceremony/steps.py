"""The steps of a ceremony."""

from pydantic import Field

from domain.message import LongText, ShortText, Step
from domain.values.days import PlannedDay
from domain.values.places import ProvinceCode


class ScheduleCeremony(Step):
    """Schedule a handover ceremony; any day of the week."""

    province: ProvinceCode
    city: ShortText = Field(examples=["Taza"])
    place: ShortText = Field(examples=["siège de la province"])
    held_on: PlannedDay
    presided_by: ShortText = Field(examples=["the governor of the province"])
    """The office, not the person's name."""


class PostponeCeremony(Step):
    """Move the ceremony to another day."""

    held_on: PlannedDay
    explanation: LongText


class CancelCeremony(Step):
    """Cancel the ceremony; those on its list can be placed on another."""

    explanation: LongText


class RecordCeremonyHeld(Step):
    """Record that the ceremony took place, and which offices attended."""

    attended: tuple[ShortText, ...] = Field((), max_length=40)
