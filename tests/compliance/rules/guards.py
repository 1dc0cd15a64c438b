"""What the database refuses, also to its owner."""

import pytest

from tests.compliance.house import REFUSED, House, event, write
from tests.compliance.rules.answers import answered

_INSERT = (
    "INSERT INTO {}stored_events (position, originator_id, originator_version, topic, state)"
    " VALUES (%d, '%s', %d, 'x', '')"
)


def refused(house: House, statement: str) -> None:
    try:
        house.by_hand(statement)
    except REFUSED:
        return
    raise AssertionError(f"was not refused: {statement}")


def _two_events(house: House) -> None:
    write(house.store(), event("case/a", 1), event("case/a", 2))


def a_gap_in_positions_is_refused(house: House) -> None:
    """A row may only come at the next position."""
    _two_events(house)
    for position in (0, 4, 9, -1):
        refused(house, _INSERT % (position, "case/b", 1))


def a_gap_in_versions_is_refused(house: House) -> None:
    """A row may only come at its stream's next version."""
    _two_events(house)
    for stream, version in (("case/a", 4), ("case/b", 2), ("case/b", 7)):
        refused(house, _INSERT % (3, stream, version))


def a_stream_with_a_kind_begins_at_version_1(house: House) -> None:
    """Version 0 is for names without `/`: none of the programme's."""
    _two_events(house)
    refused(house, _INSERT % (3, "case/b", 0))


def an_event_is_never_changed(house: House) -> None:
    """Not its text, nor its place."""
    _two_events(house)
    for change in ("topic = 'y'", "state = ''", "position = position + 7"):
        refused(house, f"UPDATE {{}}stored_events SET {change}")  # noqa: S608


def an_event_is_never_deleted(house: House) -> None:
    """Not one, nor the last."""
    _two_events(house)
    refused(house, "DELETE FROM {}stored_events WHERE position = 2")


def the_events_are_never_emptied(house: House) -> None:
    """Not even all at once."""
    _two_events(house)
    refused(house, "DELETE FROM stored_events" if house.sqlite else "TRUNCATE {}stored_events")


def an_event_is_never_replaced(house: House) -> None:
    """Nothing is put over what stands there."""
    _two_events(house)
    over = " ON CONFLICT (position) DO UPDATE SET topic = 'y'"
    refused(house, _INSERT % (2, "case/a", 2) + over)
    if house.sqlite:
        refused(house, (_INSERT % (2, "case/a", 2)).replace("INSERT", "INSERT OR REPLACE"))


def an_answer_is_never_changed(house: House) -> None:
    """What was answered stays answered."""
    _one_answer(house)
    refused(house, "UPDATE {}commands SET answer = '{}'")


def an_answer_is_never_deleted(house: House) -> None:
    """Nor is it forgotten, so that its command could be recorded again."""
    _one_answer(house)
    refused(house, "DELETE FROM {}commands")


def the_upkeep_only_grows(house: House) -> None:
    """What was done to the ledger as a whole is not undone by hand."""
    house.store().note("tested", "x")
    for statement in ("UPDATE {}upkeep SET detail = 'y'", "DELETE FROM {}upkeep"):
        refused(house, statement)


def notes_of_upkeep_are_numbered_without_a_gap(house: House) -> None:
    """A note that was taken out would be missed."""
    house.store()
    refused(house, "INSERT INTO {}upkeep (number, kind, detail) VALUES (9, 'x', 'x')")


def a_guard_names_its_fault_as_a_broken_constraint(house: House) -> None:
    """So that a fault of ours is told from an outage."""
    _two_events(house)
    with pytest.raises(REFUSED):
        write(house.store(), event("case/a", 4))


def _one_answer(house: House) -> None:
    answered(house.store())
