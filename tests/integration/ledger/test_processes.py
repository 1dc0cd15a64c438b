"""Several processes on one ledger, as in production."""

import os
import signal
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any
from uuid import UUID

import pytest

from domain.errors import JisrError
from domain.message import Command
from ledger.ledger import Ledger
from ledger.urls import sqlite_path
from tests.integration.ledger.place import Opener, Place, fill_pot, take
from tests.integration.ledger.toy import pot
from tests.support.processes import OTHERS


def recorded_there(place: Place, commands: Sequence[Command], together: str) -> list[str]:
    """In another process: the answers, or the codes of the errors."""
    ledger = place.open()
    results: Sequence[Any]
    try:
        if together:
            results = ledger.record_all(commands)
        else:
            results = [ledger.record_all([command])[0] for command in commands]
    finally:
        ledger.close()
    return [r.code if isinstance(r, JisrError) else r.answer for r in results]


def sent_by_processes(
    place: Place, shares: Sequence[Sequence[Command]], *, together: str = ""
) -> list[list[str]]:
    with ProcessPoolExecutor(len(shares), mp_context=OTHERS) as processes:
        work = [processes.submit(recorded_there, place, share, together) for share in shares]
        return [done.result() for done in work]


@pytest.mark.parametrize("together", ["", "in groups"])
def test_of_fifty_at_once_exactly_the_twenty_that_have_room_pass(
    ledger: Ledger, place: Place, together: str
) -> None:
    ledger.record(fill_pot(20))
    shares = [[take(1, UUID(int=n), note="x") for n in range(start, 50, 4)] for start in range(4)]
    outcomes = [
        code for share in sent_by_processes(place, shares, together=together) for code in share
    ]
    assert outcomes.count("pot_empty") == 30
    assert len(set(outcomes)) == 21
    state: Any = ledger.state(pot())
    assert (state.coins, state.version) == (0, 21)
    assert [r.envelope.position for r in ledger.events(0, 100)] == list(range(1, 42))


def test_the_same_commands_from_several_processes_are_recorded_once(
    ledger: Ledger, place: Place
) -> None:
    ledger.record(fill_pot(1000))
    commands = [take(1) for _ in range(25)]
    backwards = commands[::-1]
    one, other, third = sent_by_processes(place, [commands, backwards, commands])
    assert one == other[::-1] == third
    assert len(set(one)) == 25
    assert ledger.head() == 51


def test_processes_may_open_a_new_ledger_at_the_same_moment(place: Place) -> None:
    shares = [[fill_pot(1)] for _ in range(4)]
    answers = sent_by_processes(place, shares)
    assert {type(answer) for (answer,) in answers} == {str}
    ledger = place.open()
    assert ledger.head() == 4
    ledger.close()


def die_in_the_middle(place: Place, command: Command, inserted: str) -> None:
    ledger = place.open()
    if inserted:
        store: Any = ledger._store
        insert = store.insert_answers

        def insert_answers(*args: Any) -> None:
            insert(*args)
            os.kill(os.getpid(), signal.SIGKILL)

        store.insert_answers = insert_answers
    else:
        ledger._recording._settle = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign,assignment]
    ledger.record(command)


@pytest.mark.parametrize("inserted", ["", "after the insert"])
def test_a_process_killed_while_it_holds_the_lock_leaves_nothing_behind(
    opened: Opener, place: Place, inserted: str
) -> None:
    ledger = opened()
    ledger.record(fill_pot(5))
    asked = take(1)
    process = OTHERS.Process(target=die_in_the_middle, args=(place, asked, inserted))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert ledger.receipt(asked.id) is None
    assert ledger.head() == 1
    assert ledger.record(asked).position == 3


def _look_and_leave(path: str) -> None:
    """As a tool would that reads the file beside Jisr: the last to leave takes the log along."""
    connection = sqlite3.connect(path)
    connection.execute("SELECT count(*) FROM stored_events").fetchall()
    connection.close()


def test_a_file_opened_twice_in_a_process_keeps_its_locks(place: Place, opened: Opener) -> None:
    if place.kind == "sqlite":
        path, first = str(sqlite_path(place.url)), opened()
        first.record(fill_pot(1))
        opened()
        other = OTHERS.Process(target=_look_and_leave, args=(path,))
        other.start()
        other.join(60)
        first.record(fill_pot(1))
        connection = sqlite3.connect(path)
        assert connection.execute("SELECT count(*) FROM stored_events").fetchall() == [(2,)]
        connection.close()
