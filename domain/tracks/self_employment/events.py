"""What the case records of its self-employment track: milestones, not items.

Items, prices and serial numbers are the project's own; sums are the agreement's too.
"""

from datetime import date
from uuid import UUID

from domain.asking.events import Requested
from domain.case.events import TrackEvent
from domain.ceremony.vocabulary import MissedBecause, OffListBecause
from domain.message import Judicial, Personal, Statistical
from domain.project.events import FoundItem
from domain.project.vocabulary import DecisionKind, ProjectCondition, RejectionReason
from domain.rules import FundingSource
from domain.tracks.self_employment.vocabulary import (
    LegalForm,
    OpinionKind,
    ProblemDecision,
    ProblemKind,
)
from domain.values.money import Sum
from domain.values.trades import Sector, Trade


class TrainingWaived(TrackEvent, stored="TrainingWaived"):
    trade: Statistical[Trade | None] = None
    explanation: Personal[str] = None
    evidence: Personal[str] = None


class ProjectProposed(TrackEvent, stored="ProjectProposed"):
    project_id: UUID
    trade: Statistical[Trade]
    sector: Statistical[Sector]
    estimated_cost: Sum
    own_contribution: Sum
    items: tuple[int, ...]
    """Those that somebody else is asked to pay for, wholly or in part."""
    payers: tuple[tuple[FundingSource, ...], ...] = ()
    """The sources that the plan of finance names for each item, the first item's first; none for one
    of which whose agreement it comes under pays all that is asked."""
    explanation: Personal[str] = None
    """Why in this trade, where it is neither wished nor known."""


class ProjectRevised(TrackEvent, stored="ProjectRevised"):
    estimated_cost: Sum
    own_contribution: Sum
    items: tuple[int, ...]
    """As of a proposal."""
    payers: tuple[tuple[FundingSource, ...], ...] = ()
    """As of a proposal."""
    new_study: bool
    """Whether it is to be studied anew."""
    explanation: Personal[str] = None


class ProjectChanged(TrackEvent, stored="ProjectChanged"):
    """After its approval, within it."""

    estimated_cost: Sum
    own_contribution: Sum
    items: tuple[int, ...]
    """As of a proposal."""
    payers: tuple[tuple[FundingSource, ...], ...] = ()
    """As of a proposal."""
    explanation: Personal[str] = None


class CoachingRecorded(TrackEvent, stored="CoachingRecorded"):
    provider: str
    remarks: Personal[str] = None


class StudyRecorded(TrackEvent, stored="StudyRecorded"):
    provider: str
    technically_sound: bool
    financially_sound: bool
    recommended_amount: Sum


class OpinionGiven(TrackEvent, stored="OpinionGiven"):
    opinion: OpinionKind
    reasons: Personal[str] = None


class SecondFundingAllowed(TrackEvent, stored="SecondFundingAllowed"):
    source: FundingSource
    explanation: Personal[str] = None


class SubmittedToSession(TrackEvent, stored="SubmittedToSession"):
    agreement_id: UUID
    session_id: UUID | None = None
    """None: it waits for a session."""
    session_on: date | None = None


class SubmissionWithdrawn(TrackEvent, stored="SubmissionWithdrawn"):
    agreement_id: UUID
    explanation: Personal[str] = None


class DecisionRecorded(TrackEvent, stored="DecisionRecorded"):
    agreement_id: UUID
    session_id: UUID
    session_on: date
    minutes: str
    source: FundingSource | None = None
    """Of the agreement's money."""
    decision: DecisionKind
    reason: RejectionReason | None = None
    next_session_on: date | None = None
    equipment_amount: Sum
    cash_grant: Sum
    reasons: Personal[str] = None


class RejectionAppealed(TrackEvent, stored="RejectionAppealed"):
    agreement_id: UUID
    session_id: UUID | None = None
    session_on: date | None = None
    reasons: Personal[str] = None


class UndertakingSigned(TrackEvent, stored="UndertakingSigned"):
    pass


class EquipmentOrdered(TrackEvent, stored="EquipmentOrdered"):
    order_id: UUID
    items: tuple[int, ...]
    total: Sum


class EquipmentUnordered(TrackEvent, stored="EquipmentUnordered"):
    """A line of an order came to nothing."""

    items: tuple[int, ...]


class PaymentRecorded(TrackEvent, stored="PaymentRecorded"):
    amount: Sum


class EquipmentReceived(TrackEvent, stored="EquipmentReceived"):
    items: tuple[int, ...]


class EquipmentReplaced(TrackEvent, stored="EquipmentReplaced"):
    """Another thing takes an approved one's place, and the next number."""

    item: int
    number: int
    explanation: Personal[str] = None


class OwnPartRecorded(TrackEvent, stored="OwnPartRecorded"):
    amount: Sum


class OwnPartGivenBack(TrackEvent, stored="OwnPartGivenBack"):
    """What the holder had paid above their part: the thing became cheaper, or was given up."""

    amount: Sum


class EquipmentDropped(TrackEvent, stored="EquipmentDropped"):
    """Approved, and not wanted or not to be had any more."""

    items: tuple[int, ...]
    cash: bool
    """What is left of the cash grant too."""
    explanation: Personal[str] = None


class PlacedOnCeremony(TrackEvent, stored="PlacedOnCeremony"):
    ceremony_id: UUID


class TakenOffCeremony(TrackEvent, stored="TakenOffCeremony"):
    ceremony_id: UUID
    because: OffListBecause


class CeremonyMissed(TrackEvent, stored="CeremonyMissed"):
    """The ceremony was held, and the person received nothing at it."""

    ceremony_id: UUID
    because: MissedBecause


class MissingLineAdded(TrackEvent, stored="MissingLineAdded"):
    """The list of a ceremony that was held lacked the person, or told them as missed."""

    ceremony_id: UUID
    explanation: Personal[str] = None


class DeliveryConfirmed(TrackEvent, stored="DeliveryConfirmed"):
    items: tuple[int, ...]
    goods: Sum
    """What its funders paid for them."""
    cash: Sum
    ceremony_id: UUID | None = None
    in_person: bool = True
    """Whether the holder signed for it themselves."""
    proxy: Personal[str] = None


class ApprovalConfirmed(TrackEvent, stored="ApprovalConfirmed"):
    """It still holds, though nothing was ordered yet."""

    explanation: Personal[str] = None


class ApprovalEndRequested(TrackEvent, Requested, stored="ApprovalEndRequested"):
    explanation: Personal[str] = None


class ApprovalEnded(TrackEvent, stored="ApprovalEnded"):
    explanation: Personal[str] = None


class BusinessFormalised(TrackEvent, stored="BusinessFormalised"):
    form: LegalForm
    registered_as: Personal[str] = None


class VisitRecorded(TrackEvent, stored="VisitRecorded"):
    review: str | None
    project: ProjectCondition
    items: tuple[FoundItem, ...]
    monthly_income: Personal[Sum] = None
    people_employed: int = 0
    remarks: Personal[str] = None


class VisitRescheduled(TrackEvent, stored="VisitRescheduled"):
    review: str
    due_on: date


class ProblemRaised(TrackEvent, stored="ProblemRaised"):
    """Something came of the equipment, or of its holder, after the delivery."""

    number: int
    """Of those raised on one day the first is 1; so a late entry renumbers none."""
    kind: Judicial[ProblemKind] = None
    project_id: UUID
    items: tuple[int, ...] = ()
    """Of the project."""
    explanation: Personal[str] = None


class ProblemDecided(TrackEvent, stored="ProblemDecided"):
    raised_on: date
    number: int
    decision: ProblemDecision
    explanation: Personal[str] = None


class RecoveryRecorded(TrackEvent, stored="RecoveryRecorded"):
    """What came back from the holder, as it was decided of a problem."""

    raised_on: date
    number: int
    items: tuple[int, ...]
    amount: Sum


class EquipmentPassedOn(TrackEvent, stored="EquipmentPassedOn"):
    """To another holder, as it was decided of a problem."""

    raised_on: date
    number: int
    items: tuple[int, ...]


class ProblemResolved(TrackEvent, stored="ProblemResolved"):
    raised_on: date
    number: int
    explanation: Personal[str] = None
