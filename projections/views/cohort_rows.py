"""The rows of cohorts, and of the places in them that were ever taken."""

from collections.abc import Iterable
from datetime import date
from typing import Literal
from uuid import UUID

from domain.cohort.state import CohortState
from domain.message import Message, StreamKind
from domain.values.trades import Trade
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated

Status = Literal["open", "ended", "cancelled"]


class CohortRow(Message):
    """A cohort, and how many of its places are taken."""

    cohort_id: UUID
    centre: str | None
    """The centre that planned it; null for the division's own."""
    shared: bool
    """Whether other centres place their people in it too."""
    provider: str
    trade: Trade
    starts_on: date
    ends_on: date
    """The days planned now."""
    timetable: str | None
    places: int
    taken: int
    status: Status
    version: int


class CohortPlace(Message):
    """Somebody's place in a cohort."""

    cohort_id: UUID
    case_id: UUID
    track_id: UUID
    since: date
    left_on: date | None
    """Null while they are in it."""


cohorts = View(
    "cohorts",
    CohortRow,
    key=["cohort_id"],
    owner="cohort_id",
    indexes=[["starts_on", "cohort_id"]],
)
places = View(
    "cohort_places",
    CohortPlace,
    key=["cohort_id", "case_id"],
    owner="cohort_id",
    indexes=[["case_id"]],
)
_row = unvalidated(CohortRow)
_place = unvalidated(CohortPlace)


def _status(state: CohortState) -> Status:
    if state.cancelled:
        return "cancelled"
    return "ended" if state.ended else "open"


def _rows(name: str, folds: Folds) -> Iterable[CohortRow]:
    state = folds.cohort(name).state
    if (
        state.provider is None
        or state.trade is None
        or state.starts_on is None
        or state.ends_on is None
    ):
        return
    yield _row(
        cohort_id=UUID(name),
        centre=state.centre,
        shared=state.shared,
        provider=state.provider,
        trade=state.trade,
        starts_on=state.starts_on,
        ends_on=state.ends_on,
        timetable=state.timetable,
        places=state.places,
        taken=state.taken,
        status=_status(state),
        version=state.seen,
    )


def _place_rows(name: str, folds: Folds) -> Iterable[CohortPlace]:
    for case_id, place in folds.cohort(name).state.people.items():
        yield _place(
            cohort_id=UUID(name),
            case_id=case_id,
            track_id=place.track_id,
            since=place.since,
            left_on=place.left_on,
        )


COHORTS = Derived(cohorts, StreamKind.COHORT, _rows)
COHORT_PLACES = Derived(places, StreamKind.COHORT, _place_rows)
