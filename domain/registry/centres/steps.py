"""The steps of centres beside their registration."""

from pydantic import Field

from domain.message import LongText, Step
from domain.values.codes import Code
from domain.values.days import ValidityDay
from domain.values.places import ProvinceCode


class CloseCentre(Step):
    """Close a centre from a day on: no case is opened there, and none referred to it.

    Open cases that are still with it stay readable, and are referred from there.
    """

    centre: Code = Field(examples=["taza"])
    closed_from: ValidityDay = Field(examples=["2027-01-01"])


class ReopenCentre(Step):
    """Open a centre again that was closed, or was to be."""

    centre: Code = Field(examples=["taza"])
    open_from: ValidityDay = Field(examples=["2027-06-01"])


class ChangeCatchment(Step):
    """Have a centre serve other provinces from a day on; which it served before stays as it was."""

    centre: Code = Field(examples=["taza"])
    since: ValidityDay = Field(examples=["2027-01-01"])
    provinces: tuple[ProvinceCode, ...] = Field(min_length=1, max_length=83)
    """All that it serves from then on."""


class CorrectCatchment(Step):
    """Mend what was said of the provinces of a centre: from a mistaken day on, or mistaken ones.

    What was decided by it meanwhile stays, and history shows both. A true change is no mistake: that
    is `change-catchment`.
    """

    centre: Code = Field(examples=["taza"])
    mends: ValidityDay = Field(examples=["2027-01-01"])
    """From which day on it was said to hold."""
    since: ValidityDay = Field(examples=["2027-02-01"])
    """From which day on it holds."""
    provinces: tuple[ProvinceCode, ...] = Field((), max_length=83)
    """All that it serves from then on; none where there was no such change at all."""
    explanation: LongText
