"""What nobody answered: after some weeks, or the day it was promised for, somebody asks again."""

from collections.abc import Iterator
from datetime import timedelta

from domain.case.awaiting.state import still_awaited
from domain.case.schedule import Due, ReviewKind
from domain.case.state import CaseState
from domain.rules import Rules
from domain.values.calendar import Calendar


def unanswered(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Due until it is answered, asked again or given up. Of two cases of one person where it is."""
    for name, each in state.awaited.items():
        if still_awaited(each):
            day = each.answer_by or each.asked.on + timedelta(days=rules.awaited_days)
            due_on = calendar.on_or_after(day)
            end = calendar.on_or_after(due_on + timedelta(days=rules.awaited_window_days))
            kind, key = ReviewKind.AWAITED, f"{ReviewKind.AWAITED}/{name}"
            yield Due(key, kind, due_on, due_on, end, each.asked.known)
