"""Folding: one small function an event type, gathered in a table a kind of stream."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Generic, TypeVar

from domain.message import Envelope, Event

S = TypeVar("S")
Change = Callable[[S, Any, Envelope], S]


class Evolution(Generic[S]):
    """How events change one kind of state. Total: an unknown event changes nothing but the version."""

    def __init__(self) -> None:
        self._changes: dict[type[Event], Change[S]] = {}

    def on(self, *events: type[Event]) -> Callable[[Change[S]], Change[S]]:
        """Register the decorated function for these event types."""

        def register(change: Change[S]) -> Change[S]:
            self._changes.update(dict.fromkeys(events, change))
            return change

        return register

    def __call__(self, state: S, event: Event, envelope: Envelope) -> S:
        change = self._changes.get(type(event))
        if change is not None:
            state = change(state, event, envelope)
        return replace(state, version=envelope.version)  # type: ignore[type-var]  # all states are dataclasses
