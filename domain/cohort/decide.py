"""The rules of a cohort's own steps. What changes for those in it is told to their cases."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.case.state import CaseState
from domain.case.vocabulary import Outcome
from domain.cohort import events as e
from domain.cohort import steps as s
from domain.cohort.state import CohortState, Place
from domain.errors import Refused
from domain.message import Actor, Command, Event, StreamKind, stream_id
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, Roles, World, of_its_centre
from domain.steps.recording import echo
from domain.steps.roles import COHORT, StreamRole

HOLDER: StreamRole[CaseState] = StreamRole("holder", StreamKind.CASE, answered=False)
"""The case of whose place it is."""


def _role(case_id: UUID) -> StreamRole[CaseState]:
    """Of the case of somebody in it."""
    return StreamRole(f"trained_{case_id}", StreamKind.CASE, answered=False)


def reads_people(_command: Command, state: CohortState) -> Roles:
    """The cases of those who are in it."""
    there = sorted(case for case, place in state.people.items() if place.taken)
    return {_role(case): stream_id(StreamKind.CASE, case) for case in there}


def plan(_: World, step: s.PlanCohort, __: Context) -> Event:
    not_before(step.ends_on, step.starts_on)
    return echo(e.CohortPlanned, step)


def move(world: World, step: s.MoveCohort, ctx: Context) -> Events:
    """Those who are in it stay; their end moves."""
    not_before(step.ends_on, step.starts_on)
    moved = (
        (role, e.TrainingMoved(
            track_id=place.track_id, cohort_id=ctx.name, planned_end=step.ends_on
        ))
        for role, place in _there(world)
    )  # fmt: skip
    return [(COHORT, echo(e.CohortMoved, step)), *moved]


def change_places(world: World, step: s.ChangeCohortPlaces, _: Context) -> Event:
    taken = world.cohort.taken
    if step.places < taken:
        raise Refused("cohort_places_taken", taken=taken)
    return echo(e.CohortPlacesChanged, step)


def cancel(world: World, step: s.CancelCohort, ctx: Context) -> Events:
    """Not before the last of them came in."""
    not_before(step.occurred_on, world.cohort.changed_on)
    freed = (
        (role, e.TrainingCalledOff(track_id=place.track_id, cohort_id=ctx.name))
        for role, place in _there(world)
    )
    return [(COHORT, echo(e.CohortCancelled, step)), *freed]


def reads_holder(command: Command, _state: CohortState) -> Roles:
    """The case of whose place it is."""
    step = command.step
    assert isinstance(step, s.VacatePlace)  # noqa: S101 - the table pairs them
    return {HOLDER: stream_id(StreamKind.CASE, step.case_id)}


def of_its_people(world: World, cohort: CohortState, actor: Actor, today: date) -> None:
    """The centre's that planned it; and the holder's, for their place."""
    if world[HOLDER].centre != actor.centre:
        of_its_centre(world, cohort, actor, today)


def vacate(world: World, step: s.VacatePlace, _: Context) -> Event:
    """Whoever is in the training still leaves it in their own case."""
    place, case = world.cohort.people.get(step.case_id), world[HOLDER]
    if place is None or not place.taken:
        raise Refused("not_in_cohort")
    track = case.tracks.get(place.track_id)
    if case.is_open and track is not None and track.ended is None:
        lacking = track.lacks(
            Outcome.IN_TRAINING, step.occurred_on, case.rules_on(step.occurred_on)
        )
        if lacking is None:
            raise Refused("still_in_training")
    not_before(step.occurred_on, place.since)
    return echo(e.PlaceLeft, step)


def end(world: World, step: s.EndCohort, _: Context) -> Event:
    """Once it had begun."""
    not_before(step.occurred_on, world.cohort.starts_on)
    return echo(e.CohortEnded, step)


def _there(world: World) -> Iterator[tuple[StreamRole[CaseState], Place]]:
    """Who is to be told in their case: nothing more is recorded of an erased person."""
    for case_id, place in sorted(world.cohort.people.items()):
        role = _role(case_id)
        if place.taken and world[role].kept is None:
            yield role, place
