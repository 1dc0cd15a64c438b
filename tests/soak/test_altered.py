"""Two hundred thousand events, of which something is changed by chance, again and again: it is found.

In a bundle and where the ledger stands, on both databases; and where whoever did it made every hash and
every signature anew, against a checkpoint that was kept outside. Each prints its seed: `SEED` sees it again.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random, randrange
from typing import Any

import psycopg
import pytest
from eventsourcing.persistence import Notification, StoredEvent

from ledger.bundle import verify
from ledger.bundle.export import checkpoint_now
from ledger.ledger import Ledger
from ledger.proof.log import Log
from ledger.store import ANYWHERE
from ledger.verifying.signed import Differs
from ledger.verifying.whole import verify as verify_here
from tests.integration.ledger.owner import Owner, owner_of
from tests.integration.ledger.place import Place
from tests.support import bundled, logged

pytestmark = [pytest.mark.rare, pytest.mark.timeout(3600)]

MANY = 200_000
EARLIER = 150_000
"""The size of the checkpoint before the last."""
TIMES = 200
TIMES_HERE = 40
TIMES_ANEW = 10
SEED = int(os.environ.get("SEED") or randrange(10**9))
ABOUT = (
    b'{"e":{"event_id":"%d","occurred_on":"","recorded_at":"","step":"","actor":"","origin":"",'
    b'"command_id":""},"d":"%s"}'
)


@pytest.fixture
def chance() -> Random:
    print(f"seed {SEED}")
    return Random(SEED)


@pytest.fixture(scope="module")
def events() -> list[Notification]:
    return logged.events(MANY, streams=MANY // 40, most=400)


def test_a_byte_of_a_bundle(events: Sequence[Notification], tmp_path: Path, chance: Random) -> None:
    path = bundled.whole(tmp_path / "all.tar", events, earlier=[1000, EARLIER])
    size = path.stat().st_size
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


def test_an_event_in_a_bundle_that_was_made_and_signed_anew(
    events: Sequence[Notification], tmp_path: Path, chance: Random
) -> None:
    """The bundle is well by itself: the checkpoints outside say from where on it is another."""
    house = logged.House()
    outside = [tmp_path / f"{size}" for size in (1000, EARLIER, MANY)]
    for each in outside:
        each.write_bytes(house.checkpoint(events[: int(each.name)]))
    for number in range(TIMES_ANEW):
        bad = chance.randrange(MANY)
        other = [*events]
        was = other[bad]
        other[bad] = Notification(
            was.originator_id, was.originator_version, was.topic, was.state + b"0", id=was.id
        )
        path = bundled.whole(tmp_path / f"{number}.tar", other, earlier=[chance.randrange(1, MANY)])
        verify.check(path)
        with pytest.raises(verify.Altered) as altered:
            verify.check(path, checkpoints=outside)
        before = [0, *(size for size in (1000, EARLIER) if size <= bad)]
        assert altered.value.position == before[-1] + 1, (bad, str(altered.value))
        path.unlink()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("altered")
    if request.param == "sqlite":
        url = f"sqlite://{folder}/ledger.db"
        return Place("sqlite", url, f"sqlite://{folder}/keys.db", folder, url)
    server, emptied = (request.getfixturevalue(name) for name in ("postgres", "emptied"))
    database = emptied.database()
    url = database.service_url
    return Place("postgres", url, url, server.folder, database.owner_url)


@pytest.fixture(scope="module")
def ledger(place: Place, events: Sequence[Notification]) -> Iterator[Ledger]:
    """With checkpoints at two sizes."""
    ledger = place.open()
    for some in (events[:EARLIER], events[EARLIER:]):
        fill(ledger.sealed.store, some)
        checkpoint_now(ledger.sealed)
    yield ledger
    ledger.close()


def fill(store: Any, events: Sequence[Notification]) -> None:
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
            store.writing((), ANYWHERE) as transaction,
            store.committing(transaction),
        ):
            store.insert_events(rows, transaction=transaction)


def row_of(log: Log, position: int) -> Notification:
    (row,) = log.store.select_notifications(position, 1)
    return row


def change(owner: Owner, row: Notification, chance: Random) -> None:
    """One column of it by chance, by one bit, or the row's place."""
    match chance.randrange(5):
        case 0:
            owner.set(
                row.id, "originator_id", turned(str(row.originator_id).encode(), chance).decode()
            )
        case 1:
            owner.set(
                row.id, "originator_version", row.originator_version ^ 1 << chance.randrange(31)
            )
        case 2:
            owner.set(row.id, "topic", turned(row.topic.encode(), chance).decode())
        case 3:
            owner.set(row.id, "position", MANY + 1 + chance.randrange(1000))
        case _:
            owner.set(row.id, "state", turned(row.state, chance))


def turned(data: bytes, chance: Random) -> bytes:
    """Still text where it was."""
    at = chance.randrange(len(data))
    return bytes([*data[:at], data[at] ^ 1 << chance.randrange(5), *data[at + 1 :]])


def put_back(owner: Owner, row: Notification) -> None:
    columns = "position, originator_id, originator_version, topic, state"
    owner.execute("DELETE FROM stored_events WHERE position = ? OR position > ?", row.id, MANY)
    owner.execute(
        f"INSERT INTO stored_events ({columns}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 (constants)
        *(row.id, str(row.originator_id), row.originator_version, row.topic, row.state),
    )


def test_a_column_of_the_ledger_that_stands(place: Place, ledger: Ledger, chance: Random) -> None:
    log = ledger.sealed
    verify_here(log)
    for _ in range(TIMES_HERE):
        row = row_of(log, chance.randint(1, MANY))
        try:
            with owner_of(place) as owner:
                change(owner, row, chance)
        except (sqlite3.IntegrityError, psycopg.errors.UniqueViolation):
            continue  # the place of another event: the table itself has no room for it
        with pytest.raises(Differs) as differs:
            verify_here(log)
        assert differs.value.position == row.id, str(differs.value)
        with owner_of(place) as owner:
            put_back(owner, row)
    verify_here(log)


def test_an_event_of_the_ledger_under_a_tree_and_signatures_made_anew(
    place: Place, ledger: Ledger, chance: Random
) -> None:
    log = ledger.sealed
    outside = [(f"of {each.size}", str(each.note).encode()) for each in log.checkpoints()]
    for _ in range(TIMES_ANEW):
        row = row_of(log, chance.randint(1, MANY))
        with owner_of(place) as owner:
            owner.set(row.id, "state", row.state[:-3] + b'-"}')
        write_anew(place, log)
        assert verify_here(log).events == MANY
        with pytest.raises(Differs) as differs:
            verify_here(log, outside)
        first = EARLIER + 1 if row.id > EARLIER else 1
        assert (differs.value.position, differs.value.up_to) == (
            first,
            EARLIER if first == 1 else MANY,
        )
        with owner_of(place) as owner:
            put_back(owner, row)
    write_anew(place, log)
    verify_here(log, outside)


def write_anew(place: Place, log: Log) -> None:
    """The owner, who has the keys, takes away the tree, its head and every checkpoint, and signs others."""
    forget_what_was_signed(place, log)
    log.cut(0)
    forget_what_was_signed(place, log)
    while rows := log.store.select_notifications(size_of(log), 1000, inclusive_of_start=False):
        log.extend(rows)
    log.checkpoint()


def size_of(log: Log) -> int:
    head = log.head()
    return head.size if head else 0


def forget_what_was_signed(place: Place, log: Log) -> None:
    proof = Place(
        place.kind,
        place.url.replace("ledger.db", "ledger.db.proof"),
        place.keys_url,
        place.folder,
        place.owner_url,
    )
    room = "" if place.kind == "sqlite" else "proof."
    with owner_of(proof) as owner:
        for table in ("checkpoints", "heads", "tiles", "streams"):
            if room:
                owner.execute(f"ALTER TABLE {room}{table} DISABLE TRIGGER USER")
            owner.execute(f"DELETE FROM {room}{table} WHERE log = ?", log.name)  # noqa: S608
