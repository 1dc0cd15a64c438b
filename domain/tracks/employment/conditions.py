"""The conditions under which an employment track's steps are open.

Each is asked of the case with the track in question alone.
"""

from collections.abc import Callable, Mapping

from domain.case.path import AT_WORK
from domain.case.state import CaseState
from domain.message import Event
from domain.steps.conditions import house, life
from domain.tracks.employment import events as e
from domain.tracks.employment.state import Employment, find_employment
from domain.tracks.reference import Reference


def _on_track(test: Callable[[Employment], bool]) -> Callable[[CaseState], bool]:
    def holds(case: CaseState) -> bool:
        track = find_employment(case)
        return track is not None and test(track)

    return holds


TRACK = life("track_not_open", _on_track(lambda _: True))
GOING = life("track_ended", _on_track(lambda t: t.ended is None), rests=False)
NOT_PLACED = life("already_hired", _on_track(lambda t: t.standing is None), rests=False)
WAITING = house("application_unknown", _on_track(lambda t: bool(t.waiting)))
PLACED = life("not_hired", _on_track(lambda t: t.last is not None))
UNENDED = life(
    "placement_ended",
    _on_track(lambda t: t.last is not None and not t.last.end_told),
    rests=False,
)


def _of_application(case: CaseState, event: e.ApplicationAnswered) -> bool:
    track = find_employment(case)
    return track is not None and event.application_id in track.applications


EMPLOYMENT_REFERS: Mapping[type[Event], Reference] = {
    e.ApplicationAnswered: Reference("application_unknown", _of_application)
}

ON_TRACK = (*AT_WORK, TRACK, GOING)
