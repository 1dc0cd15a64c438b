"""What of an event goes behind its veil when it is stored, and comes back when it is read.

See `domain.events.veil`. In one ciphertext, of the veil's class, stand all fields, whatever their classes,
and the topic, the step and the day that are the event's own, and what it mends. It is filled up with spaces, which
JSON passes over, so that its length does not tell what a name would.
"""

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from domain.events.shapes import topic_of
from domain.events.veil import month_of
from domain.message import ENCRYPTED, Envelope, Event, FieldClass, class_of
from ledger.at_rest.envelopes import MENDS

TOPIC, STEP, DAY = "envelope.topic", "envelope.step", "envelope.occurred_on"
PLACE = "envelope.mends"
"""Names that no field has: none has a dot."""

FILLED_UP_TO = 512
"""Bytes: what is behind a veil is as long as this, or a multiple of it."""

Hidden = dict[FieldClass, dict[str, Any]]


def go_behind(event: Event, envelope: Envelope, about: dict[str, Any], hidden: Hidden) -> str:
    """Hide what the event's veil hides, if it has one; the topic it is stored under.

    `about`, its envelope, then says what the veil leaves.
    """
    topic, veil = f"{envelope.event_type}:{envelope.event_version}", event.veil
    if veil is None:
        return topic
    fields = {name: value for some in hidden.values() for name, value in some.items()}
    own: dict[str, Any] = {TOPIC: topic, STEP: envelope.step, DAY: envelope.occurred_on}
    if about.pop(MENDS, None) is not None:
        own[PLACE] = envelope.mends
    hidden.clear()
    hidden[veil.mark] = fields | own
    about["step"], about["occurred_on"] = veil.step, month_of(envelope.occurred_on)
    return topic_of(veil.event)


def come_back(about: dict[str, Any], data: dict[str, Any]) -> str | None:
    """Let `about` say again what was behind a veil; the event's own topic, if there was one."""
    topic: str | None = data.pop(TOPIC, None)
    if topic is not None:
        about["step"], about["occurred_on"] = data.pop(STEP), data.pop(DAY)
        if PLACE in data:
            about[MENDS] = data.pop(PLACE)
    return topic


def written(fields: Mapping[str, Any]) -> bytes:
    """The fields of one class, before they are encrypted."""
    text = to_json(fields)
    return text.ljust(-len(text) // FILLED_UP_TO * -FILLED_UP_TO) if TOPIC in fields else text


def require_all_hidden(cls: type[Event]) -> None:
    """Raises `TypeError` for a type whose fields would tell what its veil hides."""
    if cls.veil is None:
        return
    told = [name for name in cls.model_fields if class_of(cls, name) not in ENCRYPTED]
    if told or cls.veil.event.model_fields or cls.veil.event.stream is not cls.stream:
        raise TypeError(f"{cls.__name__} is not behind its veil: {', '.join(told) or cls.veil}")
