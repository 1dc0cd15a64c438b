"""The steps of a case that concern the person: intake, custody, needs, the daily work."""

from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from domain.asking.steps import ConfirmRequest, RefuseRequest, TakesTwo
from domain.case.consents.vocabulary import ConsentForm
from domain.case.events import AgreedGoal, AgreedStep, GivenConsent, RuledCriterion
from domain.case.residence.commune import CommuneName
from domain.case.vocabulary import (
    Channel,
    ContactMadeBy,
    ContactOutcome,
    Criterion,
    DeathKnownBy,
    EducationLevel,
    EducationResult,
    NeedArea,
    NeedStatus,
    Outcome,
    Route,
    TrackEnd,
    TrackKind,
)
from domain.message import FieldClass, LongText, Message, NameText, ShortText, Step
from domain.papers.steps import AttachPaper, WithdrawPaper
from domain.rules import ExemptionReason
from domain.values.codes import InstitutionCode, PrisonCode
from domain.values.days import DueDay, PastDay, PlannedDay
from domain.values.papers import PaperKind
from domain.values.places import ProvinceCode
from domain.values.trades import Trade

PersonalText = Annotated[LongText | None, FieldClass.PERSONAL]
JudicialText = Annotated[LongText | None, FieldClass.JUDICIAL]
PrisonIfKnown = Annotated[PrisonCode | None, FieldClass.JUDICIAL]
RequiredText = Annotated[LongText, FieldClass.PERSONAL]
ReviewKey = Annotated[
    str,
    Field(pattern=r"^[a-z_]+(/[0-9a-z_-]+)+$", max_length=80, examples=["visit/3"]),
]


class Consent(GivenConsent, Message):
    """What the person agreed to, apart from care itself, which rests on the legal task."""


class CriterionRuling(RuledCriterion, Message):
    """One criterion of eligibility, ruled on."""


class OpenCase(Step):
    """Open the one case of a beneficiary, in a centre, with a caseworker."""

    beneficiary_id: UUID
    route: Route
    centre: ShortText = Field(examples=["taza"])
    province: ProvinceCode
    """Where the person lives or will live: decides which agreements may fund them."""
    commune: CommuneName = None
    """Of that province, for the rounds of visits."""
    caseworker: UUID
    consent: Consent = Consent()
    given_as: ConsentForm | None = None
    """How that was given."""
    witness: Annotated[NameText | None, FieldClass.PERSONAL] = None
    """Who was there, where it was not signed."""


class RecordSocialEnquiry(Step):
    """Record the social enquiry into the household."""

    with_the_person: ClassVar[bool] = True

    household_size: int = Field(ge=1, le=40)
    has_housing: bool
    findings: PersonalText = None


class RuleOnEligibility(Step):
    """Rule on whether the programme takes the person, criterion by criterion."""

    eligible: bool
    criteria: tuple[CriterionRuling, ...] = Field(min_length=1, max_length=len(Criterion))
    reasons: PersonalText = None


class CustodyStep(Step):
    """A step about custody, which may have begun, and ended, before the case was opened."""

    with_the_person: ClassVar[bool] = True

    may_precede: ClassVar[bool] = True


class RecordEducation(CustodyStep):
    """Record education or training inside prison."""

    level: EducationLevel
    started_on: PastDay
    result: EducationResult
    trade: Trade | None = None
    """For vocational training: what it was in."""
    certificate: bool = False
    prison: PrisonIfKnown = None


class AssessNeeds(Step):
    """Assess the needs on the current form."""

    with_the_person: ClassVar[bool] = True

    form: ShortText = Field("needs-1", examples=["needs-1"])
    areas: dict[NeedArea, NeedStatus] = Field(min_length=1)
    remarks: Annotated[LongText | None, FieldClass.HEALTH] = None


class GoalStep(AgreedStep, Message):
    """A step towards a goal: what is to be done, by when, and how far it is."""

    text: ShortText = Field(examples=["Rent a room for the workshop"])
    due_on: PlannedDay | None = None


class Goal(AgreedGoal, Message):
    """A goal of the plan, in the person's own words, with the steps that lead there."""

    text: RequiredText
    steps: tuple[GoalStep, ...] = Field((), max_length=10)


class AgreePlan(Step):
    """Agree the individual life project with the person, or agree it anew: the old one no longer counts."""

    with_the_person: ClassVar[bool] = True

    trade_wished: Trade | None = None
    qualifications: tuple[Trade, ...] = Field((), max_length=10)
    goals: Annotated[tuple[Goal, ...] | None, FieldClass.PERSONAL, Field(max_length=10)] = None
    revised_because: PersonalText = None
    """Why another plan takes the place of the one that stands, where one does."""


class RecordPreReleaseReview(Step):
    """Record the review held in prison 180, 90 or 30 days before release."""

    with_the_person: ClassVar[bool] = True

    review: ReviewKey | None = None
    """None: the one in whose window it was held."""
    findings: JudicialText = None


class RecordContact(Step):
    """Record a contact, or an attempt at one."""

    with_the_person: ClassVar[bool] = True

    made_by: ContactMadeBy | None = None
    """From whom it came; from the centre where it is left out."""
    channel: Channel
    outcome: ContactOutcome
    """Of one that the person made: whether somebody spoke with them. Else they are to be called back."""
    note: PersonalText = None


class RecordAttemptedVisit(Step):
    """Record that somebody went to see the person and nobody was there: it stays due."""

    note: PersonalText = None


class AddNote(Step):
    """Add a note to the case."""

    text: RequiredText


class AttachDocument(AttachPaper):
    """Attach a paper that was sent before: it is about this person, or their project."""

    kind: Annotated[PaperKind, FieldClass.JUDICIAL]
    track_id: UUID | None = None
    """The track it is of; none: it is the person's."""


class WithdrawDocument(WithdrawPaper):
    """Withdraw a paper that was attached by mistake: nobody opens it any more."""


EntryNumber = Annotated[int, Field(ge=1, le=1_000_000, examples=[14])]
"""The version of an entry, as the case's timeline and history show it."""


class RetractEntry(Step):
    """Say that an entry of the case does not count. It stays to be read, and so does this."""

    entry_number: EntryNumber
    explanation: RequiredText
    wrong_person: bool = False
    """It was told in the wrong person's case: nothing of what it says can be read there any more."""


class Correction(Message):
    """What an entry should have said."""

    entry_number: EntryNumber
    content: dict[str, Any] | None = None
    """All that its step should have said, the day too, as its own address takes it; none: retract it."""


class CorrectEntries(Step):
    """Correct one or several entries of the case at once: they are judged by what results."""

    entries: tuple[Correction, ...] = Field(min_length=1, max_length=20)
    explanation: RequiredText


class TrackStep(Step):
    """A step that concerns one track of the case."""

    track_id: UUID | None = None
    """Which track; may be left out where the case has only one of the kind."""


class OpenTrack(Step):
    """Open a track on the case; one may be opened in detention already."""

    with_the_person: ClassVar[bool] = True

    track: TrackKind


class EndTrack(TrackStep):
    """End a track to which no money is to come; another of its kind may be opened then."""

    ended_as: TrackEnd
    explanation: RequiredText


class ExemptReview(TakesTwo):
    """Exempt the person from a scheduled review. From a visit after a delivery two people do."""

    review: ReviewKey
    because: ExemptionReason
    until: PlannedDay | None = None
    """From when on the review is due again; none: it is not to be held at all."""
    explanation: PersonalText = None


class ClearExemption(Step):
    """End an exemption: the review is due again, with days to prepare it."""

    review: ReviewKey


class PauseCase(TakesTwo):
    """Pause the case: its reviews do not fall due meanwhile, and everything can be recorded.

    After a delivery two people do.
    """

    until: PlannedDay
    """When it is looked at again, within 90 days: then the pause ends, unless it is renewed."""
    explanation: RequiredText


class RenewPause(TakesTwo):
    """Let a pause go on, once the case was looked at. After a delivery two people do."""

    until: PlannedDay
    """When it is looked at again, within 90 days."""
    explanation: RequiredText


class ResumeCase(Step):
    """Resume a paused case before its pause ends by itself."""


class ConfirmCaseRequest(ConfirmRequest):
    """Confirm what another person asked for about a case: it is done."""


class RefuseCaseRequest(RefuseRequest):
    """Refuse what another person asked for about a case: nothing changes."""

    explanation: RequiredText


class AssignCaseworker(Step):
    """Give the case to another caseworker of the centre."""

    caseworker: UUID


class RecordDeath(Step):
    """Record the person's death, on its day: nothing is due about them any more."""

    known_by: Annotated[DeathKnownBy, FieldClass.JUDICIAL]
    """How it is known."""
    explanation: PersonalText = None


class CloseCase(Step):
    """Close the case with an outcome, of which the case holds the proof."""

    outcome: Outcome
    institution: Annotated[InstitutionCode | None, FieldClass.PERSONAL] = None
    """Of a transfer: which institution outside took the person over."""
    accepted_on: Annotated[PastDay | None, FieldClass.PERSONAL] = None
    """Of a transfer: the day on which it accepted."""
    explanation: PersonalText = None


class ReopenCase(Step):
    """Open a closed case again."""

    explanation: RequiredText


class RecordReminder(Step):
    """Record that a review fell due: issued by a timer, once for each due date."""

    unfingerprinted: ClassVar[frozenset[str]] = frozenset({"at", "occurred_on"})

    review: ReviewKey
    due_on: DueDay
    at: datetime
    """The process engine's present instant (UTC)."""
