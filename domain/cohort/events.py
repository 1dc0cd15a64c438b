"""What is recorded of a cohort, and what a change of it tells the cases of those in it."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from domain.case.events import TrackEvent
from domain.message import Event, StreamKind
from domain.values.codes import TRAINER
from domain.values.trades import Trade


class CohortEvent(Event):
    stream: ClassVar[StreamKind] = StreamKind.COHORT


class CohortPlanned(CohortEvent, stored="CohortPlanned"):
    provider: Annotated[str, TRAINER]
    trade: Trade
    starts_on: date
    ends_on: date
    places: int
    timetable: str | None = None
    shared: bool = False


class CohortMoved(CohortEvent, stored="CohortMoved"):
    starts_on: date
    ends_on: date
    explanation: str


class CohortPlacesChanged(CohortEvent, stored="CohortPlacesChanged"):
    places: int
    explanation: str


class CohortCancelled(CohortEvent, stored="CohortCancelled"):
    explanation: str


class CohortEnded(CohortEvent, stored="CohortEnded"):
    pass


class PlaceTaken(CohortEvent, stored="PlaceTaken"):
    """Somebody is in the cohort from now on."""

    case_id: UUID
    track_id: UUID


class PlaceLeft(CohortEvent, stored="PlaceLeft"):
    """Their place is free again."""

    case_id: UUID


class TrainingMoved(TrackEvent, stored="TrainingMoved"):
    """In the case of somebody in it: the cohort has other days."""

    cohort_id: UUID
    planned_end: date


class TrainingCalledOff(TrackEvent, stored="TrainingCalledOff"):
    """In the case of somebody in it: the cohort was called off."""

    cohort_id: UUID
