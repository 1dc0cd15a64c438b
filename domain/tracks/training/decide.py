"""The rules of a training. A place in a cohort is taken and left in one commit with the case."""

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from domain.case.minors import require_old_enough
from domain.case.moment import day_of
from domain.case.state import CaseState
from domain.cohort import events as c
from domain.cohort.state import CohortState
from domain.errors import Refused
from domain.message import Command, Event, StreamKind, stream_id
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import CASE, COHORT
from domain.tracks.row import meant_track
from domain.tracks.training import events as e
from domain.tracks.training import steps as s
from domain.tracks.training.state import Trained, find_trained
from domain.tracks.training.vocabulary import KINDS
from domain.values.trades import Trade


@dataclass(frozen=True, slots=True)
class _Told:
    """What is trained, by whom, until when."""

    trade: Trade
    provider: str
    planned_end: date


def reads_cohort_named(command: Command, _case: CaseState) -> Roles:
    return _cohort(cast("s.EnrolInTraining", command.step).cohort_id)


def reads_own_cohort(command: Command, case: CaseState) -> Roles:
    """That the track is in."""
    named = getattr(command.step, "track_id", None)
    track = find_trained(case.with_only(meant_track(case, KINDS, named)))
    return _cohort(track.cohort_id if track else None)


def _cohort(name: UUID | None) -> Roles:
    return {} if name is None else {COHORT: stream_id(StreamKind.COHORT, name)}


def enrol(world: World, step: s.EnrolInTraining, ctx: Context) -> Events:
    """A certificate counts in its trade, from the day on which it was earned; whoever has one may be
    trained in another.
    """
    told = _told(world, step)
    not_before(told.planned_end, step.occurred_on)
    if told.trade in world.then.taught:
        raise Refused("training_already_completed")
    rules = world.case.rules_on(step.occurred_on)
    require_old_enough(world.case, step.occurred_on, rules.training_from_age)
    track_id = known(step.track_id)
    enrolled = e.TrainingEnrolled(
        track_id=track_id,
        trade=told.trade,
        provider=told.provider,
        planned_end=told.planned_end,
    )
    if step.cohort_id is None:
        return [(CASE, enrolled)]
    _require_place(world, step, ctx)
    return [
        (CASE, enrolled),
        (CASE, e.CohortJoined(track_id=track_id, cohort_id=step.cohort_id)),
        (COHORT, c.PlaceTaken(case_id=ctx.name, track_id=track_id)),
    ]


def _told(world: World, step: s.EnrolInTraining) -> _Told:
    """As the cohort has it, or the step: one of the two says it, and all of it."""
    own = (step.trade, step.provider, step.planned_end)
    if step.cohort_id is not None:
        if any(each is not None for each in own):
            raise Refused("cohort_says_it")
        cohort = world.cohort
        if not cohort.exists:
            raise Refused("cohort_not_found")
        return _Told(known(cohort.trade), known(cohort.provider), known(cohort.ends_on))
    if step.trade is None or step.provider is None or step.planned_end is None:
        raise Refused("training_not_told")
    return _Told(step.trade, step.provider, step.planned_end)


def _require_place(world: World, step: s.EnrolInTraining, ctx: Context) -> None:
    """One is left, in a cohort that takes people of the case's centre on that day."""
    cohort = world.cohort
    if not cohort.takes_from(world.case.centre):
        raise Refused("cohort_of_another_centre")
    if cohort.cancelled:
        raise Refused("cohort_cancelled")
    if cohort.ended_on is not None and step.occurred_on > cohort.ended_on:
        raise Refused("cohort_ended")
    if cohort.has(ctx.name):
        raise Refused("already_in_cohort")
    if cohort.left <= 0:
        raise Refused("cohort_full", places=cohort.places)


def record_attendance(world: World, step: s.RecordAttendance, _: Context) -> Event:
    """Once a day, while the person is in it; also on the day on which it ended for them."""
    then, now = _track_of(world.then), _track_of(world.case)
    if not then.attends and day_of(then.training_changed) != step.occurred_on:
        raise Refused("not_enrolled")
    if step.occurred_on in now.attended:
        raise Refused("attendance_already_recorded", date=str(step.occurred_on))
    return echo(e.AttendanceRecorded, step)


def complete(world: World, step: s.CompleteTraining, _: Context) -> Event:
    """Not before the last day that was told of."""
    not_before(step.occurred_on, _track_of(world.case).attended_last)
    return echo(e.TrainingCompleted, step)


def drop_out(world: World, step: s.DropOutOfTraining, ctx: Context) -> Events:
    """Not before the last day that was told of; a place in a cohort is free again."""
    track = _track_of(world.case)
    not_before(step.occurred_on, track.attended_last)
    left = echo(e.TrainingDroppedOut, step)
    cohort = world.states.get(COHORT)
    if not isinstance(cohort, CohortState) or track.cohort_id is None:
        return [(CASE, left)]
    freed: Events = [(CASE, e.CohortLeft(track_id=known(step.track_id), cohort_id=track.cohort_id))]
    if cohort.has(ctx.name):
        freed = [*freed, (COHORT, c.PlaceLeft(case_id=ctx.name))]
    return [(CASE, left), *freed]


def _track_of(case: CaseState) -> Trained:
    return known(find_trained(case))
