"""What the case records of a training."""

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.events import TrackEvent
from domain.message import Personal, Statistical
from domain.tracks.training.vocabulary import Presence, TrainingResult
from domain.values.codes import TRAINER
from domain.values.trades import Trade


class TrainingEnrolled(TrackEvent, stored="TrainingEnrolled"):
    trade: Statistical[Trade]
    provider: Annotated[str, TRAINER]
    planned_end: date


class CohortJoined(TrackEvent, stored="CohortJoined"):
    """With an enrolment: in a cohort."""

    cohort_id: UUID


class CohortLeft(TrackEvent, stored="CohortLeft"):
    """With a training that was dropped: the place in the cohort is free again."""

    cohort_id: UUID


class AttendanceRecorded(TrackEvent, stored="AttendanceRecorded"):
    presence: Presence
    explanation: Personal[str] = None


class TrainingCompleted(TrackEvent, stored="TrainingCompleted"):
    result: TrainingResult
    certificate: bool


class TrainingDroppedOut(TrackEvent, stored="TrainingDroppedOut"):
    explanation: Personal[str] = None
