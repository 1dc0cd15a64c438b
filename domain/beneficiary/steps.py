"""The steps about a beneficiary's identity."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from domain.asking.steps import ConfirmRequest, RefuseRequest, TakesTwo
from domain.beneficiary.events import KnownContact, KnownPaper
from domain.beneficiary.vocabulary import Language, Sex
from domain.message import FieldClass, LongText, Message, NameText, ShortText, Step
from domain.numbers.marks import OfOnePerson
from domain.values.days import BirthDay, ProgrammeDay, ValidityDay
from domain.values.digits import in_western_digits
from domain.values.texts import name

NAME_LETTERS = 120
Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_LETTERS),
    AfterValidator(name),
]
PersonalName = Annotated[Name | None, FieldClass.PERSONAL]
Phone = Annotated[
    str,
    StringConstraints(pattern=r"^\+?[0-9](?: ?[0-9]){5,18}$", max_length=20),
    BeforeValidator(in_western_digits),
]


class IdentityPaper(KnownPaper, Message):
    """A national card, or a foreigner's passport or permit."""

    number: Annotated[ShortText, OfOnePerson()]
    expires_on: ValidityDay | None = None


class ContactPerson(KnownContact, Message):
    """Whom to reach the person through; the phone is often a relative's."""

    name: Name
    relation: NameText
    phone: Phone | None = None


class Identity(Step):
    """Who a person is, in the script or scripts their name is known in."""

    name_ar: PersonalName = Field(None, examples=["سلمى المثال"])
    name_latin: PersonalName = Field(None, examples=["Salma Elmithal"])
    sex: Sex
    birth_date: Annotated[BirthDay | None, FieldClass.PERSONAL] = None
    birth_year: Annotated[int | None, FieldClass.PERSONAL, Field(ge=1900, le=2100)] = None
    """Where only the year is known."""
    identity: Annotated[IdentityPaper | None, FieldClass.PERSONAL] = None


class Details(Step):
    """How to reach a person, and who answers for them."""

    phone: Annotated[Phone | None, FieldClass.PERSONAL] = None
    address: Annotated[ShortText | None, FieldClass.PERSONAL] = None
    contacts: Annotated[
        tuple[ContactPerson, ...] | None, FieldClass.PERSONAL, Field(max_length=10)
    ] = None
    guardian: Annotated[ContactPerson | None, FieldClass.PERSONAL] = None
    """Who answers for the person while they are a minor; without one no case is opened for them."""
    language: Language | None = None
    best_time: Annotated[ShortText | None, FieldClass.PERSONAL] = None
    """When they are best reached, in words."""
    may_leave_message: bool = False
    reads: Annotated[bool | None, FieldClass.PERSONAL] = None
    """Whether they read a message; who does not is called."""
    anyway_because: Annotated[LongText | None, FieldClass.PERSONAL] = None
    """Why it is another person all the same, where the paper's number is somebody's already."""


class RegisterBeneficiary(Details, Identity):
    """Register a person, in the script or scripts their name is known in."""


class ChangeDetails(Details):
    """Change how to reach a person, or tell of a paper they got; a wrong name is no change of these.

    Of the details it says all as they are now; the earlier ones stay in the history.
    """

    identity: Annotated[IdentityPaper | None, FieldClass.PERSONAL] = None
    """The card or passport they got; without it they have the one they had."""


class CorrectIdentity(Identity):
    """Correct a wrong name, sex, birth date or number; what it makes wrong becomes a finding."""

    no_paper: bool = False
    """Whether they have none after all: the number told was somebody else's. Without a paper, and
    without this, they have the one they had."""
    explanation: Annotated[LongText, FieldClass.PERSONAL]


class RestrictPerson(Step):
    """Restrict a person's data, whose erasure waits: the coordinator and auditors read, nobody writes."""


class LiftRestriction(Step):
    """Open a restricted person's data again, because they came back or it was restricted in error.

    Where they asked for the restriction themselves they are told before it ends.
    """

    told_on: ProgrammeDay | None = None
    """When they were told; needed where they had asked for it."""
    explanation: Annotated[LongText, FieldClass.PERSONAL]


class MergePerson(TakesTwo):
    """Say that a person was registered twice: this one goes by another. A second person confirms."""

    goes_by: UUID
    """Whom they go by from then on; both histories stay."""
    goes_on: UUID | None = None
    """Which case goes on, where both have an open one. The other keeps its tracks until they end."""
    explanation: Annotated[LongText, FieldClass.PERSONAL]


class UndoMerge(TakesTwo):
    """Part two people again who were merged in error. A second person confirms."""

    explanation: Annotated[LongText, FieldClass.PERSONAL]


class RequestErasure(TakesTwo):
    """Ask for the person's data to be erased; another member of staff confirms."""


class ConfirmBeneficiaryRequest(ConfirmRequest):
    """Confirm what was asked about a person: an erasure makes names, numbers, notes unreadable."""


class RefuseBeneficiaryRequest(RefuseRequest):
    """Refuse what another person asked for about a person: nothing changes."""

    explanation: Annotated[LongText, FieldClass.PERSONAL]
