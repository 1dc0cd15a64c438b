"""What the case records of its self-employment track: milestones, not items.

Items, prices and serial numbers are the project's own; sums are the agreement's too.
"""

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.events import TrackEvent
from domain.case.steps import PersonalText
from domain.message import FieldClass, LongText
from domain.money import Amount
from domain.project.vocabulary import DecisionKind, EquipmentCondition, ProjectCondition
from domain.tracks.self_employment.vocabulary import LegalForm, TrainingResult
from domain.trades import Sector, Trade


class TrainingEnrolled(TrackEvent):
    trade: Trade
    provider: str
    planned_end: date


class TrainingCompleted(TrackEvent):
    result: TrainingResult
    certificate: bool


class TrainingDroppedOut(TrackEvent):
    explanation: PersonalText = None


class TrainingWaived(TrackEvent):
    explanation: PersonalText = None
    evidence: PersonalText = None


class ProjectProposed(TrackEvent):
    project_id: UUID
    trade: Trade
    sector: Sector
    estimated_cost: Amount
    own_contribution: Amount


class CoachingRecorded(TrackEvent):
    provider: str
    remarks: PersonalText = None


class StudyRecorded(TrackEvent):
    provider: str
    technically_sound: bool
    financially_sound: bool
    recommended_amount: Amount


class SubmittedToSession(TrackEvent):
    agreement_id: UUID
    session_on: date | None = None


class DecisionRecorded(TrackEvent):
    decision: DecisionKind
    session_on: date
    minutes: str
    equipment_amount: Amount
    cash_grant: Amount
    reasons: PersonalText = None


class UndertakingSigned(TrackEvent):
    pass


class EquipmentOrdered(TrackEvent):
    total: Amount
    complete: bool
    """Whether every item of the project is ordered now."""


class PaymentRecorded(TrackEvent):
    amount: Amount


class EquipmentReceived(TrackEvent):
    complete: bool


class PlacedOnCeremony(TrackEvent):
    ceremony_id: UUID


class TakenOffCeremony(TrackEvent):
    ceremony_id: UUID


class DeliveryConfirmed(TrackEvent):
    goods: Amount
    cash: Amount
    complete: bool
    ceremony_id: UUID | None = None
    proxy: Annotated[LongText | None, FieldClass.PERSONAL] = None


class ApprovalEnded(TrackEvent):
    explanation: PersonalText = None


class BusinessFormalised(TrackEvent):
    form: LegalForm
    registered_as: PersonalText = None


class VisitRecorded(TrackEvent):
    review: str | None
    project: ProjectCondition
    equipment: EquipmentCondition
    monthly_income: Amount | None = None
    people_employed: int = 0
    remarks: PersonalText = None


class VisitRescheduled(TrackEvent):
    review: str
    due_on: date
