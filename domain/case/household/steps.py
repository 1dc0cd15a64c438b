"""The steps about the household."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.case.household.vocabulary import Kinship
from domain.case.vocabulary import Channel, ContactOutcome
from domain.message import FieldClass, LongText, NameText, Step


class AddHouseholdMember(Step):
    """Add somebody who lives with the person, and is served too: a mother, a child."""

    name: Annotated[NameText, FieldClass.PERSONAL]
    kinship: Annotated[Kinship, FieldClass.PERSONAL]
    birth_year: Annotated[int | None, FieldClass.PERSONAL, Field(ge=1900, le=2100)] = None


class OnMember(Step):
    """A step about one of the household."""

    member_id: UUID | None = None
    """Who; may be left out where there is one only."""


class RecordMemberLeft(OnMember):
    """Say that somebody is no longer of the household: what was done with them stays."""

    explanation: Annotated[LongText | None, FieldClass.PERSONAL] = None


class RecordFamilyContact(OnMember):
    """Record a contact with one of the household, or an attempt. It is none with the person."""

    channel: Annotated[Channel, FieldClass.JUDICIAL]
    outcome: ContactOutcome
    note: Annotated[LongText | None, FieldClass.PERSONAL] = None
