"""What is due in a case, when, and what is overdue.

Reviews are derived from the case's state and its rules, never stored. One is outstanding
until it is done or the person is exempt from it. Read `schedule.py` for where they come
from.
"""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from domain.calendar import Calendar, local_instant
from domain.case.schedule import Due, ReviewKind, scheduled
from domain.case.state import CaseState
from domain.rules import NEWEST, RULES, Rules


def rules_of(state: CaseState) -> Rules:
    return RULES.get(state.rules_version, NEWEST)


def dues(state: CaseState, calendar: Calendar) -> tuple[Due, ...]:
    """The outstanding reviews of an open case that is not paused, soonest first."""
    if not state.is_open or state.paused is not None:
        return ()
    rules = rules_of(state)
    found = (
        _as_moved(due, state)
        for due in scheduled(state, rules, calendar)
        if due.key not in state.reviews_done and due.key not in state.exemptions
    )
    return tuple(sorted(found, key=lambda due: (due.due_on, due.key)))


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
    rules = rules_of(state)
    every = (
        each
        for due in dues(state, calendar)
        for each in (due, *escalations(due, rules, calendar))
        if (each.key, each.due_on) not in state.reminded
    )
    return tuple(sorted(every, key=lambda due: (due.due_on, due.key)))


def slot(due: Due, rules: Rules, case_name: str) -> datetime:
    """When the reminder goes out (UTC): in the morning, spread over a while by case."""
    digest = hashlib.sha256(case_name.encode()).digest()
    minutes = int.from_bytes(digest[:4], "big") % rules.reminder_spread_minutes
    return local_instant(due.due_on, rules.reminder_hour) + timedelta(minutes=minutes)


def is_missed(due: Due, rules: Rules, case_name: str) -> bool:
    """Whether the review had fallen due before it was first known of."""
    return slot(due, rules, case_name) <= due.known_since


def fires_at(due: Due, rules: Rules, case_name: str) -> datetime:
    """When the reminder is recorded (UTC): a missed one leaves time to finish a backlog."""
    if is_missed(due, rules, case_name):
        return due.known_since + timedelta(minutes=rules.backlog_minutes)
    return slot(due, rules, case_name)


def next_fire(state: CaseState, case_name: str, calendar: Calendar) -> datetime | None:
    """When the case next has a reminder to record (UTC), if ever."""
    rules = rules_of(state)
    return min((fires_at(due, rules, case_name) for due in pending(state, calendar)), default=None)
