"""A stream that folds by day: late entries come where they belong, and only they cost a reading."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from domain.errors import StaleVersion
from domain.message import TIMER, Command, StreamKind
from ledger.ledger import Ledger
from tests.integration.ledger.place import Clock, Opener, command, fill_pot, take
from tests.integration.ledger.test_history import JULY, july
from tests.integration.ledger.toy import AddNote, FillPot, pot


def note(target: str, day: date, text: str | None = None, **fields: Any) -> Command:
    return command(target, AddNote(note=text or f"{day:%d}", occurred_on=day), **fields)


def notes(state: Any) -> Sequence[str]:
    found: Sequence[str] = state.notes
    return found


@pytest.fixture
def asked(ledger: Ledger) -> Command:
    """A claim on the toys' one day, the eighteenth of July, with the first note."""
    ledger.record(fill_pot(9))
    asked = take(1, uuid4(), note="first")
    ledger.record(asked)
    return asked


def test_notes_stand_by_day_whatever_order_they_were_entered_in(
    opened: Opener, ledger: Ledger, asked: Command
) -> None:
    other, days = opened(), [20, 25, 22, 19, 31, 22, 5]
    for turn, day in enumerate(days):
        (ledger, other)[turn % 2].record(note(asked.target, JULY[day - 1], f"{day}/{turn}"))
        assert ledger.state(asked.target) == other.state(asked.target)
    expected = ("first", "5/6", "19/3", "20/0", "22/2", "22/5", "25/1", "31/4")
    for reader in (ledger, other, opened()):
        assert notes(reader.state(asked.target)) == expected
        assert reader.state(asked.target).version == 8


def test_the_first_event_stays_first_and_those_of_a_day_as_they_were_entered(
    ledger: Ledger, asked: Command
) -> None:
    """The claim was made on the eighteenth."""
    for text in ("a", "b"):
        ledger.record(note(asked.target, JULY[0], text))
    assert notes(ledger.state(asked.target)) == ("first", "a", "b")


def test_late_entries_of_one_group_see_and_leave_what_they_should(
    opened: Opener, ledger: Ledger, asked: Command
) -> None:
    late = [note(asked.target, JULY[day - 1]) for day in (29, 21, 23)]
    opening = take(1, uuid4(), note="another")
    ledger.record_all([*late, opening, *(note(opening.target, JULY[d]) for d in (27, 26))])
    assert notes(ledger.state(asked.target)) == ("first", "21", "23", "29")
    assert notes(ledger.state(opening.target)) == ("another", "27", "28")
    assert ledger.state(asked.target) == opened().state(asked.target)


def test_any_order_of_entry_comes_to_the_same(ledger: Ledger) -> None:
    ledger.record(fill_pot(9))
    random, days = Random(11), list(range(19, 31))
    states = []
    for _ in range(4):
        asked = take(1, uuid4(), note="first")
        ledger.record(asked)
        random.shuffle(days)
        ledger.record_all([note(asked.target, JULY[day]) for day in days])
        states.append(notes(ledger.state(asked.target)))
    assert len(set(states)) == 1


def test_only_a_late_entry_reads_its_stream_again(
    ledger: Ledger, asked: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = ledger._loader.history
    readings: list[str] = []

    def counted(stream: str, **fields: Any) -> Any:
        readings.append(stream)
        return read(stream, **fields)

    monkeypatch.setattr(ledger._loader, "history", counted)
    ledger.record(note(asked.target, JULY[18]))
    ledger.record(note(asked.target, JULY[18]))
    ledger.record_all([note(asked.target, JULY[25]), note(asked.target, JULY[28])])
    for day in (1, 20, 3):
        ledger.record(command(pot(), FillPot(coins=1, occurred_on=JULY[day])))
    assert readings == []
    ledger.record(note(asked.target, JULY[27]))
    assert readings == [asked.target]


def test_as_of_a_day_is_a_prefix_of_the_fold(opened: Opener) -> None:
    clock = Clock()
    ledger, asked = opened(clock=clock), take(1, uuid4(), note="first")
    ledger.record_all([fill_pot(9), asked])
    for entered, day in ((21, 20), (22, 24), (23, 19), (24, 5)):
        clock.now = july(entered)
        ledger.record(note(asked.target, JULY[day - 1]))

    def as_of(day: int, **known: Any) -> Any:
        return notes(ledger.state_at(asked.target, occurred_by=JULY[day - 1], **known))

    assert as_of(24) == ("first", "05", "19", "20", "24")
    assert as_of(20) == ("first", "05", "19", "20")
    assert as_of(18) == ("first", "05")
    assert as_of(17) == (), "the claim did not exist yet"
    assert as_of(20, known_by=july(22)) == ("first", "20")
    assert notes(ledger.state_at(asked.target, known_by=july(23))) == ("first", "19", "20", "24")


def test_what_a_timer_records_is_no_change_that_people_see(ledger: Ledger, asked: Command) -> None:
    ledger.record(note(asked.target, JULY[19], expected_version=1))
    reminded = ledger.record(note(asked.target, JULY[27], actor=TIMER))
    assert reminded.version == 2
    state = ledger.state(asked.target)
    assert (state.version, state.seen) == (3, 2)
    # The form was opened before the reminder.
    assert ledger.record(note(asked.target, JULY[20], expected_version=2)).version == 4
    with pytest.raises(StaleVersion) as stale:
        ledger.record(note(asked.target, JULY[21], expected_version=2))
    assert stale.value.params == {"expected": 2, "actual": 4}
    assert ledger.streams(StreamKind.CASE) == [(asked.target, 4)]


def test_a_glance_shows_what_is_there_now_and_keeps_only_what_was_kept(
    opened: Opener, ledger: Ledger, asked: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, read = opened(), list[int]()
    select = ledger._store.select_events

    def counted(*given: Any, **named: Any) -> Any:
        found = select(*given, **named)
        read.append(len(found))
        return found

    monkeypatch.setattr(ledger._store, "select_events", counted)
    other.record(note(asked.target, JULY[20]))
    assert ledger.glance(asked.target) == other.state(asked.target)
    assert read == [1], "the ledger had folded the claim itself, and reads what came since"
    late = opened()
    monkeypatch.setattr(late._store, "select_events", counted)
    for _ in range(2):
        assert late.glance(asked.target) == other.state(asked.target)
    assert read[1:] == [2, 2]
