"""The steps of a training, from the enrolment to its result."""

from typing import ClassVar
from uuid import UUID

from domain.case.steps import PersonalText, RequiredText, TrackStep
from domain.tracks.training.vocabulary import Presence, TrainingResult
from domain.values.codes import TrainerCode
from domain.values.days import PlannedDay
from domain.values.trades import Trade


class EnrolInTraining(TrackStep):
    """Enrol the person in a training: in a cohort, or alone.

    A cohort has its own trade, provider and end; alone they are told.
    """

    with_the_person: ClassVar[bool] = True

    cohort_id: UUID | None = None
    """The cohort in which a place is taken."""
    trade: Trade | None = None
    provider: TrainerCode | None = None
    planned_end: PlannedDay | None = None


class RecordAttendance(TrackStep):
    """Record whether the person came to the training on that day."""

    with_the_person: ClassVar[bool] = True

    presence: Presence
    explanation: PersonalText = None
    """Why not, where that is known."""


class CompleteTraining(TrackStep):
    """Record the end of the training, with its result."""

    with_the_person: ClassVar[bool] = True

    result: TrainingResult
    certificate: bool = False


class DropOutOfTraining(TrackStep):
    """Record that the person left the training; a place in a cohort is free again."""

    explanation: RequiredText
