"""What is due in a case, when, and what is overdue.

Reviews are derived from the case's state and its rules, never stored. One is outstanding
until it is done or the person is exempt from it. Read `schedule.py` for where they come
from.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache

from domain.case.schedule import Due, ReviewKind, scheduled
from domain.case.state import CaseState
from domain.rules import NEWEST, RULES, Rules
from domain.values.calendar import Calendar, local_instant


def rules_of(state: CaseState) -> Rules:
    return RULES.get(state.rules_version, NEWEST)


def dues(state: CaseState, calendar: Calendar) -> tuple[Due, ...]:
    """The outstanding reviews of an open case that is not paused, soonest first."""
    return _sorted(_outstanding(state, calendar))


def _outstanding(state: CaseState, calendar: Calendar) -> Iterator[Due]:
    if not state.is_open or state.paused is not None:
        return
    for due in scheduled(state, rules_of(state), calendar):
        if due.key not in state.reviews_done and due.key not in state.exemptions:
            yield _as_moved(due, state)


def _sorted(dues: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(sorted(dues, key=lambda due: (due.due_on, due.key)))


def _as_moved(due: Due, state: CaseState) -> Due:
    moved = state.moved.get(due.key)
    if moved is None:
        return due
    return replace(
        due,
        due_on=moved.on,
        window_end=max(due.window_end, moved.on),
        known_since=moved.known,
    )


def escalations(due: Due, rules: Rules, calendar: Calendar) -> tuple[Due, ...]:
    """What goes to the supervisors when the review stays undone."""
    return tuple(
        Due(
            key=f"{ReviewKind.ESCALATION}/{level}/{due.key}",
            kind=ReviewKind.ESCALATION,
            due_on=day,
            window_start=day,
            window_end=day,
            known_since=due.known_since,
        )
        for level, days in enumerate(rules.escalation_days, start=1)
        for day in (calendar.on_or_after(due.window_end + timedelta(days=days)),)
    )


def pending(state: CaseState, calendar: Calendar) -> tuple[Due, ...]:
    """The reviews and escalations of which no reminder was recorded yet, soonest first."""
    return _sorted(_pending(state, calendar))


def _pending(state: CaseState, calendar: Calendar) -> Iterator[Due]:
    rules = rules_of(state)
    for due in _outstanding(state, calendar):
        for each in (due, *escalations(due, rules, calendar)):
            if (each.key, each.due_on) not in state.reminded:
                yield each


def slot(due: Due, rules: Rules, case_name: str) -> datetime:
    """When the reminder goes out (UTC): in the morning, spread over a while by case."""
    minutes = _place_of(case_name) % rules.reminder_spread_minutes
    return local_instant(due.due_on, rules.reminder_hour) + timedelta(minutes=minutes)


@lru_cache(maxsize=8192)
def _place_of(case_name: str) -> int:
    """Evenly spread over all numbers of 32 bits, and the same for ever."""
    return int.from_bytes(hashlib.sha256(case_name.encode()).digest()[:4], "big")


def is_missed(due: Due, rules: Rules, case_name: str) -> bool:
    """Whether the review had fallen due before it was first known of."""
    return slot(due, rules, case_name) <= due.known_since


def fires_at(due: Due, rules: Rules, case_name: str) -> datetime:
    """When the reminder is recorded (UTC): a missed one leaves time to finish a backlog."""
    in_time = slot(due, rules, case_name)
    if in_time <= due.known_since:
        return due.known_since + timedelta(minutes=rules.backlog_minutes)
    return in_time


def next_fire(state: CaseState, case_name: str, calendar: Calendar) -> datetime | None:
    """When the case next has a reminder to record (UTC), if ever."""
    return min(_fires(state, case_name, calendar), default=None)


def _fires(state: CaseState, case_name: str, calendar: Calendar) -> Iterator[datetime]:
    """When reminders go out, the next one's among them.

    A review's escalations are later than itself, so they are looked at only where its own
    reminder is recorded, or was missed and waits for a backlog.
    """
    rules = rules_of(state)
    for due in _outstanding(state, calendar):
        if (due.key, due.due_on) not in state.reminded:
            yield fires_at(due, rules, case_name)
            if not is_missed(due, rules, case_name):
                continue
        for each in escalations(due, rules, calendar):
            if (each.key, each.due_on) not in state.reminded:
                yield fires_at(each, rules, case_name)
