"""Every shape that was ever stored is read by this build, and no shape changes unnoticed."""

import json
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

import pytest

from domain.events.levels import Came, Levels
from domain.events.shapes import topic_of
from domain.events.stored import by_name
from domain.events.veil import veiled
from domain.message import ENCRYPTED, Envelope, Event, Judicial, Personal, StreamKind, class_of
from ledger.port import Domain, Part, programme
from tests.support import samples
from tests.support.samples import (
    RELEASED,
    SHAPES,
    faults,
    file_of,
    mapper,
    read,
    row_topic,
    sample,
    shapes_of,
)

PROGRAMME = programme()
TOPICS = {topic_of(cls): cls for cls in PROGRAMME.events.values()}
STREAM = f"case/{samples.SUBJECT}"


def test_no_shape_changed_without_its_sample() -> None:
    """When this fails: run `make samples`, and commit what it writes with the change."""
    assert json.loads(SHAPES.read_text("utf-8")) == shapes_of(PROGRAMME), "run `make samples`"


def test_what_was_released_is_still_read() -> None:
    released = json.loads(RELEASED.read_text("utf-8"))
    assert faults(PROGRAMME, released) == []
    assert all(file_of(topic).exists() for topic in released)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_stored_sample_reads_as_what_it_was_made_of(topic: str) -> None:
    cls = TOPICS[topic]
    made = sample(cls)
    state = file_of(topic).read_bytes()
    assert read(row_topic(cls), state, mapper(), made.envelope.stream) == [made]


@pytest.mark.parametrize("topic", TOPICS)
def test_a_stored_sample_reads_without_its_key(topic: str) -> None:
    cls = TOPICS[topic]
    made = veiled(sample(cls))
    state = file_of(topic).read_bytes()
    (erased,) = read(row_topic(cls), state, mapper(erased=True), made.envelope.stream)
    assert erased.envelope == made.envelope
    for name in type(made.event).model_fields:
        gone = class_of(cls, name) in ENCRYPTED
        whole = getattr(made.event, name)
        assert getattr(erased.event, name) == (None if gone else whole)


def test_every_sample_is_of_a_type_that_is_read() -> None:
    reader = mapper()
    files = [file for file in samples.FOLDER.iterdir() if file.suffix != ".json"]
    assert len(files) >= len(TOPICS)
    for file in files:
        name, _, version = file.name.rpartition(".")
        reader._types.known(f"{name}:{version}")


class MoveNoted(Event, stored="MoveNoted"):
    """Two things in one, under a name that was given up later."""

    stream: ClassVar[StreamKind] = StreamKind.CASE
    to: str
    left: Judicial[date] = None


class AddressChanged(Event, stored="AddressChanged", version=2):
    stream: ClassVar[StreamKind] = StreamKind.CASE
    city: str
    noted_by: str


class HouseLeft(Event, stored="HouseLeft"):
    stream: ClassVar[StreamKind] = StreamKind.CASE
    on: Judicial[date] = None


def _split(_: Envelope, payload: dict[str, Any]) -> list[Part]:
    return [
        Part("AddressChanged", 1, {"city": payload["to"]}),
        Part("HouseLeft", 1, {"on": payload.get("left")}),
    ]


def _signed(envelope: Envelope, payload: dict[str, Any]) -> list[Part]:
    return [Part("AddressChanged", 2, {**payload, "noted_by": str(envelope.actor.role)})]


BEFORE = replace(PROGRAMME, events=by_name([MoveNoted]))
AFTER = replace(
    PROGRAMME,
    events=by_name([AddressChanged, HouseLeft]),
    upcasts={("MoveNoted", 1): _split, ("AddressChanged", 1): _signed},
    levels=Levels(Came(events={"AddressChanged:2": None, "HouseLeft:1": None})),
)


def test_an_older_event_is_renamed_split_and_brought_up_to_date() -> None:
    """One row, written by the release before, is two events of today's types."""
    state = mapper(BEFORE).to_stored_event(sample(MoveNoted)).state
    changed, left = read("MoveNoted:1", state, mapper(AFTER), STREAM)
    assert changed.event == AddressChanged(city="كلمة mot", noted_by="caseworker")
    assert left.event == HouseLeft(on=samples.DAY)
    named = [(r.envelope.event_type, r.envelope.event_version) for r in (changed, left)]
    assert named == [("AddressChanged", 2), ("HouseLeft", 1)]
    assert changed.envelope.event_id == sample(MoveNoted).envelope.event_id
    assert left.envelope.event_id != changed.envelope.event_id
    assert changed.envelope.position == left.envelope.position


def test_an_older_event_is_upcast_without_what_was_erased() -> None:
    state = mapper(BEFORE).to_stored_event(sample(MoveNoted)).state
    _, left = read("MoveNoted:1", state, mapper(AFTER, erased=True), STREAM)
    assert left.event == HouseLeft(on=None)


def test_a_released_shape_cannot_change_under_its_version() -> None:
    released = shapes_of(BEFORE)
    assert faults(BEFORE, released) == []

    class MoveNoted(Event, stored="MoveNoted"):
        stream: ClassVar[StreamKind] = StreamKind.CASE
        to: str
        left: Personal[date] = None

    changed = replace(BEFORE, events=by_name([MoveNoted]))
    assert faults(changed, released) == ["MoveNoted:1 changed: make it version 2, with an upcast"]


def test_a_released_type_cannot_go_without_an_upcast() -> None:
    released = shapes_of(BEFORE)
    assert faults(AFTER, released) == []
    without = replace(AFTER, upcasts={("AddressChanged", 1): _signed})
    assert faults(without, released) == ["nothing reads MoveNoted:1: an upcast is missing"]


def test_what_is_new_since_a_release_came_with_a_level() -> None:
    forgotten = replace(AFTER, levels=Levels(Came(events={"AddressChanged:2": None})))
    assert faults(forgotten, shapes_of(BEFORE)) == ["HouseLeft:1 came with a level: which?"]
    assert faults(forgotten, {}) == []


def test_a_ledger_does_not_open_on_a_new_version_without_its_upcast() -> None:
    domain: Domain = replace(AFTER, upcasts={("MoveNoted", 1): _split})
    with pytest.raises(TypeError, match="AddressChanged:1"):
        mapper(domain)
