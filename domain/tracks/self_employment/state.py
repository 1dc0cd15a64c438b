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
    enrolled: Moment | None = None
    training_planned_end: date | None = None
    trade: Trade | None = None
    project_id: UUID | None = None
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
    first_delivery: Moment | None = None
    delivered: Moment | None = None
    last_visit: ProjectCondition | None = None
    visited: Moment | None = None
