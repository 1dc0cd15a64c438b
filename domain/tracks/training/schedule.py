"""When the end of a training is to be recorded."""

from collections.abc import Iterator

from domain.case.moment import Moment
from domain.case.schedule import Due, ReviewKind, deadline
from domain.rules import Rules
from domain.tracks.training.state import Trained
from domain.values.calendar import Calendar


def end_of(track: Trained, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """While somebody is in it."""
    if track.ended is None and track.attends and track.training_planned_end is not None:
        known = track.enrolled.known if track.enrolled else track.opened.known
        kind, end = ReviewKind.TRAINING_END, Moment(track.training_planned_end, known)
        yield deadline(kind, track.next(kind), end, rules.training_end_days, calendar)
