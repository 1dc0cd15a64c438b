"""The calls that nobody answered yet."""

from collections.abc import Sequence

from domain.case.moment import Moment
from domain.case.state import CaseState


def called(case: CaseState) -> Moment | None:
    """The first call since the person was last there; None where they were reached after it.

    Of one day what was entered later came later.
    """
    return next(iter(_since(case.calls, _reached(case))), None)


def _reached(case: CaseState) -> Moment | None:
    seen = (case.last_contact, *(track.seen for track in case.tracks.values()))
    return max((each for each in seen if each), key=_order, default=None)


def _since(calls: Sequence[Moment], reached: Moment | None) -> Sequence[Moment]:
    open_ones = (each for each in calls if reached is None or _order(each) > _order(reached))
    return sorted(open_ones, key=_order)


def _order(moment: Moment) -> tuple[object, ...]:
    return moment.on, moment.known
