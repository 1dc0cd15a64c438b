"""The steps of the self-employment track, from training to follow-up.

Amounts are in MAD. Items are named by their place in the proposal: 1 for the first.
"""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.case.steps import PersonalText, RequiredText, ReviewKey, TrackStep
from domain.message import FieldClass, LongText, ShortText
from domain.project.items import (
    MOST_ITEMS,
    CashInstalment,
    ItemEstimate,
    ItemHandover,
    ItemNumber,
    ItemPrice,
    Reference,
)
from domain.project.vocabulary import (
    DecisionKind,
    EquipmentCondition,
    Premises,
    ProjectCondition,
    ReceivedBy,
)
from domain.tracks.self_employment.vocabulary import LegalForm, TrainingResult
from domain.values.days import PlannedDay, ProgrammeDay
from domain.values.money import NOTHING, Amount, PositiveAmount
from domain.values.trades import Trade


class EnrolInTraining(TrackStep):
    """Enrol the person in a training for the trade."""

    trade: Trade
    provider: ShortText = Field(examples=["ISTA Taza"])
    planned_end: PlannedDay


class CompleteTraining(TrackStep):
    """Record the end of the training, with its result."""

    result: TrainingResult
    certificate: bool = False


class DropOutOfTraining(TrackStep):
    """Record that the person left the training."""

    explanation: RequiredText


class WaiveTraining(TrackStep):
    """Waive the training, because the person knows the trade; evidence is needed."""

    explanation: RequiredText
    evidence: RequiredText


class ProposeProject(TrackStep):
    """Propose an income-generating project to be funded."""

    trade: Trade
    items: tuple[ItemEstimate, ...] = Field(min_length=1, max_length=MOST_ITEMS)
    premises: Premises
    own_contribution: Amount = Field(NOTHING, examples=["0.00"])
    permits: tuple[ShortText, ...] = Field((), max_length=20)
    address: PersonalText = None


class RecordCoaching(TrackStep):
    """Record a coaching session on the project."""

    provider: ShortText = Field(examples=["ANAPEC"])
    remarks: PersonalText = None


class RecordStudy(TrackStep):
    """Record the technical and financial study of the project."""

    provider: ShortText = Field(examples=["ANAPEC"])
    technically_sound: bool
    financially_sound: bool
    recommended_amount: PositiveAmount


class SubmitToSession(TrackStep):
    """Submit the project to a session of the province's committee, under an agreement."""

    agreement_id: UUID
    session_on: PlannedDay | None = None


class RecordDecision(TrackStep):
    """Record what the committee decided in session; not by whoever proposed the project."""

    decision: DecisionKind
    session_on: ProgrammeDay
    minutes: Reference
    equipment_amount: Amount = Field(NOTHING, examples=["0.00"])
    cash_grant: Amount = Field(NOTHING, examples=["0.00"])
    reasons: PersonalText = None


class SignUndertaking(TrackStep):
    """Record the signed undertaking not to sell the equipment."""


class OrderEquipment(TrackStep):
    """Order the approved items from a supplier, each at its agreed price."""

    supplier: ShortText
    contract: Reference
    prices: tuple[ItemPrice, ...] = Field(min_length=1, max_length=MOST_ITEMS)


class RecordPayment(TrackStep):
    """Record a payment to the supplier, apart from order and receipt."""

    amount: PositiveAmount
    invoice: Reference


class ReceiveEquipment(TrackStep):
    """Record that the supplier delivered items to the Foundation's store."""

    items: tuple[ItemNumber, ...] = Field(min_length=1, max_length=MOST_ITEMS)


class PlaceOnCeremony(TrackStep):
    """Place the person on the list of a handover ceremony."""

    ceremony_id: UUID


class TakeOffCeremony(TrackStep):
    """Take the person off the ceremony's list: absent, replaced, or the ceremony cancelled."""


class ConfirmDelivery(TrackStep):
    """Confirm what this person received, line by line; the rest can follow later."""

    items: tuple[ItemHandover, ...] = Field((), max_length=MOST_ITEMS)
    cash: tuple[CashInstalment, ...] = Field((), max_length=12)
    received_by: ReceivedBy = ReceivedBy.HOLDER
    proxy: Annotated[LongText | None, FieldClass.PERSONAL] = None
    """Who signed for the person, and by what right."""


class EndApproval(TrackStep):
    """End the approval: the money not spent and the place are free again."""

    explanation: RequiredText


class FormaliseBusiness(TrackStep):
    """Record the business's legal form."""

    form: LegalForm
    registered_as: Annotated[LongText | None, FieldClass.PERSONAL] = None


class RecordVisit(TrackStep):
    """Record a follow-up visit after delivery; it completes the review it is held for."""

    review: ReviewKey | None = None
    """The scheduled visit; none for one that was not scheduled."""
    project: ProjectCondition
    equipment: EquipmentCondition
    monthly_income: Amount | None = None
    people_employed: int = Field(0, ge=0, le=500)
    remarks: PersonalText = None


class RescheduleVisit(TrackStep):
    """Move a scheduled visit, inside its window."""

    review: ReviewKey
    due_on: PlannedDay
