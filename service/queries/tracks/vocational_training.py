"""A vocational training track as it stands: the application, the training, and who came."""

from collections import Counter
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from domain.case.state import CaseState
from domain.case.vocabulary import TrackKind
from domain.tracks.training.vocabulary import Presence, TrainingStatus
from domain.tracks.vocational_training.state import VocationalTraining
from domain.values.codes import TRAINER
from domain.values.trades import Trade
from service.access.reader import Reading
from service.queries.naming import called
from service.queries.tracks.base import AnyTrackAnswer, day_of, told_of_any


class VocationalTrainingAnswer(AnyTrackAnswer):
    """A vocational training track."""

    kind: Literal[TrackKind.VOCATIONAL_TRAINING]
    applied_on: date | None
    waits: bool
    """Whether the application waits for its answer."""
    training: TrainingStatus
    provider: Annotated[str | None, TRAINER]
    """Who trains the person, or whom they applied to, by their code."""
    provider_name: str | None
    """As they were called on that day, in the language asked for."""
    cohort_id: UUID | None
    """The cohort they are in, or were in when it ended."""
    enrolled_on: date | None
    planned_end: date | None
    completed_on: date | None
    """The day on which the training ended for them, whatever its result."""
    learnt: Trade | None
    """The trade of the training that was passed."""
    present: int
    """Days on which they came; so are the others."""
    absent: int
    excused: int

    @property
    def begun_on(self) -> date | None:
        return self.completed_on if self.training is TrainingStatus.COMPLETED else None


def vocational_training(
    case: CaseState, track_id: UUID, track: VocationalTraining, reading: Reading
) -> VocationalTrainingAnswer:
    told = Counter(track.attended.values())
    over = track.enrolled is not None and not track.attends
    return VocationalTrainingAnswer(
        **told_of_any(case, track_id, track),
        kind=TrackKind.VOCATIONAL_TRAINING,
        applied_on=day_of(track.applied),
        waits=track.applies,
        training=track.training,
        provider=track.provider,
        provider_name=called(reading)(track.provider, day_of(track.enrolled or track.applied)),
        cohort_id=track.cohort_id,
        enrolled_on=day_of(track.enrolled),
        planned_end=track.training_planned_end,
        completed_on=day_of(track.training_changed) if over else None,
        learnt=track.learnt,
        present=told[Presence.PRESENT],
        absent=told[Presence.ABSENT],
        excused=told[Presence.EXCUSED],
    )
