"""What is recorded of a beneficiary."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from domain.asking.events import RequestConfirmed, Requested, RequestRefused
from domain.beneficiary.vocabulary import IdentityKind, Language, Sex
from domain.folds.mended import Mended
from domain.message import Event, Personal, Record, Statistical, StreamKind


class BeneficiaryEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.BENEFICIARY


class KnownPaper(Record):
    """A national card, or a foreigner's passport or permit."""

    kind: IdentityKind
    number: str
    expires_on: date | None = None


class KnownContact(Record):
    """Whom to reach the person through; the phone is often a relative's."""

    name: str
    relation: str
    phone: str | None = None


class BeneficiaryRegistered(BeneficiaryEvent, stored="BeneficiaryRegistered"):
    name_ar: Personal[str] = None
    name_latin: Personal[str] = None
    sex: Statistical[Sex]
    birth_date: Personal[date] = None
    birth_year: Personal[int] = None
    identity: Personal[KnownPaper] = None
    phone: Personal[str] = None
    address: Personal[str] = None
    contacts: Personal[tuple[KnownContact, ...]] = None
    guardian: Personal[KnownContact] = None
    """Who answers for a minor: a parent, a relative, the director of an institution."""
    language: Personal[Language] = None
    best_time: Personal[str] = None
    """When they are best reached, in words."""
    may_leave_message: bool = False
    reads: Personal[bool] = None
    """Whether they read a message; None where nobody told."""
    anyway_because: Personal[str] = None
    """Why they were registered though somebody has the number already."""


class DetailsChanged(BeneficiaryEvent, stored="DetailsChanged"):
    """How to reach them, and the paper they have got; who they are is as it was."""

    identity: Personal[KnownPaper] = None
    """None: as it was."""
    phone: Personal[str] = None
    address: Personal[str] = None
    contacts: Personal[tuple[KnownContact, ...]] = None
    guardian: Personal[KnownContact] = None
    language: Personal[Language] = None
    best_time: Personal[str] = None
    """When they are best reached, in words."""
    may_leave_message: bool = False
    reads: Personal[bool] = None
    """Whether they read a message; None where nobody told."""
    anyway_because: Personal[str] = None
    """Why they have it though somebody has the number already."""


class IdentityCorrected(BeneficiaryEvent, stored="IdentityCorrected"):
    """Who the person was from the beginning; what was told before was wrong.

    Of a paper that it does not tell of, only where it says that there is none.
    """

    name_ar: Personal[str] = None
    name_latin: Personal[str] = None
    sex: Statistical[Sex]
    birth_date: Personal[date] = None
    birth_year: Personal[int] = None
    identity: Personal[KnownPaper] = None
    no_paper: bool = False
    explanation: Personal[str] = None


class BirthDateKnown(Event, stored="BirthDateKnown"):
    """In each case of theirs: since then it is known that the person was born on that day.

    Recorded with what changed it, so that what hangs on an age, a timer too, never asks an old one.
    """

    stream: ClassVar[StreamKind] = StreamKind.CASE

    born: Personal[date] = None
    """The year's last day where only the year is known."""


class CaseLinked(BeneficiaryEvent, stored="CaseLinked"):
    """The person's case was opened, or opened again, in a centre: theirs from then on."""

    case_id: UUID
    centre: str


class AddressMoved(BeneficiaryEvent, stored="AddressMoved"):
    """They live elsewhere; how else they are reached stays as it was."""

    address: Personal[str] = None


class CaseMoved(BeneficiaryEvent, stored="CaseMoved"):
    """A case of theirs is another centre's from now on."""

    case_id: UUID
    centre: str


class CaseUnlinked(BeneficiaryEvent, stored="CaseUnlinked"):
    """The person's case was closed."""

    case_id: UUID


class PersonDied(BeneficiaryEvent, stored="PersonDied"):
    """As one of their cases tells, on that day: no other case of theirs is opened."""


class PersonRestricted(BeneficiaryEvent, stored="PersonRestricted"):
    """Only the coordinator and auditors read of them from then on, and nobody writes."""

    until: date
    """From then on they may be erased."""


class RestrictionLifted(BeneficiaryEvent, stored="RestrictionLifted"):
    told_on: date | None = None
    """When the person was told, who had asked for it."""
    explanation: Personal[str] = None


class MergeRequested(BeneficiaryEvent, Requested, stored="MergeRequested"):
    goes_by: UUID
    goes_on: UUID | None = None
    explanation: Personal[str] = None


class PersonMerged(BeneficiaryEvent, stored="PersonMerged"):
    """They were registered twice, and go by another from then on."""

    goes_by: UUID
    goes_on: UUID | None = None
    set_aside: UUID | None = None
    """Of two open cases the one that does not go on."""
    explanation: Personal[str] = None


class PersonJoined(BeneficiaryEvent, stored="PersonJoined"):
    """Another registration is of this person too."""

    other: UUID
    set_aside: UUID | None = None


class PartingRequested(BeneficiaryEvent, Requested, stored="PartingRequested"):
    explanation: Personal[str] = None


class MergeUndone(BeneficiaryEvent, stored="MergeUndone"):
    """They are another person after all; what was recorded since stays where it stands."""

    apart_from: UUID
    explanation: Personal[str] = None


class PersonParted(BeneficiaryEvent, stored="PersonParted"):
    """The other registration is of another person after all."""

    other: UUID


class ErasureRequested(BeneficiaryEvent, Requested, stored="ErasureRequested"):
    pass


class BeneficiaryRequestConfirmed(
    BeneficiaryEvent, RequestConfirmed, stored="BeneficiaryRequestConfirmed"
):
    pass


class BeneficiaryRequestRefused(
    BeneficiaryEvent, RequestRefused, stored="BeneficiaryRequestRefused"
):
    explanation: Personal[str] = None


class BeneficiaryErased(BeneficiaryEvent, stored="BeneficiaryErased"):
    """Two people agreed; the key is destroyed after this is recorded, with what is counted."""


class PersonEntriesMended(BeneficiaryEvent, Mended, stored="PersonEntriesMended"):
    """What a step of a case told of the person does not count any more."""

    entries: tuple[int, ...]
    """The versions of the person's events."""
    corrected: tuple[int, ...] = ()
    wrong_person: bool = False
