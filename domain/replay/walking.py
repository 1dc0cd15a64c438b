"""A stream as it stood after each of its entries, in the order in which they were recorded.

Most entries are folded onto what stood before. One that tells of an earlier day, or mends an
earlier entry, changes what came of later ones too: then all that was known by it is folded anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.commands import evolve, initial
from domain.folds.order import (
    BEFORE_ALL,
    BY_DAY,
    belongs_earlier,
    happened_by,
    in_order,
    latest_day,
    place,
)
from domain.message import Recorded, kind_of
from domain.steps.handling import State


@dataclass(frozen=True, slots=True)
class Turn:
    """One entry, and what the stream came to without it and with it."""

    recorded: Recorded
    before: State
    after: State


def walked(
    stream: str, events: Sequence[Recorded], *, after: int = 0, day: date | None = None
) -> Iterator[Turn]:
    """The turns of a stream's events, which are given by version; those `after` a version.

    With a `day` each state is that as of its end, whenever the entry was made.
    """
    walk = _Walk(stream, day)
    begun = [each for each in events if each.envelope.version <= after]
    walk.begin(begun)
    for recorded in events[len(begun) :]:
        before = walk.state
        walk.take(recorded)
        yield Turn(recorded, before, walk.state)


class _Walk:
    """What is known so far, and what it comes to."""

    def __init__(self, stream: str, day: date | None) -> None:
        self._kind = kind_of(stream)
        self._by_day = self._kind in BY_DAY
        self._day = day
        self._known: list[Recorded] = []
        self._latest = BEFORE_ALL
        self.state = initial(self._kind)

    def begin(self, events: Sequence[Recorded]) -> None:
        self._known = list(events)
        self._fold_anew()

    def take(self, recorded: Recorded) -> None:
        self._known.append(recorded)
        if self._day is not None and (place(recorded) == 1 or not self.state.version):
            self._fold_anew()  # nothing had happened before what the stream begins with
        elif belongs_earlier(recorded, self._latest, by_day=self._by_day):
            self._fold_anew()
        elif self._day is None or recorded.envelope.occurred_on <= self._day:
            self._fold(recorded)

    def _fold_anew(self) -> None:
        counted = self._known if self._day is None else happened_by(self._known, self._day)
        self.state, self._latest = initial(self._kind), BEFORE_ALL
        for each in in_order(counted, by_day=self._by_day):
            self._fold(each)

    def _fold(self, recorded: Recorded) -> None:
        self.state = evolve(self._kind, self.state, recorded.event, recorded.envelope)
        if self._by_day:
            self._latest = latest_day(self._latest, [recorded])
