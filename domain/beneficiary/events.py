"""What is recorded of a beneficiary."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from domain.beneficiary.steps import ContactPerson, IdentityPaper, Language, PersonalName, Sex
from domain.message import Event, FieldClass, StreamKind


class BeneficiaryEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.BENEFICIARY


class BeneficiaryRegistered(BeneficiaryEvent):
    name_ar: PersonalName = None
    name_latin: PersonalName = None
    sex: Sex
    birth_date: Annotated[date | None, FieldClass.PERSONAL] = None
    birth_year: Annotated[int | None, FieldClass.PERSONAL] = None
    identity: Annotated[IdentityPaper | None, FieldClass.PERSONAL] = None
    phone: Annotated[str | None, FieldClass.PERSONAL] = None
    address: Annotated[str | None, FieldClass.PERSONAL] = None
    contacts: Annotated[tuple[ContactPerson, ...] | None, FieldClass.PERSONAL] = None
    language: Language | None = None
    may_leave_message: bool = False


class DetailsChanged(BeneficiaryRegistered):
    pass


class CaseLinked(BeneficiaryEvent):
    """The person's case was opened, or opened again."""

    case_id: UUID


class CaseUnlinked(BeneficiaryEvent):
    """The person's case was closed."""

    case_id: UUID


class ErasureRequested(BeneficiaryEvent):
    pass


class BeneficiaryErased(BeneficiaryEvent):
    """Two people agreed; the key is destroyed right after this is recorded."""
