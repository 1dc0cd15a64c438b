"""What came with a later level is not written below it, and no version is without one."""

from dataclasses import replace
from typing import ClassVar

import pytest

from domain.commands import HANDLINGS, step_name
from domain.errors import Refused
from domain.events.levels import FIRST, LEVELS, Came, Levels
from domain.events.stored import EVENTS
from domain.message import Event, Role, Step, StreamKind
from domain.steps.table import TableFault, row


class DoorPainted(Event, stored="DoorPainted", version=3):
    """Version 2 added the gloss, version 3 who chose it."""

    stream: ClassVar[StreamKind] = StreamKind.REGISTRY
    colour: str
    gloss: int = 0
    chosen_by: str | None = None


class DoorLocked(Event, stored="DoorLocked"):
    stream: ClassVar[StreamKind] = StreamKind.REGISTRY


class PaintDoor(Step):
    colour: str


class LockDoor(Step):
    pass


ROWS = {
    "paint-door": row(PaintDoor, DoorPainted, who=frozenset(Role)),
    "lock-door": row(LockDoor, DoorLocked, who=frozenset(Role)),
}
TYPES: dict[str, type[Event]] = {"DoorPainted": DoorPainted, "DoorLocked": DoorLocked}
SECOND = Came(steps={"lock-door"}, events={"DoorPainted:2": {"gloss": 0}, "DoorLocked:1": None})
THIRD = Came(events={"DoorPainted:3": {"chosen_by": None}})
HOUSE = Levels(SECOND, THIRD)


def test_a_program_reads_the_first_level_and_one_for_each_that_came() -> None:
    assert Levels().reads == FIRST
    assert HOUSE.reads == 3


def test_a_step_waits_for_the_level_it_came_with() -> None:
    assert HOUSE.closed_because("lock-door", 1) == "upgrade_unfinished"
    assert HOUSE.closed_because("lock-door", 2) is None
    assert HOUSE.closed_because("paint-door", 1) is None


def test_above_what_is_read_every_step_is_closed() -> None:
    for step in ROWS:
        assert HOUSE.closed_because(step, 4) == "newer_release_needed"


@pytest.mark.parametrize(("level", "version"), [(1, 1), (2, 2), (3, 3)])
def test_an_event_is_written_as_the_newest_version_of_the_level(level: int, version: int) -> None:
    assert HOUSE.version_at(DoorPainted(colour="blue"), level) == version


@pytest.mark.parametrize(
    ("version", "kept"),
    [
        (1, {"colour": "blue"}),
        (2, {"colour": "blue", "gloss": 0}),
        (3, {"colour": "blue", "gloss": 0, "chosen_by": None}),
    ],
)
def test_an_older_version_leaves_out_what_it_does_not_have(
    version: int, kept: dict[str, object]
) -> None:
    event = DoorPainted(colour="blue")
    payload = event.model_dump(mode="json")
    HOUSE.as_version(event, version, payload)
    assert payload == kept


def test_what_an_older_version_could_not_say_is_refused_and_not_dropped() -> None:
    glossy, chosen = DoorPainted(colour="blue", gloss=2), DoorPainted(colour="blue", chosen_by="x")
    for event, level in ((glossy, 1), (chosen, 1), (chosen, 2)):
        with pytest.raises(Refused, match="upgrade_unfinished"):
            HOUSE.version_at(event, level)
    assert HOUSE.version_at(glossy, 2) == 2


def test_a_type_is_not_written_below_the_level_it_came_with() -> None:
    with pytest.raises(Refused, match="upgrade_unfinished"):
        HOUSE.version_at(DoorLocked(), 1)
    assert HOUSE.version_at(DoorLocked(), 2) == 1


def test_a_table_of_levels_that_names_everything_is_taken() -> None:
    HOUSE.require_named(ROWS, TYPES)
    LEVELS.require_named({step_name(step): each for step, each in HANDLINGS.items()}, EVENTS)


@pytest.mark.parametrize(
    ("levels", "says"),
    [
        (Levels(SECOND), "came with which level.*DoorPainted:3"),
        (Levels(SECOND, Came(steps={"open-door"})), "not there: open-door"),
        (Levels(SECOND, THIRD, Came(events={"DoorPainted:4": None})), "not there: DoorPainted:4"),
        (Levels(replace(SECOND, steps=()), THIRD), "before all that they record: lock-door"),
    ],
)
def test_a_table_of_levels_that_says_too_little_is_refused(levels: Levels, says: str) -> None:
    with pytest.raises(TableFault, match=says):
        levels.require_named(ROWS, TYPES)
