"""How a person's needs stand: as they were assessed last, moved on by the support that answers them.

Derived, so that an item that is declined, cancelled or retracted leaves the need where it was.
"""

from collections.abc import Iterable, Mapping

from domain.case.moment import Moment
from domain.case.state import CaseState
from domain.case.support.state import Support
from domain.case.support.vocabulary import SupportStatus
from domain.case.vocabulary import NeedArea, NeedStatus


def needs_of(case: CaseState) -> Mapping[NeedArea, NeedStatus]:
    """Those that were assessed, or that something answers, in the order of the form."""
    found = {area: _status(case, area) for area in NeedArea}
    return {area: status for area, status in found.items() if status is not None}


def _status(case: CaseState, area: NeedArea) -> NeedStatus | None:
    assessed, told = case.needs.get(area), case.needs_told.get(area)
    items = [each for each in case.supports.values() if each.need is area]
    later = [each for each in items if told is None or _is_after(each.turned, told)]
    if _goes_on(later) or (assessed is NeedStatus.NOT_STARTED and _goes_on(items)):
        return NeedStatus.IN_PROGRESS
    if any(each.status is SupportStatus.COMPLETED for each in later) and not _goes_on(items):
        return NeedStatus.MET
    return assessed


def _goes_on(items: Iterable[Support]) -> bool:
    return any(not each.ended for each in items)


def _is_after(one: Moment, other: Moment) -> bool:
    return (one.on, one.known) > (other.on, other.known)
