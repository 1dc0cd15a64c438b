"""What is recorded of a case, apart from its tracks."""

from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from domain.case.steps import Consent, CriterionRuling, JudicialText, PersonalText
from domain.case.vocabulary import (
    Channel,
    ContactOutcome,
    DetentionStatus,
    EducationLevel,
    EducationResult,
    NeedArea,
    NeedStatus,
    Outcome,
    PardonKind,
    ReleaseKind,
    Route,
    TrackKind,
)
from domain.message import Event, FieldClass, LongText, StreamKind
from domain.rules import ExemptionReason
from domain.trades import Trade


class CaseEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.CASE


class CaseOpened(CaseEvent):
    beneficiary_id: UUID
    route: Route
    centre: str
    province: str
    caseworker: UUID
    consent: Consent
    rules_version: str
    minor_until: date | None = None
    """The day the person comes of age, where that is still ahead."""


class SocialEnquiryRecorded(CaseEvent):
    household_size: int
    has_housing: bool
    findings: PersonalText = None


class EligibilityRuled(CaseEvent):
    eligible: bool
    criteria: tuple[CriterionRuling, ...]
    reasons: PersonalText = None


class DetentionStatusRecorded(CaseEvent):
    status: DetentionStatus
    detained_since: date
    expected_release: date | None = None
    prison: JudicialText = None
    detention_number: JudicialText = None


class PrisonTransferRecorded(CaseEvent):
    prison: JudicialText = None


class ExpectedReleaseChanged(CaseEvent):
    expected_release: date | None
    reason: JudicialText = None


class PardonRecorded(CaseEvent):
    pardon: PardonKind
    expected_release: date | None = None


class ReleaseRecorded(CaseEvent):
    release: ReleaseKind
    conditions_until: date | None = None
    conditions: JudicialText = None


class EducationRecorded(CaseEvent):
    level: EducationLevel
    started_on: date
    result: EducationResult
    trade: Trade | None = None
    certificate: bool = False
    prison: JudicialText = None


class NeedsAssessed(CaseEvent):
    form: str
    areas: dict[NeedArea, NeedStatus]
    remarks: Annotated[LongText | None, FieldClass.HEALTH] = None


class PlanAgreed(CaseEvent):
    trade_wished: Trade | None = None
    qualifications: tuple[Trade, ...] = ()
    goals: Annotated[tuple[LongText, ...] | None, FieldClass.PERSONAL] = None


class PreReleaseReviewRecorded(CaseEvent):
    review: str
    findings: JudicialText = None


class ContactRecorded(CaseEvent):
    channel: Channel
    outcome: ContactOutcome
    note: PersonalText = None


class NoteAdded(CaseEvent):
    text: PersonalText = None


class TrackEvent(CaseEvent):
    """Something of one track, by whose id it is known; the case can have several."""

    track_id: UUID


class TrackOpened(TrackEvent):
    track: TrackKind


class ReviewExempted(CaseEvent):
    review: str
    because: ExemptionReason
    overdue: bool
    """Whether it was overdue when it was exempted."""
    explanation: PersonalText = None


class ExemptionCleared(CaseEvent):
    review: str
    due_on: date
    """When the review is now due: with days to prepare it, unless it was overdue before."""


class CasePaused(CaseEvent):
    explanation: PersonalText = None


class CaseResumed(CaseEvent):
    pass


class CaseworkerAssigned(CaseEvent):
    caseworker: UUID


class CaseClosed(CaseEvent):
    outcome: Outcome
    explanation: PersonalText = None


class CaseReopened(CaseEvent):
    explanation: PersonalText = None


class ReminderRecorded(CaseEvent):
    """A review fell due. `missed`: it already had when it was first known of."""

    review: str
    due_on: date
    missed: bool
    fired_at: datetime
    """The process engine's instant (UTC)."""
