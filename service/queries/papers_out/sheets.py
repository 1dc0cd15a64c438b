"""The papers: what each sheet tells. Amounts are in MAD.

Nothing here tells of custody, whoever reads: a paper is seen by more people than a page.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.beneficiary.events import KnownPaper
from domain.beneficiary.vocabulary import Language
from domain.case.attestation.vocabulary import AttestationKind
from domain.case.consents.vocabulary import Purpose
from domain.case.schedule import ReviewKind, ReviewStatus
from domain.message import FieldClass, Message
from domain.project.vocabulary import DecisionKind, EquipmentCondition
from domain.registry.events import EntryRegistered
from domain.rules import DecidingBody
from domain.tracks.training.vocabulary import Presence
from domain.values.trades import Trade
from projections.views.projects import ProjectFacts
from service.queries.ceremonies import ItemStanding, LineStanding
from service.queries.erasing.shape import CopyOutside, ErasureLeaves, ErasureTakes
from service.queries.record.shape import RecordSection
from service.words.language import Language as ReadLanguage


class Paper(StrEnum):
    """The kinds of papers, as files are named."""

    UNDERTAKING = "undertaking"
    DELIVERY_SLIP = "delivery_slip"
    CASE_SUMMARY = "case_summary"
    VISIT_SHEET = "visit_sheet"
    CEREMONY_LIST = "ceremony_list"
    CEREMONY_MINUTES = "ceremony_minutes"
    SESSION_LIST = "session_list"
    ATTENDANCE_SHEET = "attendance_sheet"
    ATTESTATION = "attestation"
    CONSENT_FORM = "consent_form"
    PERSON_RECORD = "person_record"
    ERASURE_CERTIFICATE = "erasure_certificate"


class Collection(StrEnum):
    """What a paper is about, as addresses name it."""

    CASES = "cases"
    CEREMONIES = "ceremonies"
    SESSIONS = "sessions"
    ORDERS = "orders"
    COHORTS = "cohorts"
    PEOPLE = "beneficiaries"
    VISITS = "visits"
    """A round: of whoever had it printed."""


class Person(Message):
    """Whom a sheet or a line is about."""

    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    erased_on: date | None
    key_lost: bool


class Sheet(Message):
    """One sheet, about one thing."""

    collection: Collection
    thing_id: UUID
    reference: str | None
    """Of the case; null for what has none."""


class SlipItem(Message):
    """An item that is handed over, by its number in the proposal."""

    item: int
    label: Annotated[str | None, FieldClass.PERSONAL]
    quantity: int
    serials: tuple[str, ...]
    """Of one that was handed over."""
    handed: bool


class Site(Message):
    """Where and when it is handed over: at a ceremony. Of a prison nothing is said but the town."""

    name: str | None
    city: str
    held_on: date


class Slip(Sheet):
    """A delivery slip: what somebody signs for."""

    person: Person
    identity: Annotated[KnownPaper | None, FieldClass.PERSONAL]
    minor: Annotated[bool | None, FieldClass.PERSONAL]
    """Then a guardian signs, and no cash is handed over."""
    guardian: Annotated[str | None, FieldClass.PERSONAL]
    trade: Trade | None
    site: Site | None
    handed_on: date | None
    """The day of the handover, where it was told."""
    items: tuple[SlipItem, ...]
    cash: Decimal | None


class Undertaking(Sheet):
    """An undertaking not to sell: of an adult, once something is approved."""

    person: Person
    identity: Annotated[KnownPaper | None, FieldClass.PERSONAL]
    address: Annotated[str | None, FieldClass.PERSONAL]
    trade: Trade | None
    items: tuple[SlipItem, ...]
    equipment: Decimal
    cash: Decimal
    signed_on: date | None


class Milestone(StrEnum):
    """What of a track a summary tells."""

    OPENED = "opened"
    PROPOSED = "proposed"
    APPROVED = "approved"
    UNDERTAKING = "signed"
    ORDERED = "ordered"
    RECEIVED = "received_on"
    DELIVERED = "delivered"
    VISITED = "visited"


class Passed(Message):
    milestone: Milestone
    on: date


class SummaryItem(SlipItem):
    standing: ItemStanding
    condition: EquipmentCondition | None
    """As it was last seen."""


class SummaryTrack(Message):
    trade: Trade | None
    passed: tuple[Passed, ...]
    items: tuple[SummaryItem, ...]
    facts: ProjectFacts | None


class DueReview(Message):
    """What falls due, of what may stand on paper."""

    kind: ReviewKind
    due_on: date
    window_end: date
    status: ReviewStatus


class Summary(Sheet):
    """A case for an auditor or its holder, in neutral words."""

    person: Person
    opened_on: date | None
    closed: bool
    tracks: tuple[SummaryTrack, ...]
    due: tuple[DueReview, ...]


class Visit(Message):
    """Somebody to be seen: where, how they are reached, why."""

    reference: str
    person: Person
    phone: Annotated[str | None, FieldClass.PERSONAL]
    may_leave_message: bool
    language: Annotated[Language | None, FieldClass.PERSONAL]
    address: Annotated[str | None, FieldClass.PERSONAL]
    province: str | None
    due: tuple[DueReview, ...]
    items: tuple[SlipItem, ...]
    """What they have, to be looked at."""


class VisitSheet(Sheet):
    """A round, or one visit."""

    visits: tuple[Visit, ...]


class ListedLine(Message):
    """Somebody on a ceremony's list; another centre's that is lent no more is not named."""

    reference: str | None
    person: Person
    state: LineStanding
    items: tuple[SlipItem, ...]
    cash_grant: Decimal | None
    goods: Decimal
    """Handed over on its day, as `cash`."""
    cash: Decimal


class CeremonySheet(Sheet):
    """A ceremony: who is on its list, and what came of it."""

    site: Site | None
    province: str
    presided_by: str
    attended: tuple[str, ...]
    """Which offices, once it was held."""
    held: bool
    lines: tuple[ListedLine, ...]
    goods: Decimal
    """Of the lines here, as `cash`."""
    cash: Decimal


class Named(Message):
    """An entry of the registry, as it was called on the paper's day."""

    name_ar: str
    name_fr: str

    @classmethod
    def of(cls, said: EntryRegistered | None) -> "Named | None":
        return cls(name_ar=said.name_ar, name_fr=said.name_fr) if said else None


class SessionLine(Message):
    reference: str | None
    person: Person
    trade: Trade | None
    appeal: bool
    asked: Decimal | None
    recommended: Decimal | None
    decision: DecisionKind | None
    equipment: Decimal | None
    """Approved, as `cash`."""
    cash: Decimal | None


class SessionSheet(Sheet):
    """What is put to a session, and what was decided."""

    body: DecidingBody
    committee: Named | None
    region: str | None
    meets_on: date
    minutes: str | None
    lines: tuple[SessionLine, ...]


class AttendanceLine(Message):
    """Somebody in a cohort."""

    reference: str | None
    person: Person
    told: Presence | None
    """What is recorded of the day already."""


class AttendanceSheet(Sheet):
    """A cohort on one day."""

    trade: Trade
    provider: Named | None
    timetable: str | None
    on: date
    day_off: bool = False
    """A weekend or a public holiday: it is said, for a sheet of that day was likely not meant."""
    lines: tuple[AttendanceLine, ...]


class ConsentSheet(Sheet):
    """What the person is asked to agree to, purpose by purpose, to be read aloud, ticked and signed."""

    person: Person
    identity: Annotated[KnownPaper | None, FieldClass.PERSONAL]
    minor: bool
    """Then the guardian signs."""
    guardian: Annotated[str | None, FieldClass.PERSONAL]
    purposes: tuple[Purpose, ...]


class AttestationSheet(Sheet):
    """What the centre attests, in the words and with the facts of the day it was issued."""

    number: str
    kind: AttestationKind
    wording: str
    copied: bool
    """Whether it is printed later than on the day it was issued: the text stays as it was."""
    person: Person
    known_since: date
    for_whom: str | None
    purpose: str | None
    training: str | None
    followed_from: date | None
    followed_until: date | None
    issued_on: date


class RecordSheet(Sheet):
    """All that is kept of a person, in one language: for them alone, and the one paper that tells of custody."""

    person: Person
    language: ReadLanguage
    sections: Annotated[tuple[RecordSection, ...], FieldClass.PERSONAL]


class CertificateSheet(Sheet):
    """That somebody's data was erased: by which two people, what stays, where copies may be."""

    erased_on: date
    asked_on: date | None
    asked_by: str | None
    confirmed_by: str | None
    entry: int
    key_destroyed: bool
    takes: ErasureTakes
    leaves: tuple[ErasureLeaves, ...]
    outside: tuple[CopyOutside, ...]


AnySheet = (
    Slip
    | Undertaking
    | Summary
    | VisitSheet
    | CeremonySheet
    | SessionSheet
    | AttendanceSheet
    | AttestationSheet
    | ConsentSheet
    | RecordSheet
    | CertificateSheet
)


class Printout(Message):
    """What is printed in one go: sheets of one kind of paper, as of one entry of the ledger."""

    paper: Paper
    position: int
    printed_at: datetime
    printed_by: str | None
    """The label of the post."""
    centre_code: str | None
    """Of the centre that prints; null for who is of none. Its name would say too much."""
    sheets: tuple[AnySheet, ...]
