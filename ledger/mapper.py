"""What an event looks like at rest, and how it is read back.

Topic: `CaseOpened:1`, the type and its version. State: one JSON object with the envelope
under `e`, the payload under `d`, and under `p`, field by field, what is encrypted under
the subject's key. Stream, version and position are columns. What a topic names is looked
up in a table of event types, never imported; old versions are upcast when they are read.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, get_args
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, Notification, StoredEvent
from pydantic_core import SchemaValidator, from_json, to_json
from pydantic_core.core_schema import uuid_schema

from domain.errors import Erased, Unexpected
from domain.message import ENCRYPTED, Actor, Envelope, Event, FieldClass, Origin, Recorded
from ledger.faults import log, unexpected
from ledger.keys import KeyStore
from ledger.port import Domain
from ledger.sealing import Broken, decrypt, encrypt, field_context

REASON = "reason"
HIDDEN_REASON = "envelope.reason"
"""The envelope's free text is encrypted as a field is; no field has a dot in its name."""

_REMEMBERED = 8192

_TOGETHER = 100
"""Rows unpacked at a time: few enough that the garbage collector has nothing to move."""


@dataclass(frozen=True, slots=True)
class EventType:
    """What is known of a topic before any event of it is read."""

    name: str
    version: int
    validate: Callable[[Any], Event]
    upcast: Callable[[str, int, dict[str, Any]], dict[str, Any]] | None
    """Set when the stored version is older than the class."""


class EventMapper(Mapper[str]):
    """Between `Recorded` and rows. Positions come from the rows."""

    def __init__(self, domain: Domain, keys: KeyStore) -> None:
        super().__init__(JSONTranscoder())
        self._domain = domain
        self._keys = keys
        self._encrypted = {cls: encrypted_fields(cls) for cls in domain.events.values()}
        self._types: dict[str, EventType] = {}

    def personal_fields(self, event: Event) -> list[str]:
        """The fields of `event` that must be encrypted: marked, and set."""
        return [f for f in self._encrypted[type(event)] if getattr(event, f) is not None]

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """Raises `Erased` when the key for a personal field is destroyed."""
        if not isinstance(domain_event, Recorded):
            raise TypeError(type(domain_event))
        envelope, event = domain_event.envelope, domain_event.event
        data = event.model_dump(mode="json")
        hidden = {name: data.pop(name) for name in self.personal_fields(event)}
        about = _envelope_fields(envelope)
        if envelope.reason is not None:
            if envelope.subject is None:
                about[REASON] = envelope.reason
            else:
                hidden[HIDDEN_REASON] = envelope.reason
        state = {"e": about, "d": data}
        if hidden:
            state["p"] = self._hide(envelope, hidden)
        topic = f"{envelope.event_type}:{envelope.event_version}"
        return StoredEvent(envelope.stream, envelope.version, topic, to_json(state))

    def _hide(self, envelope: Envelope, hidden: Mapping[str, Any]) -> dict[str, str]:
        if envelope.subject is None:
            raise Unexpected(because="personal_field_without_subject", type=envelope.event_type)
        key = self._keys.create_all([envelope.subject])[envelope.subject]
        if key is None:
            raise Erased
        where = (envelope.stream, envelope.version, envelope.event_type)
        return {
            name: encrypt(key.cipher, to_json(value), field_context(*where, name))
            for name, value in hidden.items()
        }

    def to_domain_event(self, stored_event: StoredEvent) -> DomainEventProtocol[str]:
        position = getattr(stored_event, "id", 0)
        (recorded,) = self.read(
            [
                Notification(
                    stored_event.originator_id,
                    stored_event.originator_version,
                    stored_event.topic,
                    stored_event.state,
                    position,
                )
            ]
        )
        return recorded

    def read(self, stored: Sequence[Notification]) -> list[Recorded]:
        """Many at once, so that the key store is asked once."""
        recorded: list[Recorded] = []
        for start in range(0, len(stored), _TOGETHER):
            self._read_some(stored[start : start + _TOGETHER], recorded)
        return recorded

    def _read_some(self, stored: Sequence[Notification], recorded: list[Recorded]) -> None:
        event = None
        try:
            rows = [from_json(event.state, cache_strings="keys") for event in stored]
            subjects = {_uuid(row["e"]["subject"]) for row in rows if "p" in row}
            ciphers = self._keys.ciphers(subjects) if subjects else {}
            for event, row in zip(stored, rows, strict=True):
                recorded.append(self._read(event, row, ciphers))
        except (ValueError, KeyError, TypeError) as error:
            position = event.id if event else None
            raise unexpected(
                error, f"event {position}", because="event_unreadable", position=position
            ) from None

    def _read(
        self, stored: Notification, row: dict[str, Any], ciphers: Mapping[UUID, AESGCM | None]
    ) -> Recorded:
        kind = self._types.get(stored.topic) or self._known(stored.topic)
        data, about = row["d"], row["e"]
        stream, version = str(stored.originator_id), stored.originator_version
        subject = about["subject"]
        subject = subject and _uuid(subject)
        if "p" in row:
            cipher = ciphers[subject]
            for field, text in row["p"].items():
                value = None
                if cipher is not None:
                    context = field_context(stream, version, kind.name, field)
                    value = from_json(_opened(cipher, text, context))
                if field == HIDDEN_REASON:
                    about[REASON] = value
                else:
                    data[field] = value
        if kind.upcast is not None:
            data = kind.upcast(kind.name, kind.version, data)
        actor, origin = about["actor"], about["origin"]
        envelope = Envelope(
            _new_uuid(about["event_id"]),
            kind.name,
            kind.version,
            stream,
            version,
            stored.id,
            subject,
            date.fromisoformat(about["occurred_on"]),
            datetime.fromisoformat(about["recorded_at"]),
            _actor(actor["id"], actor["role"], actor["centre"]),
            _origin(origin["kind"], origin["id"], origin["run"]),
            _uuid(about["command_id"]),
            about["rules_version"],
            about["calendar_version"],
            about.get(REASON),
        )
        return Recorded(envelope, kind.validate(data))

    def _known(self, topic: str) -> EventType:
        name, _, number = topic.partition(":")
        cls = self._domain.events.get(name)
        version = int(number) if number.isdecimal() else 0
        if cls is None or not 1 <= version <= cls.schema_version:
            log.error("the ledger holds an event of the unknown type %s", topic)
            raise Unexpected(because="unknown_event_type", type=topic)
        upcast = self._domain.upcast if version < cls.schema_version else None
        kind = EventType(name, version, cls.__pydantic_validator__.validate_python, upcast)
        self._types[topic] = kind
        return kind


def encrypted_fields(cls: type[Event]) -> tuple[str, ...]:
    """The marked fields of an event. Each must allow None, which is how erasure reads."""
    names = []
    for name, field in cls.model_fields.items():
        marks = (mark for mark in field.metadata if isinstance(mark, FieldClass))
        if any(mark in ENCRYPTED for mark in marks):
            if type(None) not in get_args(field.annotation):
                raise TypeError(f"{cls.__name__}.{name} is personal and must allow None")
            names.append(name)
    return tuple(names)


def subjects_in(recorded: Collection[Recorded]) -> frozenset[UUID]:
    """Whose personal data these events may hold."""
    return frozenset(r.envelope.subject for r in recorded if r.envelope.subject is not None)


def _envelope_fields(envelope: Envelope) -> dict[str, Any]:
    actor, origin = envelope.actor, envelope.origin
    return {
        "event_id": envelope.event_id,
        "subject": envelope.subject,
        "occurred_on": envelope.occurred_on,
        "recorded_at": envelope.recorded_at.isoformat(),
        "actor": {"id": actor.id, "role": actor.role, "centre": actor.centre},
        "origin": {"kind": origin.kind, "id": origin.id, "run": origin.run},
        "command_id": envelope.command_id,
        "rules_version": envelope.rules_version,
        "calendar_version": envelope.calendar_version,
    }


def _opened(cipher: AESGCM, text: str, context: bytes) -> bytes:
    try:
        return decrypt(cipher, text, context)
    except Broken as error:
        raise unexpected(error, context.decode(), because="field_broken") from None


_new_uuid: Callable[[str], UUID] = SchemaValidator(uuid_schema()).validate_python
"""Six times faster than `UUID` itself; three of them an event are felt in a rebuild."""

_uuid = lru_cache(_REMEMBERED)(_new_uuid)


@lru_cache(_REMEMBERED)
def _actor(identity: str, role: str, centre: str | None) -> Actor:
    return Actor.model_validate({"id": identity, "role": role, "centre": centre})


@lru_cache(_REMEMBERED)
def _origin(kind: str, identity: str | None, run: str | None) -> Origin:
    return Origin.model_validate({"kind": kind, "id": identity, "run": run})
