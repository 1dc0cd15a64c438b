"""A support item that is to be looked at again; of a rehabilitation, once it is probably possible."""

from collections.abc import Iterator
from datetime import timedelta

from domain.case.schedule import Due, ReviewKind
from domain.case.state import CaseState
from domain.rules import Rules
from domain.values.calendar import Calendar


def looked_at_again(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Due on its day until something is told of it. Of two cases of one person it is due where it is."""
    for name, support in state.supports.items():
        day = support.look_again
        if day is not None and not support.ended:
            due_on = calendar.on_or_after(day.on)
            end = calendar.on_or_after(due_on + timedelta(days=rules.support_days))
            kind, key = ReviewKind.SUPPORT, f"{ReviewKind.SUPPORT}/{name}"
            yield Due(key, kind, due_on, due_on, end, day.known)
