"""The conditions under which a schooling track's steps are open.

Each is asked of the case with the track in question alone.
"""

from collections.abc import Callable, Mapping
from typing import Any

from domain.case.path import AT_WORK
from domain.case.state import CaseState
from domain.message import Event
from domain.steps.conditions import life
from domain.tracks.reference import Reference
from domain.tracks.schooling import events as e
from domain.tracks.schooling.state import Schooling
from domain.tracks.schooling.vocabulary import SchoolLevel


def find_schooling(case: CaseState) -> Schooling | None:
    """The case's schooling track, where it has one: the open one, else the last that ended."""
    tracks = [track for track in case.tracks.values() if isinstance(track, Schooling)]
    return next((t for t in tracks if t.ended is None), tracks[-1] if tracks else None)


def _on_track(test: Callable[[Schooling], bool]) -> Callable[[CaseState], bool]:
    def holds(case: CaseState) -> bool:
        track = find_schooling(case)
        return track is not None and test(track)

    return holds


def runs(case: CaseState, school_year: str) -> bool:
    """Whether the person is enrolled for that year, and it is not over."""
    track = find_schooling(case)
    return track is not None and school_year in track.running


def done(case: CaseState, school_year: str, level: SchoolLevel) -> bool:
    """Whether the result of that year at that level was told: nobody goes through it again."""
    track = find_schooling(case)
    year = None if track is None else track.years.get(school_year)
    times = () if year is None else year.times
    return any(each.result is not None and each.level is level for each in times)


def _runs(case: CaseState, event: Any) -> bool:
    return runs(case, event.school_year)


def _free_to_enrol(case: CaseState, event: e.SchoolEnrolled) -> bool:
    year = event.school_year
    return not runs(case, year) and not done(case, year, event.level)


SCHOOLING_REFERS: Mapping[type[Event], Reference] = {
    **dict.fromkeys(
        (e.SchoolChanged, e.SchoolResultRecorded, e.SchoolLeft),
        Reference("not_enrolled_that_year", _runs),
    ),
    e.SchoolEnrolled: Reference("already_at_school", _free_to_enrol),
}

TRACK = life("track_not_open", _on_track(lambda _: True))
GOING = life("track_ended", _on_track(lambda t: t.ended is None), rests=False)
AT_SCHOOL = life("not_at_school", _on_track(lambda t: bool(t.running)))

ON_TRACK = (*AT_WORK, TRACK, GOING)
ENROLLED = (*ON_TRACK, AT_SCHOOL)
