"""Samples of what is stored: an event of every type and version, as a row would hold it.

    python -m tests.support.samples        what `make samples` runs

`tests/samples/CaseOpened.1` is the state of a row, byte for byte, under the topic that the type is
stored as; `shapes.json` says what each type's fields were when its sample was made; `released.json` says the same of the last release.
A released shape is never changed: `make samples` leaves its sample alone, and `faults` finds
what no longer reads it.
"""

import json
import logging
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, cast, get_args, get_origin
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import Notification

from domain.errors import JisrError
from domain.events.shapes import shape_in_words, topic_of
from domain.events.veil import outward
from domain.message import Actor, Envelope, Event, Origin, OriginKind, Record, Recorded, Role
from ledger.at_rest.mapper import EventMapper
from ledger.keys.ciphertext import encrypt
from ledger.keys.master import MasterKeys
from ledger.keys.store import NUMBER, KeyStore
from ledger.keys.table import Found, KeyTable
from ledger.port import Domain, programme

FOLDER = Path(__file__).parent.parent / "samples"
SHAPES, RELEASED = FOLDER / "shapes.json", FOLDER / "released.json"
SUBJECT, MASTER_KEY = UUID(int=77), bytes(range(32))
DAY = date(2024, 7, 18)
Shapes = Mapping[str, Mapping[str, str]]


class OneKey:
    """As much of a key table as reading needs: one person's key, always the same, or destroyed."""

    def __init__(self, *, destroyed: bool = False) -> None:
        wrapped = encrypt(AESGCM(MASTER_KEY), NUMBER, bytes(32), str(SUBJECT).encode())
        self._secrets: dict[str, bytes] = {}
        self._found = Found({}, {SUBJECT}) if destroyed else Found({SUBJECT: wrapped}, ())

    def find(self, subjects: Collection[UUID]) -> Found:
        return self._found

    def destroyed_since(self, number: int) -> tuple[int, list[UUID]]:
        return number, []

    def secret(self, name: str, proposed: bytes) -> bytes:
        return self._secrets.setdefault(name, proposed)

    def secrets(self) -> Mapping[str, bytes]:
        return self._secrets

    def fact(self, name: str, proposed: str) -> str:
        return proposed


def mapper(domain: Domain | None = None, *, erased: bool = False) -> EventMapper:
    keys = KeyStore(cast("KeyTable", OneKey(destroyed=erased)), MasterKeys.single(MASTER_KEY))
    return EventMapper(domain or programme(), keys)


def sample(cls: type[Event]) -> Recorded:
    """An event with something in every field."""
    event = cls.model_validate({n: value_of(f.annotation) for n, f in cls.model_fields.items()})
    instant = datetime(2024, 7, 19, 9, 30, tzinfo=UTC)
    envelope = Envelope(
        event_id=UUID(int=3),
        event_type=cls.stored,
        event_version=cls.schema_version,
        step="open-case",
        stream=f"{cls.stream}/{SUBJECT}",
        version=1,
        position=1,
        subject=SUBJECT,
        occurred_on=DAY,
        recorded_at=instant,
        actor=Actor(id=UUID(int=7), role=Role.CASEWORKER, centre="taza"),
        origin=Origin(kind=OriginKind.API),
        command_id=UUID(int=4),
        rules_version="v1",
        calendar_version="2024",
    )
    return Recorded(envelope, event)


SIMPLE: Mapping[Any, Any] = {
    str: "كلمة mot",
    int: 3,
    bool: True,
    Decimal: Decimal("1250.50"),
    date: DAY,
    datetime: datetime(2024, 7, 18, 8, tzinfo=UTC),
    UUID: UUID(int=9),
}


def value_of(annotation: Any) -> Any:
    """A value that fits, the same each time."""
    origin, parts = get_origin(annotation), get_args(annotation)
    inside = parts[:1] if origin is Annotated else (p for p in parts if p not in (NoneType, ...))
    values = [value_of(each) for each in inside]
    match origin:
        case None if issubclass(annotation, Record):
            return {name: value_of(f.annotation) for name, f in annotation.model_fields.items()}
        case None if issubclass(annotation, StrEnum):
            return next(iter(annotation))
        case None:
            return SIMPLE[annotation]
        case several if several is tuple:
            return tuple(values)
        case several if several is dict:
            return dict([values])
        case _:
            return values[0]


def shapes_of(domain: Domain) -> dict[str, dict[str, str]]:
    return {topic_of(cls): shape_in_words(cls) for cls in domain.events.values()}


def file_of(topic: str) -> Path:
    return FOLDER / topic.replace(":", ".")


def row_topic(cls: type[Event]) -> str:
    """Under which topic a row has an event of this type."""
    return topic_of(outward(cls))


def read(topic: str, state: bytes, reader: EventMapper, stream: str) -> list[Recorded]:
    """What a row of this topic and state is read as today."""
    return reader.read([Notification(stream, 1, topic, state, 1)])


def faults(today: Domain, released: Shapes) -> list[str]:
    """What was released and is not read any more as it was, or not at all."""
    found = []
    for topic, shape in released.items():
        name, _, version = topic.partition(":")
        cls = today.events.get(name)
        if cls is not None and topic_of(cls) == topic:
            if shape_in_words(cls) != shape:
                found.append(f"{topic} changed: make it version {int(version) + 1}, with an upcast")
        elif (name, int(version)) not in today.upcasts:
            found.append(f"nothing reads {topic}: an upcast is missing")
    if released:
        new = {topic_of(cls) for cls in today.events.values()} - released.keys()
        found += [
            f"{topic} came with a level: which?" for topic in sorted(new - today.levels.topics)
        ]
    return found


def make() -> None:
    """Write the samples that are missing or say something else than today's types."""
    domain, released = programme(), json.loads(RELEASED.read_text("utf-8"))
    reader, wanted = mapper(domain), set(released)
    for cls in domain.events.values():
        topic, recorded = topic_of(cls), sample(cls)
        wanted.add(topic)
        if topic not in released and not _is_up_to_date(topic, recorded, reader):
            file_of(topic).write_bytes(reader.to_stored_event(recorded).state)
    for file in FOLDER.iterdir():
        if file.suffix != ".json" and file.name.replace(".", ":") not in wanted:
            file.unlink()
    SHAPES.write_text(
        json.dumps(shapes_of(domain), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


def _is_up_to_date(topic: str, recorded: Recorded, reader: EventMapper) -> bool:
    file, known = file_of(topic), json.loads(SHAPES.read_text("utf-8"))
    if not file.exists() or known.get(topic) != shape_in_words(type(recorded.event)):
        return False
    try:
        row = row_topic(type(recorded.event))
        return read(row, file.read_bytes(), reader, recorded.envelope.stream) == [recorded]
    except JisrError:
        return False


if __name__ == "__main__":
    logging.disable()  # a sample that is made anew may not be readable any more
    make()
