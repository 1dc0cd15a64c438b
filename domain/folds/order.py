"""In which order a stream's events fold: by the day they happened, or as they were recorded.

What is told of a person is often told late. So a case and a beneficiary fold by
(`occurred_on`, position), and the same facts come to the same present in whatever order
they were entered. Streams of money, lists, centres and staff fold as they were recorded.

A correction is applied before that: what is mended is left out, and what is told instead has its
place, on its own day; among those of a day it stands where the mended one did.
"""

from collections.abc import Iterable
from datetime import date

from domain.folds.mended import left_out, mends
from domain.message import Recorded, StreamKind

BY_DAY = frozenset({StreamKind.CASE, StreamKind.BENEFICIARY})

READ_WHOLE = BY_DAY | {StreamKind.PROJECT}
"""The kinds of which an event may change what earlier ones come to."""

BEFORE_ALL = date.min
"""The latest day of a stream of which no more than the first event is folded."""


def in_order(events: Iterable[Recorded], *, by_day: bool = True) -> list[Recorded]:
    """Those events of one stream that count, by their day, those of a day as they were recorded.

    They are given by version. The stream's first event stays first, whatever its day. Not
    `by_day`: all as they were recorded.
    """
    return sorted(standing(events), key=_by_day if by_day else place)


def standing(events: Iterable[Recorded]) -> list[Recorded]:
    """Those of a stream's events that were not mended, or stand where one that was did."""
    given = list(events)
    out = left_out(given)
    return [each for each in given if each.envelope.version not in out] if out else given


def place(recorded: Recorded) -> int:
    """Where it was recorded, or what it stands for was."""
    about = recorded.envelope
    return about.version if about.mends is None else about.mends


def up_to(events: Iterable[Recorded], day: date, where: int) -> list[Recorded]:
    """Those that fold before what is told of that day in that place."""
    return [each for each in in_order(events) if _by_day(each) < (where > 1, day, where)]


def _by_day(recorded: Recorded) -> tuple[bool, date, int]:
    where = place(recorded)
    return where > 1, recorded.envelope.occurred_on, where


def latest_day(before: date, events: Iterable[Recorded]) -> date:
    """The latest day folded so far, after `before` and these events."""
    days = (r.envelope.occurred_on for r in events if place(r) > 1)
    return max(before, max(days, default=before))


def belongs_earlier(recorded: Recorded, latest: date, *, by_day: bool = True) -> bool:
    """Whether the stream folds anew: it happened before something that is folded, or mends it."""
    if mends(recorded):
        return True
    return by_day and recorded.envelope.version > 1 and recorded.envelope.occurred_on < latest


def happened_by(events: list[Recorded], day: date) -> list[Recorded]:
    """Those that had happened by the end of `day`; none before the stream's first event had."""
    stood = standing(events)
    first = min(stood, key=place, default=None)
    if first is None or first.envelope.occurred_on > day:
        return []
    return [recorded for recorded in stood if recorded.envelope.occurred_on <= day]
