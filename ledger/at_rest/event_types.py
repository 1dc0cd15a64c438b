"""From what a row names to the events of today.

A row of a type's present version is validated as it stands. An older one, or one under a name
that no type has any more, goes through upcasts until all that comes out is of today; several
events may come of one row, and share its version and position.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.errors import Unexpected
from domain.message import Envelope, Event, Recorded, derived_id
from ledger.faults import log
from ledger.port import Part, Upcast


@dataclass(frozen=True, slots=True)
class EventType:
    """What is known of a topic before any event of it is read."""

    name: str
    version: int
    validate: Callable[[Any], Event] | None
    """None for an older shape, which upcasts make today's."""


class EventTypes:
    """The types a ledger reads, by topic (`CaseOpened:1`)."""

    def __init__(
        self, events: Mapping[str, type[Event]], upcasts: Mapping[tuple[str, int], Upcast]
    ) -> None:
        """Raises `TypeError` for a type with an older version that no upcast reads."""
        self._events = events
        self._upcasts = upcasts
        self._known: dict[str, EventType] = {}
        for name, cls in events.items():
            for version in range(1, cls.schema_version):
                if (name, version) not in upcasts:
                    raise TypeError(f"nothing reads {name}:{version}: an upcast is missing")

    def known(self, topic: str) -> EventType:
        """Raises `Unexpected` for a topic that neither a type nor an upcast reads."""
        kind = self._known.get(topic)
        if kind is None:
            kind = self._known[topic] = self._find(topic)
        return kind

    def _find(self, topic: str) -> EventType:
        name, _, number = topic.partition(":")
        version = int(number) if number.isdecimal() else 0
        cls = self._events.get(name)
        if cls is not None and version == cls.schema_version:
            return EventType(name, version, cls.__pydantic_validator__.validate_python)
        if (name, version) not in self._upcasts:
            raise _unknown(topic)
        return EventType(name, version, None)

    def upcast(self, envelope: Envelope, payload: dict[str, Any]) -> Iterator[Recorded]:
        """The events that an older row has become, each with an envelope of its own."""
        stored = Part(envelope.event_type, envelope.event_version, payload)
        for number, (cls, today) in enumerate(self._today(stored, envelope)):
            about = envelope._replace(
                event_id=derived_id(envelope.event_id, f"part/{number}")
                if number
                else envelope.event_id,
                event_type=cls.stored,
                event_version=cls.schema_version,
            )
            yield Recorded(about, cls.__pydantic_validator__.validate_python(today))

    def _today(
        self, part: Part, envelope: Envelope
    ) -> Iterator[tuple[type[Event], dict[str, Any]]]:
        cls = self._events.get(part.type)
        if cls is not None and part.version == cls.schema_version:
            yield cls, part.payload
            return
        upcast = self._upcasts.get((part.type, part.version))
        if upcast is None:
            raise _unknown(f"{part.type}:{part.version}")
        for newer in upcast(envelope, part.payload):
            yield from self._today(newer, envelope)


def _unknown(topic: str) -> Unexpected:
    log.error("the ledger holds an event of the unknown type %s", topic)
    return Unexpected(because="unknown_event_type", type=topic)
