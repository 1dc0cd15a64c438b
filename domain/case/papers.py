"""A paper that expires: before its last day another of its kind is obtained."""

from collections.abc import Iterator
from datetime import timedelta

from domain.case.schedule import Due, ReviewKind
from domain.case.state import CaseState
from domain.papers.state import valid
from domain.rules import Rules
from domain.values.calendar import Calendar


def expiring(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """It falls due so many days before, and is overdue once the paper holds no more.

    A newer paper of its kind, on the same track, takes its place; so it ends, and when it is
    withdrawn. Of two cases of one person it is due where the paper lies.
    """
    for name, paper in valid(state.papers).items():
        if paper.expires_on is not None:
            due_on = calendar.on_or_before(paper.expires_on - timedelta(days=rules.paper_days))
            kind, key = ReviewKind.PAPER, f"{ReviewKind.PAPER}/{name}"
            yield Due(key, kind, due_on, due_on, paper.expires_on, paper.known)
