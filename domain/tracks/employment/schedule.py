"""When a placement is reviewed: so many months after the hire. Nothing else falls due on the track."""

from typing import TYPE_CHECKING

from domain.case.held import Series
from domain.case.schedule import ReviewKind
from domain.rules import Rules
from domain.tracks.coming import Coming
from domain.values.calendar import Calendar

if TYPE_CHECKING:
    from domain.tracks.employment.state import Employment, Placement


def reviews_of(
    track: "Employment", job: "Placement", time: int, rules: Rules, calendar: Calendar
) -> Series:
    """Of the placement that came so many times on the track: the first, the second."""
    coming = Coming(ReviewKind.PLACEMENT, rules.placement_months, track.number, time)
    return coming.after(job.hired, job.held, rules, calendar)
