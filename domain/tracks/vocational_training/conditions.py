"""The conditions under which the steps before a training are open.

Each is asked of the case with the track in question alone.
"""

from domain.case.path import AT_WORK
from domain.case.state import CaseState
from domain.steps.conditions import life
from domain.tracks.training.conditions import GOING, NOT_COMPLETED, NOT_ENROLLED, TRACK
from domain.tracks.vocational_training.state import find_vocational_training


def _applies(case: CaseState) -> bool:
    track = find_vocational_training(case)
    return track is not None and track.applies


APPLIED = life("training_not_applied_for", _applies)

ON_TRACK = (*AT_WORK, TRACK, GOING)
UNTRAINED = (*ON_TRACK, NOT_COMPLETED, NOT_ENROLLED)
