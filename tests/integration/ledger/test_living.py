"""Who is at work on a ledger, and when they are forgotten."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import pytest

from ledger.ground.living import Living
from ledger.opening import open_living
from ledger.postgres import living as on_postgres
from tests.integration.ledger.place import Place
from tests.support.halting import halted
from tests.support.processes import OTHERS
from tests.support.waiting import PATIENCE, until


@pytest.fixture
def living(place: Place) -> Iterator[Living]:
    with closing(open_living(place.url)) as living:
        yield living


def known(living: Living) -> list[tuple[str, int]]:
    return [(each.part, each.reads) for each in living.everybody()]


def work(place: Place, told: Connection) -> None:
    with closing(open_living(place.url)) as living, living.at_work("worker", 3):
        told.send("at work")
        signal.pause()


def started(place: Place) -> BaseProcess:
    """Another process, at work."""
    here, there = OTHERS.Pipe()
    process = OTHERS.Process(target=work, args=(place, there))
    process.start()
    assert here.poll(PATIENCE)
    return process


def killed(process: BaseProcess) -> None:
    process.kill()
    process.join(PATIENCE)


def test_a_process_is_known_while_it_is_at_work(living: Living, place: Place) -> None:
    with living.at_work("api", 2), closing(open_living(place.url)) as other:
        assert known(other) == known(living) == [("api", 2)]
        (alive,) = living.everybody()
        assert str(os.getpid()) in alive.place
        with other.at_work("api", 1), other.at_work("projector", 2):
            assert sorted(known(living)) == [("api", 1), ("api", 2), ("projector", 2)]
    assert known(living) == []


def test_another_process_is_known_and_one_that_was_killed_is_forgotten(
    living: Living, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = started(place)
    try:
        assert known(living) == [("worker", 3)]
    finally:
        killed(process)
    monkeypatch.setattr(on_postgres, "SILENT_SECONDS", 0)
    assert known(living) == []


def test_one_that_is_frozen_is_still_counted(living: Living, place: Place) -> None:
    process = started(place)
    try:
        with halted(process.pid or 0):
            assert known(living) == [("worker", 3)]
    finally:
        killed(process)


def test_who_lives_says_so_again_and_again(
    living: Living, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(on_postgres, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(on_postgres, "SILENT_SECONDS", 1)
    with living.at_work("worker", 1):
        time.sleep(1.5)
        until(lambda: known(living) == [("worker", 1)], "nobody says that it lives")
