"""What is recorded of a case, apart from its tracks.

The name of a review says what the person is waiting for, and of a review in prison also the
day of release: where it may be one of those it is judicial.
"""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from domain.asking.events import RequestConfirmed, Requested, RequestRefused
from domain.beneficiary.vocabulary import Sex
from domain.case.consents.vocabulary import ConsentForm
from domain.case.vocabulary import (
    Channel,
    ContactMadeBy,
    ContactOutcome,
    Criterion,
    DeathKnownBy,
    EducationLevel,
    EducationResult,
    GoalProgress,
    NeedArea,
    NeedStatus,
    Outcome,
    Route,
    TrackEnd,
    TrackKind,
)
from domain.folds.mended import Mended
from domain.message import (
    Event,
    FieldClass,
    Health,
    Judicial,
    Personal,
    Record,
    Statistical,
    StreamKind,
    Veil,
)
from domain.papers.events import Attached, Withdrawn
from domain.rules import ExemptionReason, Terms
from domain.values.bands import AgeBand, SinceRelease
from domain.values.codes import INSTITUTION
from domain.values.papers import PaperKind
from domain.values.trades import Trade


class CaseEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.CASE


class GivenConsent(Record):
    """What the person agreed to, apart from care itself, which rests on the legal task."""

    messages: bool = False
    sharing_with_employers: bool = False
    ceremony_photographs: bool = False
    through_guardian: bool = False
    """Of somebody who has come of age: that their guardian is still told. A minor's always is."""


class RuledCriterion(Record):
    """One criterion of eligibility, ruled on."""

    criterion: Criterion
    met: bool


class CaseOpened(CaseEvent, stored="CaseOpened"):
    reference: str
    beneficiary_id: UUID
    route: Statistical[Route]
    centre: str
    province: Statistical[str]
    commune: Personal[str] = None
    caseworker: UUID
    consent: GivenConsent
    given_as: ConsentForm | None = None
    """How that was given."""
    witness: Personal[str] = None
    rules_version: str
    rules_terms: Terms | None = None
    """What that version changes, where the Foundation set it."""
    born: Personal[date] = None
    """When the person was born, as was known then; the year's last day where only the year was."""


class SocialEnquiryRecorded(CaseEvent, stored="SocialEnquiryRecorded"):
    household_size: Personal[int] = None
    has_housing: Personal[bool] = None
    findings: Personal[str] = None


class EligibilityRuled(CaseEvent, stored="EligibilityRuled"):
    eligible: bool
    criteria: Personal[tuple[RuledCriterion, ...]] = None
    reasons: Personal[str] = None


class CircumstancesRecorded(CaseEvent, stored="CircumstancesRecorded"):
    """Something of the person's circumstances; what it was, and the day, is judicial."""


CUSTODY = Veil(CircumstancesRecorded, "record-circumstances", FieldClass.JUDICIAL)
"""What tells of custody by being recorded: each kind looks like every other."""


class EducationRecorded(CaseEvent, stored="EducationRecorded", veil=CUSTODY):
    level: Judicial[EducationLevel] = None
    started_on: Judicial[date] = None
    result: Judicial[EducationResult] = None
    trade: Judicial[Trade] = None
    certificate: Judicial[bool] = None
    prison: Judicial[str] = None


class NeedsAssessed(CaseEvent, stored="NeedsAssessed"):
    form: str
    areas: Health[dict[NeedArea, NeedStatus]] = None
    remarks: Health[str] = None


class AgreedStep(Record):
    """What is to be done towards a goal."""

    text: str
    due_on: date | None = None
    progress: GoalProgress = GoalProgress.PLANNED


class AgreedGoal(Record):
    """What the person wants to come to, and the way there."""

    text: str
    steps: tuple[AgreedStep, ...] = ()


class PlanAgreed(CaseEvent, stored="PlanAgreed"):
    trade_wished: Trade | None = None
    qualifications: tuple[Trade, ...] = ()
    goals: Personal[tuple[AgreedGoal, ...]] = None
    revised_because: Personal[str] = None
    """Why, where one stood before."""


class PreReleaseReviewRecorded(CaseEvent, stored="PreReleaseReviewRecorded", veil=CUSTODY):
    review: Judicial[str] = None
    findings: Judicial[str] = None


class ContactRecorded(CaseEvent, stored="ContactRecorded"):
    channel: Judicial[Channel] = None
    """Judicial, because one of them is a visit in prison."""
    made_by: ContactMadeBy | None = None
    outcome: ContactOutcome
    note: Personal[str] = None


class VisitAttempted(CaseEvent, stored="VisitAttempted"):
    """Nobody was there: what was to be held is due as before."""

    note: Personal[str] = None


class NoteAdded(CaseEvent, stored="NoteAdded"):
    text: Personal[str] = None


class DocumentAttached(CaseEvent, Attached, stored="DocumentAttached"):
    """Its kind is judicial: one of them is the slip of a release."""

    kind: Judicial[PaperKind] = None
    issued_on: Personal[date] = None
    expires_on: Personal[date] = None
    track_id: UUID | None = None


class DocumentWithdrawn(CaseEvent, Withdrawn, stored="DocumentWithdrawn"):
    explanation: Personal[str] = None


class EntriesMended(CaseEvent, Mended, stored="EntriesMended"):
    """Entries do not count any more. What is told in the place of one is recorded beside it."""

    entries: tuple[int, ...]
    """Their versions."""
    corrected: tuple[int, ...] = ()
    """Those in whose place something else is told; the others are retracted."""
    wrong_person: bool = False
    """Whether they were told in the wrong person's case: nothing of them is to be read there."""
    explanation: Personal[str] = None


class CircumstancesMended(CaseEvent, Mended, stored="CircumstancesMended", veil=CUSTODY):
    """As `EntriesMended`, of what stands behind the veil of custody."""

    entries: Judicial[tuple[int, ...]] = None
    corrected: Judicial[tuple[int, ...]] = None
    wrong_person: Judicial[bool] = None
    explanation: Judicial[str] = None


class TrackEvent(CaseEvent):
    """Something of one track, by whose id it is known; the case can have several."""

    track_id: UUID


class TrackOpened(TrackEvent, stored="TrackOpened"):
    track: TrackKind
    number: int = 1
    """Of the case's tracks, as they were opened."""


class TrackEnded(TrackEvent, stored="TrackEnded"):
    ended_as: TrackEnd
    explanation: Personal[str] = None


class ExemptionRequested(CaseEvent, Requested, stored="ExemptionRequested"):
    review: Judicial[str] = None
    because: Health[ExemptionReason] = None
    until: Health[date] = None
    explanation: Personal[str] = None


class ReviewExempted(CaseEvent, stored="ReviewExempted"):
    review: Judicial[str] = None
    because: Health[ExemptionReason] = None
    until: Health[date] = None
    """From when on it is due again; None: it is not to be held at all."""
    explanation: Personal[str] = None


class ExemptionCleared(CaseEvent, stored="ExemptionCleared"):
    review: Judicial[str] = None
    due_on: date
    """When the review is now due: with days to prepare it, unless it was overdue before."""


class PauseRequested(CaseEvent, Requested, stored="PauseRequested"):
    until: date
    explanation: Personal[str] = None


class CasePaused(CaseEvent, stored="CasePaused"):
    until: date
    """The day on which the case is looked at again, and the pause ends."""
    explanation: Personal[str] = None


class PauseRenewalRequested(CaseEvent, Requested, stored="PauseRenewalRequested"):
    until: date
    explanation: Personal[str] = None


class PauseRenewed(CaseEvent, stored="PauseRenewed"):
    until: date
    explanation: Personal[str] = None


class CaseResumed(CaseEvent, stored="CaseResumed"):
    pass


class CaseRequestConfirmed(CaseEvent, RequestConfirmed, stored="CaseRequestConfirmed"):
    pass


class CaseRequestRefused(CaseEvent, RequestRefused, stored="CaseRequestRefused"):
    explanation: Personal[str] = None


class CaseworkerAssigned(CaseEvent, stored="CaseworkerAssigned"):
    caseworker: UUID


class DeathRecorded(CaseEvent, stored="DeathRecorded"):
    known_by: Judicial[DeathKnownBy] = None
    """Judicial, because one of them is the prison."""
    explanation: Personal[str] = None


class CaseClosed(CaseEvent, stored="CaseClosed"):
    outcome: Statistical[Outcome]
    institution: Annotated[str | None, FieldClass.PERSONAL, INSTITUTION] = None
    """Which one took the person over, where one did."""
    accepted_on: Personal[date] = None
    explanation: Personal[str] = None


class CountedBy(Record):
    """What a fact of the case is counted by, as of its day, in bands."""

    sex: Sex | None = None
    age: AgeBand | None = None
    province: str | None = None
    route: Route | None = None
    since_release: SinceRelease | None = None


class StatisticsKept(CaseEvent, stored="StatisticsKept"):
    """What is counted of a case whose person is erased in the same commit."""

    deliveries: Statistical[tuple[CountedBy, ...]]
    """Track by track, in their order."""
    studied: Statistical[tuple[EducationLevel, ...]]
    """In detention."""
    exempt_visits: Statistical[tuple[str, ...]]
    """Visits after a delivery that were not to be held, by their names."""
    exempt_by_house: Statistical[tuple[str, ...]] = ()
    """Of those, where the house was the reason."""


class CaseSetAside(CaseEvent, stored="CaseSetAside"):
    """The person has two, and another goes on: this one keeps its tracks until they end."""

    goes_on: UUID


class CaseStandsAgain(CaseEvent, stored="CaseStandsAgain"):
    """It was another person's after all."""


class CaseReopened(CaseEvent, stored="CaseReopened"):
    explanation: Personal[str] = None


class ReminderRecorded(CaseEvent, stored="ReminderRecorded"):
    """A review fell due. `missed`: it already had when it was first known of.

    Its day is judicial as its name is: those of the reviews before a release tell the release.
    """

    review: Judicial[str] = None
    due_on: Judicial[date] = None
    fired_at: Judicial[datetime] = None
    """The process engine's instant (UTC)."""
    missed: bool
    level: int = 0
    """How often it stayed undone: 1 goes to the coordinator, 2 to the division."""
    to: tuple[UUID, ...] = ()
    """The members of staff who are told, as the directory stood when it was recorded."""
