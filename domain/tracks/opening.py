"""A track is opened, and ended: the steps that every kind has.

One of a kind after another, and those of different kinds side by side. What one kind asks for beyond
that stands in its own folder (`TrackTables`), and is judged on the step's own day.
"""

from collections.abc import Iterator
from datetime import date

from domain.case import events as e
from domain.case import steps as s
from domain.case.path import AT_WORK, HAS_TRACK, NOT_SET_ASIDE, STAFF
from domain.case.state import CaseState
from domain.case.track_end import end_track
from domain.case.vocabulary import TrackKind
from domain.errors import Refused
from domain.message import Event, derived_id
from domain.steps.checks import not_before
from domain.steps.conditions import Condition, house
from domain.steps.handling import Context, World
from domain.steps.roles import CASE
from domain.steps.table import Part, row
from domain.tracks.row import tracks_of
from domain.tracks.table import TRACKS


def _is_open(case: CaseState, kind: TrackKind) -> bool:
    return any(case.tracks[each].ended is None for each in tracks_of(case, kind))


def openable(case: CaseState, today: date) -> Iterator[TrackKind]:
    """The kinds of which one could be opened, told of today or of the day the case was opened."""
    if not case.is_open or case.set_aside_for is not None:
        return
    days = {today, case.begun_on or today}
    for kind in TRACKS:
        if not _is_open(case, kind) and any(_may_open(case, kind, day) for day in days):
            yield kind


def _may_open(case: CaseState, kind: TrackKind, day: date) -> bool:
    if not all(each.holds(case) for each in TRACKS[kind].when):
        return False
    world = World({CASE: case}, {}, day=day)
    try:
        TRACKS[kind].require(world, s.OpenTrack(occurred_on=day, track=kind))
    except Refused:
        return False
    return True


def opened_under(kind: TrackKind) -> tuple[Condition, ...]:
    """What life must have been like for a track of that kind to be opened."""
    return tuple(each for each in TRACKS[kind].when if each.rests)


ROOM = house("track_already_open", lambda case: not all(_is_open(case, each) for each in TrackKind))


def open_track(world: World, step: s.OpenTrack, ctx: Context) -> Event:
    """Not before the last of its kind ended; then what the kind itself asks for."""
    tables, before = TRACKS[step.track], tracks_of(world.case, step.track)
    world.standing(CASE, tables.when).require(tables.when)
    for each in before:
        ended = world.case.tracks[each].ended
        if ended is None:
            raise Refused("track_already_open")
        not_before(step.occurred_on, ended.on)
    tables.require(world, step)
    return e.TrackOpened(
        track_id=derived_id(ctx.command_id, "track"), track=step.track, number=len(before) + 1
    )


OPENING = Part(
    "tracks",
    (
        row(
            s.OpenTrack,
            e.TrackOpened,
            who=STAFF,
            when=(*AT_WORK, NOT_SET_ASIDE, ROOM),
            by=open_track,
        ),
        row(
            s.EndTrack,
            e.TrackEnded,
            who=STAFF,
            when=(*AT_WORK, HAS_TRACK),
            by=end_track,
        ),
    ),
)
