"""The conditions under which an employment track's steps are open.

Each is asked of the case with the track in question alone.
"""

from collections.abc import Callable

from domain.case.path import AT_WORK
from domain.case.state import CaseState
from domain.steps.conditions import life
from domain.tracks.employment.state import Employment, find_employment


def _on_track(test: Callable[[Employment], bool]) -> Callable[[CaseState], bool]:
    def holds(case: CaseState) -> bool:
        track = find_employment(case)
        return track is not None and test(track)

    return holds


TRACK = life("track_not_open", _on_track(lambda _: True))
GOING = life("track_ended", _on_track(lambda t: t.ended is None), rests=False)
NOT_PLACED = life("already_hired", _on_track(lambda t: t.standing is None), rests=False)

ON_TRACK = (*AT_WORK, TRACK, GOING)
