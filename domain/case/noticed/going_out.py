"""What goes out of a review that fell due: its reminder, and what goes to the supervisors.

The review's own days are not touched: it is late from the day its window ends.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from domain.case.noticed.state import UNNOTICED, Noticed
from domain.case.schedule import Due, ReviewKind
from domain.rules import Rules
from domain.values.calendar import Calendar


def going_out(due: Due, noticed: Noticed | None, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Its reminder first, on the day it next goes out, or last did; then what would go further."""
    noticed = noticed or UNNOTICED
    again = _again(due, noticed, calendar)
    yield again
    if noticed.acknowledged_of(due.due_on) is None:
        yield from _to_supervisors(due, again, rules, calendar)


def went_out(due: Due, noticed: Noticed | None, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """All that may have gone out of it as it is due now, before each snooze and after: acknowledged
    or not.
    """
    snoozes = noticed.snoozes if noticed is not None else ()
    for each in (UNNOTICED, *(Noticed(snoozes=(snooze,)) for snooze in snoozes)):
        yield from going_out(due, each, rules, calendar)


def _again(due: Due, noticed: Noticed, calendar: Calendar) -> Due:
    """On the day it falls due, or once a snooze is over that ends later."""
    snooze = noticed.snoozed
    if snooze is None or snooze.until <= due.due_on:
        return due
    known = max(due.known_since, snooze.when.known)
    return replace(due, due_on=calendar.on_or_after(snooze.until), known_since=known)


def _to_supervisors(due: Due, again: Due, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """So many days after its window's end, or after the day on which a snooze brings it again."""
    since = due.window_end if again is due else max(due.window_end, again.due_on)
    for level, days in enumerate(rules.escalation_days, start=1):
        day = calendar.on_or_after(since + timedelta(days=days))
        yield Due(
            key=f"{ReviewKind.ESCALATION}/{level}/{due.key}",
            kind=ReviewKind.ESCALATION,
            due_on=day,
            window_start=day,
            window_end=day,
            known_since=again.known_since,
        )
