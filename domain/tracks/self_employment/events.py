"""What the case records of its self-employment track: milestones, not items.

Items, prices and serial numbers are the project's own; sums are the agreement's too.
"""

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.events import CaseEvent
from domain.case.steps import PersonalText
from domain.message import FieldClass, LongText
from domain.money import Amount
from domain.project.vocabulary import DecisionKind, EquipmentCondition, ProjectCondition
from domain.tracks.self_employment.vocabulary import LegalForm, TrainingResult
from domain.trades import Sector, Trade


class TrainingEnrolled(CaseEvent):
    trade: Trade
    provider: str
    planned_end: date


class TrainingCompleted(CaseEvent):
    result: TrainingResult
    certificate: bool


class TrainingDroppedOut(CaseEvent):
    explanation: PersonalText = None


class TrainingWaived(CaseEvent):
    explanation: PersonalText = None
    evidence: PersonalText = None


class ProjectProposed(CaseEvent):
    project_id: UUID
    trade: Trade
    sector: Sector
    estimated_cost: Amount
    own_contribution: Amount


class CoachingRecorded(CaseEvent):
    provider: str
    remarks: PersonalText = None


class StudyRecorded(CaseEvent):
    provider: str
    technically_sound: bool
    financially_sound: bool
    recommended_amount: Amount


class SubmittedToSession(CaseEvent):
    agreement_id: UUID
    session_on: date | None = None


class DecisionRecorded(CaseEvent):
    decision: DecisionKind
    session_on: date
    minutes: str
    equipment_amount: Amount
    cash_grant: Amount
    reasons: PersonalText = None


class UndertakingSigned(CaseEvent):
    pass


class EquipmentOrdered(CaseEvent):
    total: Amount
    complete: bool
    """Whether every item of the project is ordered now."""


class PaymentRecorded(CaseEvent):
    amount: Amount


class EquipmentReceived(CaseEvent):
    complete: bool


class PlacedOnCeremony(CaseEvent):
    ceremony_id: UUID


class TakenOffCeremony(CaseEvent):
    ceremony_id: UUID


class DeliveryConfirmed(CaseEvent):
    goods: Amount
    cash: Amount
    complete: bool
    ceremony_id: UUID | None = None
    proxy: Annotated[LongText | None, FieldClass.PERSONAL] = None


class ApprovalEnded(CaseEvent):
    explanation: PersonalText = None


class BusinessFormalised(CaseEvent):
    form: LegalForm
    registered_as: PersonalText = None


class VisitRecorded(CaseEvent):
    review: str | None
    project: ProjectCondition
    equipment: EquipmentCondition
    monthly_income: Amount | None = None
    people_employed: int = 0
    remarks: PersonalText = None


class VisitRescheduled(CaseEvent):
    review: str
    due_on: date
