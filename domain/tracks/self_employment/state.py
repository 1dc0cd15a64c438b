"""The self-employment track as part of a case's state."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.case.moment import Moment
from domain.project.vocabulary import ProjectCondition
from domain.tracks.self_employment.vocabulary import TrainingStatus
from domain.trades import Trade

TRAINING_BEHIND = frozenset({TrainingStatus.COMPLETED, TrainingStatus.WAIVED})


@dataclass(frozen=True, slots=True)
class SelfEmployment:
    """How far the track has come; each `Moment` is when a milestone was passed."""

    opened: Moment
    training: TrainingStatus = TrainingStatus.NONE
    training_changed: Moment | None = None
    enrolled: Moment | None = None
    training_planned_end: date | None = None
    trade: Trade | None = None
    project_id: UUID | None = None
    turned_back: Moment | None = None
    """When a project was last sent back or rejected, or its approval ended."""
    proposed_by: UUID | None = None
    proposed: Moment | None = None
    studied: Moment | None = None
    study_favourable: bool = False
    agreement_id: UUID | None = None
    submitted: Moment | None = None
    session_on: date | None = None
    approved: Moment | None = None
    undertaking: Moment | None = None
    ordered: Moment | None = None
    order_complete: bool = False
    received: Moment | None = None
    receipt_complete: bool = False
    ceremony_id: UUID | None = None
    list_changed: Moment | None = None
    """When the person was last placed on a ceremony's list, or taken off one."""
    first_delivery: Moment | None = None
    delivered: Moment | None = None
    last_visit: ProjectCondition | None = None
    visited: Moment | None = None

    @property
    def project_on(self) -> date | None:
        """The latest day of what ending the approval takes back."""
        milestones = (self.approved, self.undertaking, self.ordered, self.received)
        days = (moment.on for moment in (*milestones, self.list_changed) if moment is not None)
        return max(days, default=None)
