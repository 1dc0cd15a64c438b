"""The conditions under which a schooling track's steps are open.

Each is asked of the case with the track in question alone.
"""

from collections.abc import Callable

from domain.case.path import AT_WORK
from domain.case.state import CaseState
from domain.steps.conditions import life
from domain.tracks.schooling.state import Schooling


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


TRACK = life("track_not_open", _on_track(lambda _: True))
GOING = life("track_ended", _on_track(lambda t: t.ended is None), rests=False)
AT_SCHOOL = life("not_at_school", _on_track(lambda t: bool(t.running)))

ON_TRACK = (*AT_WORK, TRACK, GOING)
ENROLLED = (*ON_TRACK, AT_SCHOOL)
