"""What an event looks like at rest, and how it is read back.

Topic: `CaseOpened:1`, the type and its version. State: one JSON object with the envelope
under `e`, the payload under `d`, and under `p` one ciphertext for each class of what is
encrypted under the subject's key: with the key, the names of the fields go too. Stream,
version and position are columns. What a topic names is looked up in a table of event types,
never imported; old versions are upcast when they are read.

A type with a veil (`domain.events.veil`) stands under the veil's topic and step, on the first day of its
month; `veiling.py` says what becomes of its own.
"""

from binascii import a2b_base64, b2a_base64
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import JSONTranscoder, Mapper, Notification, StoredEvent
from pydantic_core import from_json, to_json

from domain.errors import Unexpected
from domain.message import (
    ENCRYPTED,
    Envelope,
    Event,
    FieldClass,
    Recorded,
    class_of,
)
from ledger.at_rest.envelopes import REASON, envelope_fields, envelope_of, uuid_of
from ledger.at_rest.event_types import EventType, EventTypes
from ledger.at_rest.veiling import come_back, go_behind, require_all_hidden, written
from ledger.faults import unexpected
from ledger.keys.ciphertext import Broken, decrypt, encrypt
from ledger.keys.store import NUMBER, KeyStore, Use
from ledger.port import Domain

HIDDEN_REASON = "envelope.reason"
"""The envelope's free text is encrypted with the personal fields; none has a dot in its name."""

_TOGETHER = 500
"""Rows unpacked at a time: the key store is asked once for all of them, which on PostgreSQL is a
journey, and no more than these are in memory twice."""


class EventMapper(Mapper[str]):
    """Between `Recorded` and rows. Positions come from the rows."""

    def __init__(self, domain: Domain, keys: KeyStore) -> None:
        super().__init__(JSONTranscoder())
        self._domain = domain
        self._keys = keys
        self._hidden = {cls: encrypted_fields(cls) for cls in domain.events.values()}
        self._types = EventTypes(domain.events, domain.upcasts)

    def is_personal(self, event: Event) -> bool:
        """Whether anything of `event` must be encrypted: marked and set, or its own name."""
        hidden = self._hidden[type(event)]
        set_ones = (getattr(event, name) is not None for names in hidden.values() for name in names)
        return event.veil is not None or any(set_ones)

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """Raises `Erased` when the key for a personal field is destroyed."""
        if not isinstance(domain_event, Recorded):
            raise TypeError(type(domain_event))
        envelope, event = domain_event.envelope, domain_event.event
        data = event.model_dump(mode="json")
        self._domain.levels.as_version(event, envelope.event_version, data)
        hidden = {
            mark: {name: value for name in names if (value := data.pop(name, None)) is not None}
            for mark, names in self._hidden[type(event)].items()
        }
        about = envelope_fields(envelope)
        topic = go_behind(event, envelope, about, hidden)
        if envelope.reason is not None:
            if envelope.subject is None:
                about[REASON] = envelope.reason
            else:
                hidden.setdefault(FieldClass.PERSONAL, {})[HIDDEN_REASON] = envelope.reason
        state = {"e": about, "d": data}
        if any(hidden.values()):
            state["p"] = self._hide(envelope, topic, hidden)
        return StoredEvent(envelope.stream, envelope.version, topic, to_json(state))

    def _hide(
        self, envelope: Envelope, topic: str, hidden: Mapping[FieldClass, dict[str, Any]]
    ) -> dict[str, str]:
        if envelope.subject is None:
            raise Unexpected(because="personal_field_without_subject", type=envelope.event_type)
        cipher = self._keys.create(envelope.subject).cipher(Use.FIELDS)
        return {
            mark: b2a_base64(
                encrypt(
                    cipher,
                    NUMBER,
                    written(fields),
                    _context(envelope.stream, envelope.version, topic, mark),
                ),
                newline=False,
            ).decode()
            for mark, fields in hidden.items()
            if fields
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

    def recorded_at(self, stored: StoredEvent) -> datetime | None:
        """When an event was recorded; None for one that cannot be read."""
        try:
            return datetime.fromisoformat(from_json(stored.state)["e"]["recorded_at"])
        except (ValueError, KeyError, TypeError):
            return None

    def in_the_clear(self, stored: Sequence[Notification]) -> list[Envelope]:
        """What stands in the clear about each: of a veiled event no more than its veil.

        Asks for no key. Raises `Unexpected`, as `read` does.
        """
        event = None
        try:
            envelopes = []
            for event in stored:
                about = from_json(event.state, cache_strings="keys")["e"]
                kind = self._types.known(event.topic)
                envelopes.append(envelope_of(about, kind, event, lost=False))
        except (ValueError, KeyError, TypeError) as error:
            raise _unreadable(error, event) from None
        return envelopes

    def read(self, stored: Sequence[Notification]) -> list[Recorded]:
        """Many at once, so that the key store is asked once.

        A lost key spoils what is said of its person alone: their envelopes say so.
        """
        recorded: list[Recorded] = []
        for start in range(0, len(stored), _TOGETHER):
            self._read_some(stored[start : start + _TOGETHER], recorded)
        return recorded

    def _read_some(self, stored: Sequence[Notification], recorded: list[Recorded]) -> None:
        event = None
        try:
            rows = [from_json(event.state, cache_strings="keys") for event in stored]
            subjects = {uuid_of(row["e"]["subject"]) for row in rows if "p" in row}
            ciphers = self._keys.ciphers(subjects) if subjects else {}
            for event, row in zip(stored, rows, strict=True):
                kind, envelope, data = self._opened(event, row, ciphers)
                if kind.validate is not None:
                    recorded.append(Recorded(envelope, kind.validate(data)))
                else:
                    recorded.extend(self._types.upcast(envelope, data))
        except (ValueError, KeyError, TypeError) as error:
            raise _unreadable(error, event) from None

    def _opened(
        self, stored: Notification, row: dict[str, Any], ciphers: Mapping[UUID, AESGCM | None]
    ) -> tuple[EventType, Envelope, dict[str, Any]]:
        data, about = row["d"], row["e"]
        stream, version = str(stored.originator_id), stored.originator_version
        topic, lost = stored.topic, False
        if "p" in row:
            subject = uuid_of(about["subject"])
            cipher = ciphers.get(subject)
            lost = subject not in ciphers
            if cipher is not None:
                for mark, text in row["p"].items():
                    context = _context(stream, version, topic, mark)
                    data.update(_decrypted(cipher, text, context))
                about[REASON] = data.pop(HIDDEN_REASON, None)
                topic = come_back(about, data) or topic
        kind = self._types.known(topic)
        return kind, envelope_of(about, kind, stored, lost=lost), data


def _unreadable(error: Exception, event: Notification | None) -> Unexpected:
    position = event.id if event else None
    return unexpected(error, f"event {position}", because="event_unreadable", position=position)


def encrypted_fields(cls: type[Event]) -> dict[FieldClass, tuple[str, ...]]:
    """The fields of an event to encrypt, by class. Each must be None without being given.

    Raises `TypeError` for one that could not be, and for a field that a veil should hide.
    """
    require_all_hidden(cls)
    hidden: dict[FieldClass, tuple[str, ...]] = {}
    for name, field in cls.model_fields.items():
        mark = class_of(cls, name)
        if mark in ENCRYPTED:
            if field.is_required() or field.default is not None:
                raise TypeError(f"{cls.__name__}.{name} is {mark}: its default must be None")
            hidden[mark] = (*hidden.get(mark, ()), name)
    return hidden


def subjects_in(recorded: Collection[Recorded]) -> frozenset[UUID]:
    """Whose personal data these events may hold."""
    return frozenset(r.envelope.subject for r in recorded if r.envelope.subject is not None)


def lost_in(recorded: Collection[Recorded]) -> frozenset[UUID]:
    """Whose key these events were read without, though it is not destroyed."""
    about = (r.envelope for r in recorded if r.envelope.lost)
    return frozenset(each.subject for each in about if each.subject is not None)


def _context(stream: str, version: int, topic: str, mark: str) -> bytes:
    """What the ciphertext of a class belongs to; only a stream's name may have any sign."""
    return f"{topic}|{mark}|{version}|{stream}".encode()


def _decrypted(cipher: AESGCM, text: str, context: bytes) -> Any:
    try:
        return from_json(decrypt(cipher, a2b_base64(text), context), cache_strings="keys")
    except (Broken, ValueError) as error:
        raise unexpected(error, context.decode(), because="field_broken") from None
