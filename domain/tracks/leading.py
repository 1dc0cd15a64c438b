"""Which of a case's tracks is named where there is room for one: in a list, in a report."""

from domain.case.state import CaseState
from domain.case.track import Track
from domain.case.vocabulary import Stage


def leading_track(case: CaseState) -> Track | None:
    """The furthest of those that are open, the first opened first; else the last that ended."""
    going = [track for track in case.tracks.values() if track.ended is None]
    ended = list(case.tracks.values())[-1:]
    order = list(Stage)
    return max(going, key=lambda track: order.index(track.stage(case)), default=None) or next(
        iter(ended), None
    )
