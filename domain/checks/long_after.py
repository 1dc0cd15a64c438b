"""Entries made long after the fact.

What had happened before the file was opened here is its history, and is told late by nature. A
correction stands on the day of what it mends, and is late by nature too.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.checks.looking import Looked, Rule, Suspicion, by_people
from domain.message import Recorded
from domain.values.calendar import local_date
from domain.values.findings import FindingCode

LATE_AFTER = timedelta(days=30)


def entered_long_after(looked: Looked) -> Iterator[Suspicion]:
    """All of a file's entries that came more than thirty days late, together."""
    late = [each for each in looked.history if may_be_late(each)]
    if not late:
        return
    begun = known_since(looked)
    if late := [each for each in late if is_late(each, begun)]:
        yield Suspicion(sorted(late, key=lambda each: each.envelope.position))


def known_since(looked: Looked) -> date:
    """The day on which the first entry of the file was made."""
    first = (local_date(each.envelope.recorded_at) for each in looked.history)
    return min(first, default=date.min)


def may_be_late(recorded: Recorded) -> bool:
    """Whether it is worth asking: what is not by these days, is not by Morocco's."""
    about = recorded.envelope
    return about.recorded_at.date() - about.occurred_on >= LATE_AFTER


def is_late(recorded: Recorded, begun: date) -> bool:
    about = recorded.envelope
    waited = local_date(about.recorded_at) - max(about.occurred_on, begun)
    return waited > LATE_AFTER and about.mends is None and by_people(recorded)


RULE = Rule(FindingCode.LONG_AFTER, entered_long_after)
