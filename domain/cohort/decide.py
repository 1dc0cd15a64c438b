"""The rules of a cohort's own steps. What changes for those in it is told to their cases."""

from collections.abc import Iterator
from uuid import UUID

from domain.case.state import CaseState
from domain.cohort import events as e
from domain.cohort import steps as s
from domain.cohort.state import CohortState, Place
from domain.errors import Refused
from domain.message import Command, Event, StreamKind, stream_id
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import COHORT, StreamRole


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
