"""The step by which a case of another centre is opened in an emergency."""

from typing import Annotated

from pydantic import Field

from domain.case.referral.steps import Reasons
from domain.message import FieldClass, NameText, ShortText, Step
from domain.numbers.marks import OfOnePerson


class OpenInEmergency(Step):
    """Open another centre's case to read it, for three hours, where somebody must be helped at once.

    Found by a number of theirs, or where none is known by name and birth year, if that is one person alone:
    of others nobody is told more than that there are several. The coordinators of both centres see it at once, with your reason. No
    step can be taken on the case.
    """

    number: Annotated[ShortText | None, OfOnePerson(), FieldClass.PERSONAL] = None
    """Of a card, passport or permit."""
    name: Annotated[NameText | None, FieldClass.PERSONAL] = None
    """In either script, where no number is known; with it:"""
    birth_year: Annotated[int | None, FieldClass.PERSONAL, Field(ge=1900, le=2100)] = None
    explanation: Reasons
