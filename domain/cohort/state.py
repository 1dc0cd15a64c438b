"""A cohort and who is in it, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.cohort import events as e
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.values.trades import Trade


@dataclass(frozen=True)
class Place:
    """Somebody's place; they left it where it has a last day."""

    track_id: UUID
    since: date
    left_on: date | None = None

    @property
    def taken(self) -> bool:
        return self.left_on is None


@dataclass(frozen=True)
class CohortState:
    """A cohort at some version."""

    version: int = 0
    seen: int = 0
    centre: str | None = None
    """Whose it is: the centre that planned it. None: the division's own."""
    begun_on: date | None = None
    """The day it was planned."""
    provider: str | None = None
    trade: Trade | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    """The days planned now."""
    places: int = 0
    timetable: str | None = None
    shared: bool = False
    people: Mapping[UUID, Place] = field(default_factory=dict)
    """By case: who is in it, and who left."""
    changed_on: date | None = None
    """The latest day on which somebody came in or left."""
    cancelled: bool = False
    ended_on: date | None = None

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def ended(self) -> bool:
        return self.ended_on is not None

    @property
    def taken(self) -> int:
        return sum(place.taken for place in self.people.values())

    @property
    def left(self) -> int:
        """Places that are free."""
        return self.places - self.taken

    def has(self, case_id: UUID) -> bool:
        """Whether somebody is in it."""
        place = self.people.get(case_id)
        return place is not None and place.taken

    def takes_from(self, centre: str | None) -> bool:
        """Whether a centre may place its people in it."""
        return self.shared or self.centre in (None, centre)


evolve_cohort: Evolution[CohortState] = Evolution()
on = evolve_cohort.on


@on(e.CohortPlanned)
def _planned(state: CohortState, event: e.CohortPlanned, envelope: Envelope) -> CohortState:
    return replace(
        state,
        centre=envelope.actor.centre,
        begun_on=envelope.occurred_on,
        provider=event.provider,
        trade=event.trade,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        places=event.places,
        timetable=event.timetable,
        shared=event.shared or envelope.actor.centre is None,
    )


@on(e.CohortMoved)
def _moved(state: CohortState, event: e.CohortMoved, _: Envelope) -> CohortState:
    return replace(state, starts_on=event.starts_on, ends_on=event.ends_on)


@on(e.CohortPlacesChanged)
def _places(state: CohortState, event: e.CohortPlacesChanged, _: Envelope) -> CohortState:
    return replace(state, places=event.places)


@on(e.CohortCancelled)
def _cancelled(state: CohortState, _: e.CohortCancelled, envelope: Envelope) -> CohortState:
    """Nobody is in it any more."""
    on = envelope.occurred_on
    people = {
        case: replace(place, left_on=on) if place.taken else place
        for case, place in state.people.items()
    }
    return replace(state, cancelled=True, people=people)


@on(e.CohortEnded)
def _ended(state: CohortState, _: e.CohortEnded, envelope: Envelope) -> CohortState:
    return replace(state, ended_on=envelope.occurred_on)


@on(e.PlaceTaken)
def _taken(state: CohortState, event: e.PlaceTaken, envelope: Envelope) -> CohortState:
    place = Place(event.track_id, envelope.occurred_on)
    return _with(state, event.case_id, place, envelope)


@on(e.PlaceLeft)
def _left(state: CohortState, event: e.PlaceLeft, envelope: Envelope) -> CohortState:
    place = state.people.get(event.case_id)
    if place is None:
        return state
    return _with(state, event.case_id, replace(place, left_on=envelope.occurred_on), envelope)


def _with(state: CohortState, case: UUID, place: Place, at: Envelope) -> CohortState:
    latest = max(at.occurred_on, state.changed_on or at.occurred_on)
    return replace(state, people={**state.people, case: place}, changed_on=latest)
