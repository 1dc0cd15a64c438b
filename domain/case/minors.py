"""What is different while the person is a minor, and the review before they come of age.

By the person's present birth date; a year alone counts as its last day.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.case.consents.state import said_on
from domain.case.consents.vocabulary import Purpose
from domain.case.schedule import Due, ReviewKind, numbered
from domain.case.state import CaseState
from domain.errors import Refused
from domain.rules import Rules
from domain.values.calendar import Calendar, months_after

OF_AGE = 18


def require_of_age(case: CaseState, day: date) -> None:
    """A child holds no project, is given no cash, and signs no undertaking."""
    if case.is_minor(day):
        raise Refused("holder_is_minor")


def require_old_enough(case: CaseState, day: date, age: int) -> None:
    """Raises `Refused` where a minor is younger than that on the day."""
    of_age = case.minor_until
    if of_age is not None and day < months_after(of_age, 12 * (age - OF_AGE)):
        raise Refused("too_young_for_training", age=age)


def coming_of_age(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Before the birthday, until the person said anew who may be told what."""
    due = _review(state, rules, calendar)
    if due is not None and not _said_since(state, due):
        yield due


def came_of_age(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[tuple[Due, date]]:
    """The same, where it was held, with its day."""
    due, said = _review(state, rules, calendar), _said(state)
    if due is not None and said is not None and _said_since(state, due):
        yield due, said


def _said_since(state: CaseState, due: Due) -> bool:
    said = _said(state)
    return said is not None and said >= due.window_start


def _said(state: CaseState) -> date | None:
    """When they last said whether their guardian may be told."""
    return said_on(state.consents, Purpose.THROUGH_GUARDIAN)


def _review(state: CaseState, rules: Rules, calendar: Calendar) -> Due | None:
    """None for whoever was of age when their case was opened."""
    of_age, opened = state.minor_until, state.opened
    if of_age is None or opened is None or of_age <= opened.on:
        return None
    due_on = calendar.on_or_before(of_age - timedelta(days=rules.coming_of_age_days))
    return Due(
        key=numbered(ReviewKind.COMING_OF_AGE, 1),
        kind=ReviewKind.COMING_OF_AGE,
        due_on=due_on,
        window_start=due_on - timedelta(days=rules.coming_of_age_window_days),
        window_end=max(due_on, calendar.on_or_before(of_age)),
        known_since=opened.known,
    )
