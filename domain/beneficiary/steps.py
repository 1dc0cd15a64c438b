"""The steps about a beneficiary's identity."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from domain.beneficiary.events import KnownContact, KnownPaper
from domain.beneficiary.vocabulary import Language, Sex
from domain.message import FieldClass, Message, ShortText, Step
from domain.values.days import BirthDay, ValidityDay
from domain.values.texts import name

NAME_LETTERS = 120
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LETTERS),
    AfterValidator(name),
]
PersonalName = Annotated[Name | None, FieldClass.PERSONAL]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9](?: ?[0-9]){5,18}$", max_length=20)]


class IdentityPaper(KnownPaper, Message):
    """A national card, or a foreigner's passport or permit."""

    number: ShortText
    expires_on: ValidityDay | None = None


class ContactPerson(KnownContact, Message):
    """Whom to reach the person through; the phone is often a relative's."""

    name: Name
    relation: ShortText
    phone: Phone | None = None


class RegisterBeneficiary(Step):
    """Register a person, in the script or scripts their name is known in."""

    name_ar: PersonalName = Field(None, examples=["سلمى المثال"])
    name_latin: PersonalName = Field(None, examples=["Salma Elmithal"])
    sex: Sex
    birth_date: Annotated[BirthDay | None, FieldClass.PERSONAL] = None
    birth_year: Annotated[int | None, FieldClass.PERSONAL, Field(ge=1900, le=2100)] = None
    """Where only the year is known."""
    identity: Annotated[IdentityPaper | None, FieldClass.PERSONAL] = None
    phone: Annotated[Phone | None, FieldClass.PERSONAL] = None
    address: Annotated[ShortText | None, FieldClass.PERSONAL] = None
    contacts: Annotated[
        tuple[ContactPerson, ...] | None, FieldClass.PERSONAL, Field(max_length=10)
    ] = None
    language: Language | None = None
    may_leave_message: bool = False


class ChangeDetails(RegisterBeneficiary):
    """Change a person's details: a new phone, a card; the earlier ones stay in the history."""


class RequestErasure(Step):
    """Ask for the person's data to be erased; another member of staff must agree."""


class ApproveErasure(Step):
    """Agree to the erasure: names, numbers, notes become unreadable for good."""
