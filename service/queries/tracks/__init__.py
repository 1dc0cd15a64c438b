"""The tracks of a case, as they stand: an answer of its own for each kind, told apart by `kind`."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from domain.case.state import CaseState
from domain.case.vocabulary import TrackKind
from service.access.reader import Reading
from service.queries.tracks.employment import EmploymentAnswer, employment
from service.queries.tracks.schooling import SchoolingAnswer, schooling
from service.queries.tracks.self_employment import SelfEmploymentAnswer, self_employment
from service.queries.tracks.vocational_training import (
    VocationalTrainingAnswer,
    vocational_training,
)

TrackAnswer = Annotated[
    SelfEmploymentAnswer | VocationalTrainingAnswer | EmploymentAnswer | SchoolingAnswer,
    Field(discriminator="kind"),
]

Answering = Callable[[CaseState, UUID, Any, Reading], TrackAnswer]

ANSWERS: Mapping[TrackKind, Answering] = {
    TrackKind.SELF_EMPLOYMENT: self_employment,
    TrackKind.VOCATIONAL_TRAINING: vocational_training,
    TrackKind.EMPLOYMENT: employment,
    TrackKind.SCHOOLING: schooling,
}


def track_answers(case: CaseState, reading: Reading) -> tuple[TrackAnswer, ...]:
    """The case's tracks, the first opened first."""
    return tuple(
        ANSWERS[track.kind](case, track_id, track, reading)
        for track_id, track in case.tracks.items()
    )
