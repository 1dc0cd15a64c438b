"""The steps that keep the registry."""

from typing import Annotated

from pydantic import Field, StringConstraints

from domain.message import Message, ShortText, Step
from domain.registry.events import ServedProvince
from domain.values.days import ValidityDay
from domain.values.places import ProvinceCode

CentreCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,59}$")]

CentreLetters = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Catchment(ServedProvince, Message):
    """A province a centre serves, between two days; open at the end while it does."""

    province: ProvinceCode
    since: ValidityDay = Field(examples=["2015-01-01"])
    until: ValidityDay | None = None


class RegisterCentre(Step):
    """Register a centre and its catchment, or replace its names and catchment."""

    centre: CentreCode = Field(examples=["taza"])
    code: CentreLetters = Field(examples=["TAZ"])
    """What references of its cases begin with; no other centre ever has it."""
    name_fr: ShortText
    name_ar: ShortText
    catchment: tuple[Catchment, ...] = Field(min_length=1, max_length=83)
