"""Which reviews a schooling track calls for: a year's result, and that somebody is enrolled."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from domain.case.moment import Moment
from domain.case.schedule import Due, ReviewKind, deadline, numbered
from domain.rules import Rules
from domain.tracks.schooling.years import first_day, following, last_day, number_of, year_about
from domain.values.calendar import Calendar

if TYPE_CHECKING:
    from domain.tracks.schooling.state import Schooling


def scheduled_on(track: "Schooling", rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Each year's result once its lessons are over; an enrolment where no year runs."""
    if track.ended is not None:
        return
    kind = ReviewKind.SCHOOL_RESULT
    for name, year in track.running.items():
        over = Moment(last_day(name, rules), year.enrolled.known)
        key = numbered(kind, number_of(name), track.number)
        yield deadline(kind, key, over, rules.school_result_days, calendar)
    if not track.running:
        kind = ReviewKind.SCHOOL_ENROLMENT
        since, wanted = _without_school(track, rules)
        key = numbered(kind, number_of(wanted), track.number)
        yield deadline(kind, key, since, rules.school_enrolment_days, calendar)


def _without_school(track: "Schooling", rules: Rules) -> tuple[Moment, str]:
    """Since when, and for which year: the opening, the day school was left, or the first day of the
    year after the last.
    """
    if track.last is None:
        return track.opened, year_about(track.opened.on, rules)
    name, year = track.last
    over = year.ended or year.enrolled
    if year.left:
        return over, name
    return Moment(first_day(following(name), rules), over.known), following(name)
