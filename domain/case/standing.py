"""How each review of a case stands on a day: those outstanding, and those that need nobody more.

`reviews.py` says what is due and when reminders go out; this is what people are shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.case.reviews import called_to, dues, known_late, occasions, settled
from domain.case.schedule import Due, ReviewStatus
from domain.case.state import CaseState
from domain.values.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Standing:
    """A review, and how it stands."""

    due: Due
    status: ReviewStatus
    days_late: int = 0
    """After its window had closed: until it was completed, or until today where it is overdue."""
    held_on: date | None = None
    """When it was completed."""


def standings(state: CaseState, calendar: Calendar, today: date) -> tuple[Standing, ...]:
    """Every review of the case that is more than a plan of the rules, soonest first."""
    outstanding = (_outstanding(due, state, today) for due in dues(state, calendar))
    found = (*outstanding, *_settled(state, calendar))
    return tuple(sorted(found, key=lambda each: (each.due.due_on, each.due.key)))


def _outstanding(due: Due, state: CaseState, today: date) -> Standing:
    exemption = state.exemptions.get(due.key)
    if exemption is not None and exemption.holds_on(today):
        return Standing(due, ReviewStatus.EXEMPT)
    if today < due.falls_due:
        return Standing(due, ReviewStatus.SCHEDULED)
    late = max((today - due.window_end).days, 0)
    return Standing(due, due.status(today), late)


def _settled(state: CaseState, calendar: Calendar) -> Iterator[Standing]:
    for each in occasions(state, calendar):
        if each.completed is not None:
            then = each.completed
            yield Standing(then.due, ReviewStatus.COMPLETED, then.days_late, then.on)
        elif each.rests or _is_for_good(each.due, state):
            yield Standing(each.due, ReviewStatus.EXEMPT)
        elif each.missed:
            yield Standing(each.due, ReviewStatus.MISSED)
    for due, on in settled(state, calendar):
        late = max((on - known_late(due).window_end).days, 0)
        yield Standing(due, ReviewStatus.COMPLETED, late, on)
    for due in called_to(state, calendar):
        if _is_for_good(due, state):
            yield Standing(due, ReviewStatus.EXEMPT)


def _is_for_good(due: Due, state: CaseState) -> bool:
    exemption = state.exemptions.get(due.key)
    return exemption is not None and exemption.until is None
