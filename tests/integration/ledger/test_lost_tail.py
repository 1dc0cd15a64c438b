"""Entries that were answered for are gone: an older backup was brought back."""

import logging
import threading
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from domain.errors import LedgerLost, Unavailable
from ledger.ledger import Ledger
from ledger.urls import sqlite_path
from tests.integration.ledger.backups import back_up
from tests.integration.ledger.place import Opener, Place, fill_pot, take
from tests.integration.ledger.toy import pot
from tests.support.waiting import PATIENCE


def filled(ledger: Ledger, times: int) -> None:
    for _ in range(times):
        ledger.record(fill_pot(1))


@pytest.mark.parametrize("then", [0, 1, 3, 4])
def test_a_lost_tail_is_seen_though_it_was_overtaken(
    place: Place, opened: Opener, caplog: pytest.LogCaptureFixture, then: int
) -> None:
    """Head 6, then 3, and then 3, 4, 6 or 7: each is seen, the last two by content alone."""
    remembering = opened()
    filled(remembering, 3)
    backup = back_up(place)
    filled(remembering, 3)
    backup.bring_back()
    other = opened()
    filled(other, then)
    caplog.set_level(logging.CRITICAL)
    for attempt in (
        lambda: remembering.record(fill_pot(1)),
        lambda: remembering.state(pot()),
        lambda: remembering.check(fill_pot(1)),
    ):
        with pytest.raises(LedgerLost) as lost:
            attempt()
        assert lost.value.params["position"] == 6
    assert "position 6" in caplog.text
    assert len(caplog.records) == 1
    assert remembering.head() == len(remembering.history(pot())) == 3 + then


def test_nobody_decides_anything_until_it_is_accepted_and_then_everybody_does(
    place: Place, opened: Opener
) -> None:
    remembering, other = opened(), opened()
    filled(remembering, 2)
    backup = back_up(place)
    filled(remembering, 2)
    assert other.state(pot()).version == 4
    backup.bring_back()
    with pytest.raises(LedgerLost):
        remembering.record(fill_pot(1))
    new = opened()
    for ledger in (other, new, remembering):
        with pytest.raises(LedgerLost):
            ledger.record(fill_pot(1))
        assert ledger.upkeep.lost is not None
        assert ledger.record_all([fill_pot(1), fill_pot(1)])[1].code == "ledger_lost"  # type: ignore[union-attr]
    new.upkeep.accept_loss()
    for number, ledger in enumerate((other, new, remembering), 3):
        assert ledger.upkeep.lost is None
        assert ledger.state(pot()).version == number - 1
        assert ledger.record(fill_pot(1)).version == number


def test_one_that_slept_through_it_forgets_what_it_kept(place: Place, opened: Opener) -> None:
    sleeping, other = opened(), opened()
    filled(sleeping, 2)
    backup = back_up(place)
    sleeping.record(fill_pot(100))
    backup.bring_back()
    late = opened()
    late.record(fill_pot(1))
    with pytest.raises(LedgerLost):
        other.require(3, uuid4(), "the views")
    late.upkeep.accept_loss()
    late.record(fill_pot(1))
    with pytest.raises(Unavailable):
        sleeping.record(fill_pot(1))
    state: Any = sleeping.state(pot())
    assert (state.coins, state.version) == (4, 4)
    assert sleeping.record(fill_pot(1)).position == 5


def test_a_second_loss_needs_a_second_acceptance(place: Place, opened: Opener) -> None:
    ledger = opened()
    filled(ledger, 2)
    first = back_up(place)
    filled(ledger, 1)
    first.bring_back()
    with pytest.raises(LedgerLost):
        ledger.state(pot())
    ledger.upkeep.accept_loss()
    filled(ledger, 2)
    second = back_up(place)
    filled(ledger, 1)
    second.bring_back()
    with pytest.raises(LedgerLost):
        ledger.state(pot())
    assert opened().upkeep.lost is not None


def test_what_others_remember_is_asked_of_the_ledger(place: Place, opened: Opener) -> None:
    ledger = opened()
    filled(ledger, 2)
    backup = back_up(place)
    filled(ledger, 1)
    remembered = ledger.event_id(3)
    assert remembered is not None
    ledger.require(3, remembered, "the views")
    ledger.require(0, uuid4(), "new views")
    backup.bring_back()
    new = opened()
    filled(new, 1)
    with pytest.raises(LedgerLost) as lost:
        new.require(3, remembered, "the views")
    assert lost.value.params == {"position": 3}
    with pytest.raises(LedgerLost):
        opened().record(fill_pot(1))


def test_a_command_whose_answer_was_lost_is_decided_anew(place: Place, opened: Opener) -> None:
    ledger = opened()
    filled(ledger, 1)
    backup = back_up(place)
    lost, asked = fill_pot(1), take(1)
    ledger.record_all([lost, asked])
    backup.bring_back()
    with pytest.raises(LedgerLost):
        ledger.record(asked)
    assert ledger.receipt(asked.id) is None
    ledger.upkeep.accept_loss()
    assert ledger.record(asked).position == 3


def test_a_process_does_not_write_into_a_file_that_another_took_the_place_of(
    place: Place, opened: Opener
) -> None:
    """On SQLite; the replacement comes between the lock and the commit."""
    if place.kind == "sqlite":
        ledger = opened()
        filled(ledger, 1)
        backup = back_up(place)
        filled(ledger, 1)
        store: Any = ledger._store
        insert = store.insert_answers

        def insert_answers(*args: Any) -> None:
            insert(*args)
            backup.bring_back()

        store.insert_answers = insert_answers
        with pytest.raises(Unavailable):
            ledger.record(fill_pot(1))
        store.insert_answers = insert
        with pytest.raises(LedgerLost):
            ledger.record(fill_pot(1))
        assert opened().head() == 1


def test_a_file_that_is_gone_is_an_outage_until_it_is_back(place: Place, opened: Opener) -> None:
    """On SQLite; its log goes with it, as when a disk is not there."""
    if place.kind == "sqlite":
        ledger = opened()
        filled(ledger, 2)
        path = sqlite_path(place.url)
        assert path is not None
        files = list(path.parent.glob(f"{path.name}*"))
        away = [file.rename(Path(f"{file.parent}/away-{file.name}")) for file in files]
        with pytest.raises(Unavailable):
            ledger.record(fill_pot(1))
        with pytest.raises(Unavailable):
            ledger.state(pot())
        for file, there in zip(away, files, strict=True):
            file.rename(there)
        assert ledger.record(fill_pot(1)).version == 3


def test_what_was_being_read_when_the_tail_was_lost_is_not_kept(
    place: Place, opened: Opener
) -> None:
    ledger = opened()
    filled(ledger, 2)
    backup = back_up(place)
    ledger.record(fill_pot(100))
    reading, go_on = threading.Event(), threading.Event()
    slow = opened()
    store: Any = slow._store
    select = store.select_events

    def select_events(*args: Any, **kwargs: Any) -> Any:
        rows = select(*args, **kwargs)
        reading.set()
        go_on.wait(PATIENCE)
        return rows

    store.select_events = select_events
    thread = threading.Thread(target=lambda: slow.state(pot()))
    thread.start()
    assert reading.wait(PATIENCE)
    store.select_events = select
    backup.bring_back()
    with pytest.raises(LedgerLost):
        slow.record(fill_pot(1))
    go_on.set()
    thread.join()
    slow.upkeep.accept_loss()
    state: Any = slow.state(pot())
    assert (state.coins, state.version) == (2, 2)
