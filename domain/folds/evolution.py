"""Folding: one small function an event type, gathered in a table a kind of stream."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from domain.folds.replacing import replace
from domain.message import Envelope, Event, Role

S = TypeVar("S")
Change = Callable[[S, Any, Envelope], S]


class Evolution(Generic[S]):
    """How events change one kind of state. Total: an unknown event changes only what is counted."""

    def __init__(self, *parts: "Evolution[S]") -> None:
        """Made of other folds, it folds and ignores what they do."""
        self.changes: dict[type[Event], Change[S]] = {}
        self.ignored: set[type[Event]] = set()
        for part in parts:
            self.changes.update(part.changes)
            self.ignored.update(part.ignored)

    def on(self, *events: type[Event]) -> Callable[[Change[S]], Change[S]]:
        """Register the decorated function for these event types."""

        def register(change: Change[S]) -> Change[S]:
            self.changes.update(dict.fromkeys(events, change))
            return change

        return register

    def ignore(self, *events: type[Event]) -> None:
        """Name event types that are kept for people to read and change no state."""
        self.ignored.update(events)

    def names(self, event: type[Event]) -> bool:
        """Whether the type is folded or ignored, knowingly."""
        return event in self.changes or event in self.ignored

    def __call__(self, state: S, event: Event, envelope: Envelope) -> S:
        change = self.changes.get(type(event))
        if change is not None:
            state = change(state, event, envelope)
        return counted(state, envelope)


def counted(state: S, envelope: Envelope) -> S:
    """The state with this event counted in `version` and, when a person made it, in `seen`.

    Events may come in another order than their versions': the highest counts.
    """
    known: Any = state
    version = max(known.version, envelope.version)
    changed: S = replace(known, version=version, seen=seen_after(known.seen, envelope))
    return changed


def seen_after(seen: int, envelope: Envelope) -> int:
    """The version people have seen, after one more event: a timer's is nothing they would."""
    return seen if envelope.actor.role is Role.TIMER else max(seen, envelope.version)
