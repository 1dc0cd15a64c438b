"""The steps of a cohort."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.message import LongText, Step
from domain.values.codes import TrainerCode
from domain.values.days import PlannedDay
from domain.values.trades import Trade

MOST_PLACES = 200

Places = Annotated[int, Field(ge=1, le=MOST_PLACES, examples=[20])]


class PlanCohort(Step):
    """Plan a training that several people go through together, with so many places."""

    provider: TrainerCode
    trade: Trade
    starts_on: PlannedDay
    ends_on: PlannedDay
    places: Places
    timetable: LongText | None = Field(None, examples=["Monday to Friday, 9:00 to 12:00"])
    shared: bool = False
    """Whether other centres place their people in it too. One that the division plans always is."""


class MoveCohort(Step):
    """Give the cohort other days; those who are in it stay, and their end moves with it."""

    starts_on: PlannedDay
    ends_on: PlannedDay
    explanation: LongText


class ChangeCohortPlaces(Step):
    """Have more places in the cohort, or fewer: never below those that are taken."""

    places: Places
    explanation: LongText


class CancelCohort(Step):
    """Call the cohort off; those who were in it are free for another."""

    explanation: LongText


class VacatePlace(Step):
    """Say that a place is free again, whose holder is in the training no more.

    Where their case does not say so itself: it was closed as in training, and they left since. A case
    closed otherwise, a track that ended and a death free the place by themselves.
    """

    case_id: UUID


class EndCohort(Step):
    """Record that the cohort came to its end: nobody is placed in it any more.

    How it ended for each person is recorded in their own case.
    """
