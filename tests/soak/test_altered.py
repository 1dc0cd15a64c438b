"""Two hundred thousand events, of which one byte is changed somewhere, again and again: it is found."""

import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from eventsourcing.persistence import Notification, StoredEvent

from ledger.bundle import verify
from ledger.bundle.export import checkpoint_now
from ledger.proof.log import Log
from ledger.store import ANYWHERE
from ledger.verifying.signed import Differs
from ledger.verifying.whole import verify as verify_here
from tests.integration.ledger.owner import owner_of
from tests.integration.ledger.place import Place
from tests.support import bundled, logged

pytestmark = [pytest.mark.rare, pytest.mark.timeout(1800)]

MANY = 200_000
TIMES = 200
TIMES_HERE = 20
ABOUT = (
    b'{"e":{"event_id":"%d","occurred_on":"","recorded_at":"","step":"","actor":"","origin":"",'
    b'"command_id":""},"d":"%s"}'
)


@pytest.fixture(scope="module")
def events() -> list[Notification]:
    return logged.events(MANY, streams=MANY // 40, most=400)


def test_of_a_bundle(events: Sequence[Notification], tmp_path: Path) -> None:
    path = bundled.whole(tmp_path / "all.tar", events, earlier=[1000, 150_000])
    chance, size = Random(), path.stat().st_size
    file = os.open(path, os.O_RDWR)
    for _ in range(TIMES):
        at, bit = chance.randrange(size), 1 << chance.randrange(8)
        (byte,) = os.pread(file, 1, at)
        os.pwrite(file, bytes([byte ^ bit]), at)
        with pytest.raises((verify.Altered, verify.Unusable)):
            verify.check(path)
        os.pwrite(file, bytes([byte]), at)
    os.close(file)
    verify.check(path)


def fill(log: Log, events: Sequence[Notification]) -> None:
    for at in range(0, len(events), 1000):
        rows = [
            StoredEvent(
                each.originator_id,
                each.originator_version,
                each.topic,
                ABOUT % (each.id, each.state.hex().encode()),
            )
            for each in events[at : at + 1000]
        ]
        with (
            log.store.writing((), ANYWHERE) as transaction,
            log.store.committing(transaction),
        ):
            log.store.insert_events(rows, transaction=transaction)


def test_of_a_ledger(events: Sequence[Notification], tmp_path: Path) -> None:
    url = f"sqlite://{tmp_path}/ledger.db"
    place = Place("sqlite", url, f"sqlite://{tmp_path}/keys.db", tmp_path, url)
    ledger = place.open()
    log, chance = ledger.sealed, Random()
    fill(log, events)
    checkpoint_now(log)
    verify_here(log)
    for _ in range(TIMES_HERE):
        position = chance.randint(1, MANY)
        (row,) = log.store.select_notifications(position, 1)
        at = chance.randrange(len(row.state))
        changed = bytearray(row.state)
        changed[at] ^= 1 << chance.randrange(8)
        with owner_of(place) as owner:
            owner.set(position, "state", bytes(changed))
        with pytest.raises(Differs) as differs:
            verify_here(log)
        assert differs.value.position == position
        with owner_of(place) as owner:
            owner.set(position, "state", row.state)
    verify_here(log)
    ledger.close()
