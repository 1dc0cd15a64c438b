"""What streams that fold by day had come to by an earlier day: a prefix of the same fold.

Most steps are not late: then it is the present, and nothing is read. Where something later is folded
already, the stream's events are read and folded as far as that day.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.folds.order import in_order, place
from domain.message import Envelope, Event, Recorded, StreamKind, kind_of

Events = Callable[[str], Sequence[Recorded]]
"""The events of a stream, as they were recorded."""


@dataclass(frozen=True, slots=True)
class Folds:
    """How each kind of stream is folded."""

    initial: Callable[[StreamKind], Any]
    evolve: Callable[[StreamKind, Any, Event, Envelope], Any]


@dataclass(frozen=True, slots=True)
class Past:
    """The states that streams had; each present state is the caller's to give."""

    events: Events
    latest: Callable[[str], date]
    """The latest day folded of a stream; no day of one that does not fold by day is before it."""
    folds: Folds

    def __call__(self, stream: str) -> Sequence[Recorded]:
        """Its events, as they were recorded."""
        return self.events(stream)

    def as_of(self, stream: str, day: date, present: Any) -> Any:
        """What it had come to by the end of that day; the very present where nothing came later.

        What a stream begins with belongs to it on every day.
        """
        if day >= self.latest(stream):
            return present
        then = self.folds.initial(kind_of(stream))
        for each, state in self._states(stream):
            if not happened(each, day):
                break
            then = state
        return then

    def first(self, stream: str, day: date, holds: Callable[[Any], bool]) -> date | None:
        """The first later day after which that held of it."""
        later = ((each, state) for each, state in self._states(stream) if not happened(each, day))
        return next((each.envelope.occurred_on for each, state in later if holds(state)), None)

    def _states(self, stream: str) -> Iterator[tuple[Recorded, Any]]:
        kind = kind_of(stream)
        state = self.folds.initial(kind)
        for each in in_order(self.events(stream)):
            state = self.folds.evolve(kind, state, each.event, each.envelope)
            yield each, state


def happened(recorded: Recorded, day: date) -> bool:
    """Whether it had by the end of that day. A stream's first event is there from the beginning."""
    return place(recorded) == 1 or recorded.envelope.occurred_on <= day
