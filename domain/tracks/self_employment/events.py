"""What the case records of its self-employment track: milestones, not items.

Items, prices and serial numbers are the project's own; sums are the agreement's too.
"""

from datetime import date
from uuid import UUID

from domain.case.events import TrackEvent
from domain.message import Personal, Statistical
from domain.project.vocabulary import DecisionKind, EquipmentCondition, ProjectCondition
from domain.tracks.self_employment.vocabulary import LegalForm, TrainingResult
from domain.values.money import Sum
from domain.values.trades import Sector, Trade


class TrainingEnrolled(TrackEvent, stored="TrainingEnrolled"):
    trade: Statistical[Trade]
    provider: str
    planned_end: date


class TrainingCompleted(TrackEvent, stored="TrainingCompleted"):
    result: TrainingResult
    certificate: bool


class TrainingDroppedOut(TrackEvent, stored="TrainingDroppedOut"):
    explanation: Personal[str] = None


class TrainingWaived(TrackEvent, stored="TrainingWaived"):
    explanation: Personal[str] = None
    evidence: Personal[str] = None


class ProjectProposed(TrackEvent, stored="ProjectProposed"):
    project_id: UUID
    trade: Statistical[Trade]
    sector: Statistical[Sector]
    estimated_cost: Sum
    own_contribution: Sum


class CoachingRecorded(TrackEvent, stored="CoachingRecorded"):
    provider: str
    remarks: Personal[str] = None


class StudyRecorded(TrackEvent, stored="StudyRecorded"):
    provider: str
    technically_sound: bool
    financially_sound: bool
    recommended_amount: Sum


class SubmittedToSession(TrackEvent, stored="SubmittedToSession"):
    agreement_id: UUID
    session_on: date | None = None


class DecisionRecorded(TrackEvent, stored="DecisionRecorded"):
    decision: DecisionKind
    session_on: date
    minutes: str
    equipment_amount: Sum
    cash_grant: Sum
    reasons: Personal[str] = None


class UndertakingSigned(TrackEvent, stored="UndertakingSigned"):
    pass


class EquipmentOrdered(TrackEvent, stored="EquipmentOrdered"):
    total: Sum
    complete: bool
    """Whether every item of the project is ordered now."""


class PaymentRecorded(TrackEvent, stored="PaymentRecorded"):
    amount: Sum


class EquipmentReceived(TrackEvent, stored="EquipmentReceived"):
    complete: bool


class PlacedOnCeremony(TrackEvent, stored="PlacedOnCeremony"):
    ceremony_id: UUID


class TakenOffCeremony(TrackEvent, stored="TakenOffCeremony"):
    ceremony_id: UUID


class DeliveryConfirmed(TrackEvent, stored="DeliveryConfirmed"):
    goods: Sum
    cash: Sum
    complete: bool
    ceremony_id: UUID | None = None
    proxy: Personal[str] = None


class ApprovalEnded(TrackEvent, stored="ApprovalEnded"):
    explanation: Personal[str] = None


class BusinessFormalised(TrackEvent, stored="BusinessFormalised"):
    form: LegalForm
    registered_as: Personal[str] = None


class VisitRecorded(TrackEvent, stored="VisitRecorded"):
    review: str | None
    project: ProjectCondition
    equipment: EquipmentCondition
    monthly_income: Personal[Sum] = None
    people_employed: int = 0
    remarks: Personal[str] = None


class VisitRescheduled(TrackEvent, stored="VisitRescheduled"):
    review: str
    due_on: date
