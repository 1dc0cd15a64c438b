"""The conditions under which a training's steps are open.

Each is asked of the case with the track in question alone.
"""

from collections.abc import Callable

from domain.case.path import AT_WORK
from domain.case.state import CaseState
from domain.steps.conditions import life
from domain.tracks.training.state import TRAINING_BEHIND, Trained, find_trained


def _on_track(test: Callable[[Trained], bool]) -> Callable[[CaseState], bool]:
    def holds(case: CaseState) -> bool:
        track = find_trained(case)
        return track is not None and test(track)

    return holds


TRACK = life("track_not_open", _on_track(lambda _: True))
GOING = life("track_ended", _on_track(lambda t: t.ended is None), rests=False)
NOT_COMPLETED = life(
    "training_already_completed",
    _on_track(lambda t: t.training not in TRAINING_BEHIND),
    rests=False,
)
NOT_ENROLLED = life("already_enrolled", _on_track(lambda t: not t.attends), rests=False)
ENROLLED = life("not_enrolled", _on_track(lambda t: t.attends))
BEGUN = life("not_enrolled", _on_track(lambda t: t.enrolled is not None))
"""On the day a training ends it is told of who came: the rule says whether it still went on."""

IN_TRAINING = (*AT_WORK, TRACK, GOING)
