"""Which provinces a centre serves, as it was said from which day on.

What was said folds by those days and not by when it was entered, so any order of entry comes to the
same, and a day before another change keeps its answer. At most one thing is said from a day on: a
mistaken one is mended under that day, never overlaid.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.registry.events import ServedProvince

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Serving:
    """All that is served from a day on, until the next that was said."""

    since: date
    provinces: tuple[str, ...]


Said = tuple[Serving, ...]
"""Of one centre, by day."""


def said_at_first(catchment: Sequence[ServedProvince]) -> Said:
    """What a registration says: from each day on which a province comes or goes."""
    days = {part.since for part in catchment}
    days |= {part.until + DAY for part in catchment if part.until is not None}
    said: list[Serving] = []
    for day in sorted(days):
        served = tuple(dict.fromkeys(each.province for each in catchment if _holds(each, day)))
        if not said or set(said[-1].provinces) != set(served):
            said.append(Serving(day, served))
    return tuple(said)


def _holds(part: ServedProvince, day: date) -> bool:
    return part.since <= day and (part.until is None or day <= part.until)


def said_from(said: Said, day: date) -> Serving | None:
    """What was said to hold from just that day on."""
    return next((each for each in said if each.since == day), None)


def with_said(said: Said, *more: Serving, without: date | None = None) -> Said:
    """The same with what is said besides, and without what was said from a day on."""
    kept = (each for each in said if each.since != without)
    return tuple(sorted((*kept, *more), key=lambda each: each.since))


def parts_of(said: Said) -> tuple[ServedProvince, ...]:
    """Each province with the days between which it is served."""
    return tuple(part for at in range(len(said)) for part in _beginning(said, at))


def _beginning(said: Said, at: int) -> Iterator[ServedProvince]:
    """Those that are served from this one on, and were not just before."""
    before = said[at - 1].provinces if at else ()
    for province in said[at].provinces:
        if province not in before:
            ends = (each.since - DAY for each in said[at:] if province not in each.provinces)
            yield ServedProvince(province=province, since=said[at].since, until=next(ends, None))
