"""How far a self-employment track has come, and what its case may ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.case.moment import Moment
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome, Stage, TrackKind
from domain.project.vocabulary import ProjectCondition
from domain.rules import Rules
from domain.tracks.self_employment.schedule import scheduled_on
from domain.tracks.self_employment.vocabulary import TrainingStatus
from domain.values.calendar import Calendar
from domain.values.trades import Trade

TRAINING_BEHIND = frozenset({TrainingStatus.COMPLETED, TrainingStatus.WAIVED})


@dataclass(frozen=True, slots=True)
class Handover:
    """A confirmed delivery, with what the case was when it was confirmed; amounts in MAD."""

    position: int
    on: date
    goods: Decimal
    cash: Decimal
    project_id: UUID | None
    agreement_id: UUID | None
    ceremony_id: UUID | None
    trade: Trade | None
    province: str | None
    centre: str | None


@dataclass(frozen=True)
class SelfEmployment:
    """A `Track`. Each `Moment` is when a milestone was passed."""

    opened: Moment
    training: TrainingStatus = TrainingStatus.NONE
    training_changed: Moment | None = None
    enrolled: Moment | None = None
    training_planned_end: date | None = None
    trade: Trade | None = None
    project_id: UUID | None = None
    proposals: tuple[UUID, ...] = ()
    """All projects that were proposed, those rejected too."""
    turned_back: Moment | None = None
    """When a project was last sent back or rejected, or its approval ended."""
    proposed_by: UUID | None = None
    proposed: Moment | None = None
    studied: Moment | None = None
    study_favourable: bool = False
    agreement_id: UUID | None = None
    submitted: Moment | None = None
    submitted_at: int = 0
    """The submission's position in the ledger; who records its decision was here before it."""
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
    handovers: tuple[Handover, ...] = ()
    last_visit: ProjectCondition | None = None
    visited: Moment | None = None

    @property
    def project_on(self) -> date | None:
        """The latest day of what ending the approval takes back."""
        milestones = (self.approved, self.undertaking, self.ordered, self.received)
        days = (moment.on for moment in (*milestones, self.list_changed) if moment is not None)
        return max(days, default=None)

    @property
    def kind(self) -> TrackKind:
        return TrackKind.SELF_EMPLOYMENT

    @property
    def money_open(self) -> bool:
        return self.approved is not None and self.delivered is None

    @property
    def has_visits(self) -> bool:
        return self.delivered is not None

    @property
    def handed_over_on(self) -> tuple[date, ...]:
        return tuple(each.on for each in self.handovers)

    def trained(self, certified: frozenset[Trade]) -> bool:
        """Training completed or waived, or a certificate earned in detention."""
        return bool(certified) or self.training in TRAINING_BEHIND

    def stage(self, case: CaseState) -> Stage:
        if self.delivered:
            return Stage.FOLLOW_UP
        if self.approved:
            return Stage.EQUIPMENT_DELIVERY
        past_training = self.trained(case.certified) or self.proposed
        return Stage.PROJECT_APPROVAL if past_training else Stage.TRAINING

    def proves(self, outcome: Outcome) -> bool:
        return outcome is Outcome.PROJECT_RUNNING and self.delivered is not None

    def scheduled(self, case: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
        return scheduled_on(case, self, rules, calendar)


def projects_of(case: CaseState) -> Iterator[UUID]:
    """All projects that the case proposed, in whichever track."""
    for track in case.tracks.values():
        if isinstance(track, SelfEmployment):
            yield from track.proposals


def handovers_of(case: CaseState) -> Iterator[Handover]:
    for track in case.tracks.values():
        if isinstance(track, SelfEmployment):
            yield from track.handovers


def find_track(case: CaseState) -> SelfEmployment | None:
    """The case's self-employment track, where it has one; the first of several."""
    return next((t for t in case.tracks.values() if isinstance(t, SelfEmployment)), None)
