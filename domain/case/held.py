"""Reviews that come one after another: before a release, after a delivery. Which were held?

Each has an ordinal (`visit/3`), so that it stays itself when the day it hangs on moves. One
that was held counts for its own ordinal, once, and how late it was is told by the windows of
then. One that was not held is missed once a later one was, or where its window had closed
before the case knew of what it hangs on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from domain.case.moment import Moment
from domain.values.calendar import local_date

if TYPE_CHECKING:
    from domain.case.schedule import Due


@dataclass(frozen=True, slots=True)
class Held:
    """A visit, or another review, that took place."""

    when: Moment
    hung_on: Moment | None
    """What the reviews of its kind hung on by then: a release expected, a first delivery."""
    named: str | None
    """The review it was held for; none: that in whose window it fell."""


@dataclass(frozen=True, slots=True)
class Completed:
    """By which a review was completed, and so many days after its window had closed."""

    due: "Due"
    on: date
    days_late: int


@dataclass(frozen=True, slots=True)
class Series:
    """The reviews that hang on one day, the first first."""

    hung_on: Moment | None
    """None where it is not known, or not any more."""
    held: tuple[Held, ...]
    """By day."""
    occasions: "Callable[[Moment], Sequence[Due]]"
    """All of them, as they hang on some day."""
    over: date | None = None
    """From when on none is to be held any more."""
    exempt: frozenset[str] = frozenset()
    """Those that rest, or fell into a rest, by their keys."""
    months: tuple[int, ...] = ()
    """After that day, of those that come by months."""
    hung_before: tuple[Moment, ...] = ()
    """What they hung on before that day was told to be another, the first first."""

    def dues(self) -> "Sequence[Due]":
        return () if self.hung_on is None else self.occasions(self.hung_on)


def until(series: Series, day: date) -> Series:
    """Those whose windows had begun when it was over."""

    def begun(hung_on: Moment) -> "Sequence[Due]":
        return [due for due in series.occasions(hung_on) if due.window_start <= day]

    return replace(series, occasions=begun, over=day)


def joined(old: Series, new: Series, kept: "Callable[[Due], bool]") -> Series:
    """Reviews that come by other rules from a day on.

    Those that are kept, for their window had begun by then, stay with their ordinal, their day and what
    was held for them; of the others none comes twice, and none that would have begun before.
    """

    def both(hung_on: Moment) -> "Sequence[Due]":
        begun = [due for due in old.occasions(hung_on) if kept(due)]
        keys = {due.key for due in begun}
        ahead = [due for due in new.occasions(hung_on) if due.key not in keys and not kept(due)]
        return sorted((*begun, *ahead), key=lambda due: (due.window_start, due.window_end))

    return replace(new, occasions=both, exempt=old.exempt | new.exempt)


def completed(series: Series, as_moved: "Callable[[Due], Due]") -> Mapping[str, Completed]:
    """Those that were held, by their keys; `as_moved`: a review with all that put it off."""
    done: dict[str, Completed] = {}
    for held in series.held:
        hung_on = held.hung_on or series.hung_on
        if hung_on is None:
            continue
        windows = [as_moved(due) for due in series.occasions(hung_on)]
        for due in _meant(held, windows):
            if due.key not in done:
                late = max((held.when.on - due.window_end).days, 0)
                done[due.key] = Completed(due, held.when.on, late)
    return done


def _meant(held: Held, windows: "Sequence[Due]") -> "Sequence[Due]":
    """The review it was held for: the one named, where the rules have it, else the last in whose
    window it fell.
    """
    named = [due for due in windows if held.named is not None and due.key == held.named]
    if named:
        return named
    day = held.when.on
    return [due for due in windows if due.window_start <= day <= due.window_end][-1:]


def is_missed(due: "Due", series: Series, done: Mapping[str, Completed]) -> bool:
    """Whether a review that was not held can be held no more."""
    if due.window_end < local_date(due.known_since) and not _was_overdue(due, series):
        return True
    if series.over is not None:
        return due.window_start <= series.over
    keys = [each.key for each in series.dues()]
    return any(later in done for later in keys[keys.index(due.key) + 1 :])


def _was_overdue(due: "Due", series: Series) -> bool:
    """Whether it had been overdue already when it was told that the day was another."""
    moved_on = local_date(due.known_since)
    before = (each for hung_on in series.hung_before for each in series.occasions(hung_on))
    return any(
        each.key == due.key and local_date(each.known_since) <= each.window_end < moved_on
        for each in before
    )


def passed_by(key: str, day: date, series: Series, done: Mapping[str, Completed]) -> bool:
    """Whether on a day it had been held already, or a later one had."""
    keys = [each.key for each in series.dues()]
    place = keys.index(key) if key in keys else len(keys)
    later = (done[each] for each in keys[place + 1 :] if each in done)
    return key in done or any(each.on <= day for each in later)
