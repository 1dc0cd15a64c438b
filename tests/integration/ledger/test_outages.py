"""A database away, and back."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from domain.errors import JisrError, Unavailable, Unexpected
from ledger.ledger import Ledger, Receipt
from ledger.postgres.schema import prepare
from ledger.proof.sealing import Pauses, Sealer, sealing
from ledger.store import BEGINNING
from ledger.urls import sqlite_path
from ledger.verifying.whole import verify
from tests.integration.ledger.place import Opener, Place, fill_pot, register, take
from tests.integration.ledger.toy import pot
from tests.support.postgres import SERVICE, PrivatePostgres
from tests.support.waiting import until


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[tuple[PrivatePostgres, Place]]:
    """A server of the test's own, to be killed."""
    with PrivatePostgres() as server:
        database = server.create_database("jisr")
        prepare(database.owner_url, SERVICE)
        url = database.service_url
        yield server, Place("postgres", url, url, tmp_path, database.owner_url)


def test_after_the_server_was_killed_the_same_ledger_works_again(
    mortal: tuple[PrivatePostgres, Place],
) -> None:
    server, place = mortal
    ledger = place.open()
    asked = take(1, None, note="x")
    ledger.record(fill_pot(5))
    receipt = ledger.record(asked)
    quick = Pauses(gather=0.05, outage=0.05)
    stack = ExitStack()
    stack.enter_context(sealing(Sealer(ledger.sealed, pauses=quick)))
    stack.enter_context(sealing(Sealer(ledger.beside.receipts, pauses=quick)))
    for _ in range(2):
        server.kill()
        for attempt in (
            lambda: ledger.record(fill_pot(1)),
            lambda: ledger.state(pot()),
            lambda: ledger.events(0, 10),
            lambda: ledger.check(asked),
            ledger.head,
            place.open,
        ):
            began = time.monotonic()
            with pytest.raises(Unavailable):
                attempt()
            assert time.monotonic() - began < 5, "it was waited for"
        server.restart()
        assert ledger.record(asked) == receipt
        assert ledger.state(pot()).version == 2
    last = ledger.record(fill_pot(1)).position
    until(lambda: verify(ledger.sealed).sealed == verify(ledger.beside.receipts).sealed == last)
    stack.close()
    ledger.close()


def test_a_tree_that_another_holds_keeps_nobody_from_recording(
    place: Place, ledger: Ledger
) -> None:
    ledger.record(fill_pot(1))
    with sealing(Sealer(ledger.sealed, pauses=Pauses(gather=0.05))):
        until(lambda: sealed(ledger) == 1)
        if place.kind == "sqlite":
            held: Any = sqlite3.connect(f"{sqlite_path(place.url)}.proof", isolation_level=None)
            held.execute("BEGIN IMMEDIATE")
        else:
            held = psycopg.connect(place.owner_url)
            held.execute("LOCK TABLE proof.heads")
        with closing(held):
            assert ledger.record(fill_pot(1)).position == 2
            if place.kind == "sqlite":
                assert sealed(ledger) == 1
            held.rollback()
        until(lambda: sealed(ledger) == 2)


def sealed(ledger: Ledger) -> int:
    head = ledger.sealed.head()
    return head.size if head else 0


def test_whatever_was_acknowledged_before_the_server_was_killed_is_there_after(
    mortal: tuple[PrivatePostgres, Place],
) -> None:
    server, place = mortal
    ledgers = [place.open(), place.open()]
    ledgers[0].record(fill_pot(1000))
    commands = [take(1, None, note=str(number)) for number in range(200)]
    killer = threading.Timer(0.15, server.kill)
    killer.start()

    def attempt(number: int) -> Receipt | JisrError:
        try:
            return ledgers[number % 2].record(commands[number])
        except Unavailable as error:
            return error

    with ThreadPoolExecutor(8) as threads:
        first = list(threads.map(attempt, range(200)))
    killer.join()
    server.restart()
    second = [ledgers[0].record(command) for command in commands]
    for before, after in zip(first, second, strict=True):
        assert isinstance(before, Unavailable) or before == after
    state: Any = ledgers[1].state(pot())
    assert state.coins == 800
    assert [r.envelope.position for r in ledgers[0].events(0, 1000)] == list(range(1, 402))
    for ledger in ledgers:
        ledger.close()


def test_connections_that_the_server_ended_are_not_used_again(ledger: Ledger, place: Place) -> None:
    if place.kind == "postgres":
        ledger.record(fill_pot(1))
        with psycopg.connect(place.url) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND usename = current_user"
            )
    assert ledger.record(fill_pot(1)).position in (1, 2)


def test_a_lock_held_too_long_by_another_is_an_outage(place: Place, opened: Opener) -> None:
    ledger = opened(lock_seconds=1)
    ledger.record(fill_pot(1))
    with _held(place):
        began = time.monotonic()
        with pytest.raises(Unavailable):
            ledger.record(fill_pot(1))
        assert 0.5 < time.monotonic() - began < 8, "the usual patience is ten seconds"
        assert ledger.state(pot()).version == 1
    assert ledger.record(fill_pot(1)).version == 2


def _held(place: Place) -> Any:
    if place.kind == "sqlite":
        path = sqlite_path(place.url)
        assert path is not None
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        return closing(connection)
    service = psycopg.connect(place.url)
    service.execute("SELECT pg_advisory_xact_lock(1785295730)")
    return closing(service)


def test_one_that_hangs_with_the_lock_does_not_stop_the_others_for_ever(
    place: Place, opened: Opener
) -> None:
    """On PostgreSQL; in SQLite the lock goes with the process that held it."""
    if place.kind == "postgres":
        hung, other = opened(lock_seconds=1), opened(lock_seconds=10)
        with hung._store.writing((), BEGINNING):
            assert other.record(fill_pot(1)).position == 1
        assert hung.record(fill_pot(1)).position == 2


def test_a_folder_that_cannot_be_written_is_an_outage(place: Place, opened: Opener) -> None:
    bad = Place("sqlite", "sqlite:///proc/nowhere/ledger.db", place.keys_url, place.folder, "")
    with pytest.raises(Unavailable):
        bad.open()


def test_a_closed_ledger_says_that_it_is_away(place: Place) -> None:
    ledger = place.open()
    ledger.record(fill_pot(1))
    ledger.close()
    ledger.close()
    for attempt in (ledger.head, lambda: ledger.record(fill_pot(1)), lambda: ledger.state(pot())):
        with pytest.raises(Unavailable):
            attempt()


def test_an_outage_of_the_keys_is_an_outage_of_what_needs_them(
    ledger: Ledger, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise psycopg.OperationalError("away")

    asked = take(1, None, note="x")
    ledger.record(fill_pot(5))
    monkeypatch.setattr(ledger._keys._table, "find", away)
    with pytest.raises(Unavailable) as outage:
        ledger.record(asked)
    assert outage.value.params["database"] == "keys"
    both = ledger.record_all([fill_pot(1), asked])
    assert [type(result) for result in both] == [Unavailable, Unavailable]
    assert ledger.record(fill_pot(1)).position == 2
    monkeypatch.undo()
    assert ledger.record(asked).position == 4


def test_a_database_fault_that_is_no_outage_is_unexpected(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    insert = type(ledger._store).insert_answers
    poison = fill_pot(66)
    secret = "a value that must not be logged"

    def insert_answers(self: Any, answers: Any, transaction: Any) -> None:
        if any(answer.id == poison.id for answer in answers):
            raise sqlite3.IntegrityError(secret)
        insert(self, answers, transaction)

    monkeypatch.setattr(type(ledger._store), "insert_answers", insert_answers)
    results = ledger.record_all([fill_pot(1), poison, register(take().id), fill_pot(1)])
    assert [type(result) for result in results] == [Receipt, Unexpected, Receipt, Receipt]
    assert secret not in caplog.text
    assert [r.envelope.position for r in ledger.events(0, 10)] == [1, 2, 3]
    state: Any = ledger.state(pot())
    assert state.coins == 2


def test_a_writer_that_ignores_the_lock_is_caught_by_the_tables(
    place: Place, opened: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    """On PostgreSQL; SQLite lets nobody write beside the lock."""
    if place.kind == "postgres":
        ledger = opened()
        settle = ledger._recording._settle

        def interrupted(batch: Any, command: Any) -> Any:
            with psycopg.connect(place.url) as beside:
                beside.execute(
                    "INSERT INTO ledger.stored_events VALUES (1, 'agreement/x', 1, 'PotFilled:1', '')"
                )
            ledger._recording._settle = settle  # type: ignore[method-assign]
            return settle(batch, command)

        ledger._recording._settle = interrupted  # type: ignore[method-assign]
        with pytest.raises(Unexpected):
            ledger.record(fill_pot(1))
        assert "UniqueViolation" in caplog.text
        assert ledger.record(fill_pot(1)).position == 2
