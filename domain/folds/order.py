"""In which order a stream's events fold: by the day they happened, or as they were recorded.

What is told of a person is often told late. So a case and a beneficiary fold by
(`occurred_on`, position), and the same facts come to the same present in whatever order
they were entered. Streams of money, lists, centres and staff fold as they were recorded.
"""

from collections.abc import Iterable
from datetime import date

from domain.message import Recorded, StreamKind

BY_DAY = frozenset({StreamKind.CASE, StreamKind.BENEFICIARY})

BEFORE_ALL = date.min
"""The latest day of a stream of which no more than the first event is folded."""


def in_order(events: Iterable[Recorded]) -> list[Recorded]:
    """Events of one stream by their day, those of a day as they were recorded.

    They are given by version. The stream's first event stays first, whatever its day.
    """
    return sorted(events, key=_place)


def _place(recorded: Recorded) -> tuple[bool, date]:
    return recorded.envelope.version > 1, recorded.envelope.occurred_on


def latest_day(before: date, events: Iterable[Recorded]) -> date:
    """The latest day folded so far, after `before` and these events."""
    days = (r.envelope.occurred_on for r in events if r.envelope.version > 1)
    return max(before, max(days, default=before))


def belongs_earlier(recorded: Recorded, latest: date) -> bool:
    """Whether it happened before something that is folded already: the stream folds anew."""
    return recorded.envelope.version > 1 and recorded.envelope.occurred_on < latest


def happened_by(events: list[Recorded], day: date) -> list[Recorded]:
    """Those that had happened by the end of `day`; none before the stream's first event had."""
    if events and events[0].envelope.occurred_on > day:
        return []
    return [recorded for recorded in events if recorded.envelope.occurred_on <= day]
