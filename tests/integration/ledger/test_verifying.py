"""Whatever the owner of the machine does to the events is found, on both databases."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import Notification

from domain.message import Role
from ledger.ledger import Ledger
from ledger.proof.log import READS, Log
from ledger.proof.sealing import Pauses, Sealer, sealing
from ledger.proof.tiles import WIDTH, Tiles
from ledger.reads.looked import Looked
from ledger.reads.opening import open_reads
from ledger.verifying import rows
from ledger.verifying.signed import Differs, Unusable, kept_by
from ledger.verifying.stretches import Doubt, look_over
from ledger.verifying.together import LookedOver, Together
from ledger.verifying.whole import Walk, verify
from tests.integration.ledger.owner import Owner, owner_of
from tests.integration.ledger.place import Opener, Place, fill_pot, register, take
from tests.integration.ledger.test_sealing import seal
from tests.support.logged import House

MANY = 100


@pytest.fixture
def log(ledger: Ledger) -> Log:
    """A hundred events of several streams, sealed twice."""
    fill(ledger, 30)
    seal(ledger)
    ledger.sealed.checkpoint()
    fill(ledger, MANY - 30)
    seal(ledger)
    ledger.sealed.checkpoint()
    return ledger.sealed


def fill(ledger: Ledger, events: int) -> None:
    begun = ledger.head()
    while (left := begun + events - ledger.head()) > 0:
        person = uuid4()
        steps = [fill_pot(5)] if left < 4 else [register(person), fill_pot(3), take(1, person)]
        for result in ledger.record_all(steps):
            assert not isinstance(result, Exception)


def stored(log: Log) -> list[Notification]:
    return list(log.store.select_notifications(0, 10_000))


def found(log: Log, **given: Any) -> Differs:
    with pytest.raises(Differs) as differs:
        verify(log, **given)
    return differs.value


def looked_over(log: Log) -> LookedOver:
    """As by processes of their own."""
    return lambda asked: (look_over(each, log.store, log.room) for each in asked)


def in_doubt(log: Log) -> bool:
    signed = kept_by(log, log.verifier_keys())
    together = Together(log, signed, None)
    try:
        together.over(looked_over(log)(together.asked()), lambda _done, _of: None)
    except Doubt:
        return True
    return False


def test_what_was_left_alone_is_well(log: Log, ledger: Ledger) -> None:
    verified = verify(log)
    assert verified == verify(log, looked_over=looked_over(log))
    assert (verified.events, verified.sealed, verified.streams_at) == (MANY, MANY, MANY)
    assert verified.checkpoints == 3
    fill(ledger, 5)
    verified = verify(log)
    assert (verified.events, verified.sealed) == (MANY + 5, MANY)


def flips(row: Notification) -> Iterator[Notification]:
    """The row with a byte of a column changed: each byte of each column, each by another bit."""
    stream = str(row.originator_id).encode()
    for at in range(len(stream)):
        yield replace(row, originator_id=flipped(stream, at).decode())
    for at in range(len(row.topic)):
        yield replace(row, topic=flipped(row.topic.encode(), at).decode())
    for bit in range(63):
        yield replace(row, originator_version=row.originator_version ^ 1 << bit)
        yield replace(row, id=row.id ^ 1 << bit)
    for at in range(len(row.state)):
        yield replace(row, state=flipped(row.state, at))


def flipped(data: bytes, at: int) -> bytes:
    return bytes([*data[:at], data[at] ^ 1 << at % 7, *data[at + 1 :]])


def position_of(changed: Notification, position: int, walk: Walk, tiles: Tiles) -> int | None:
    """Where the row is found to be wrong that stands behind those walked over."""
    try:
        rows.require_event(changed, position)
        walk.add(changed, tiles)
    except Differs as differs:
        return differs.position
    return None


@pytest.mark.parametrize(
    "more",
    [0, pytest.param(900, marks=[pytest.mark.rare, pytest.mark.timeout(1800)])],
)
def test_one_flip_in_any_byte_of_any_column_is_found_at_its_event(
    place: Place, log: Log, ledger: Ledger, more: int
) -> None:
    if place.kind != "sqlite":
        pytest.skip("what is compared is the rows, however they were read")
    fill(ledger, more)
    log.catch_up()
    walk = Walk(log, kept_by(log, log.verifier_keys()))
    with log.room.reading() as statements:
        tiles = Tiles(statements, log.name)
        for row in stored(log):
            for changed in flips(row):
                assert position_of(changed, row.id, copy(walk), tiles) == row.id
            walk.add(row, tiles)
    walk.end()


def changed_state(owner: Owner, log: Log) -> None:
    (row,) = log.store.select_notifications(41, 1)
    owner.set(41, "state", row.state.replace(b'"recorded_at":"2', b'"recorded_at":"3'))


def cut_off(owner: Owner, _log: Log) -> None:
    owner.execute("DELETE FROM stored_events WHERE position >= 41")


@pytest.mark.parametrize("column", ["originator_id", "topic", "state", "originator_version"])
def test_what_is_of_no_events_kind_is_found_where_it_stands(
    place: Place, log: Log, column: str
) -> None:
    """SQLite keeps anything in any column."""
    if place.kind != "sqlite":
        pytest.skip("a column of PostgreSQL's has one type")
    with owner_of(place) as owner:
        owner.execute(
            f"UPDATE stored_events SET {column} = cast(x'ff00ff' AS TEXT) WHERE position = 41"  # noqa: S608
        )
    assert found(log).position == 41


def remade(place: Place, log: Log, ledger: Ledger) -> None:
    """As who has the machine and its keys may: an event, the tree, and every signature anew."""
    with owner_of(place) as owner:
        changed_state(owner, log)
    anew = stored(log)
    log.cut(0)
    log.extend(anew)


def test_a_ledger_written_anew_with_hashes_and_head_contradicts_its_checkpoints(
    place: Place, log: Log, ledger: Ledger
) -> None:
    remade(place, log, ledger)
    differs = found(log)
    assert differs.position == 31
    assert "from here to 100" in differs.said


def test_and_when_those_are_gone_too_what_was_kept_outside(
    place: Place, opened: Opener, log: Log, ledger: Ledger
) -> None:
    first, second = (str(each.note).encode() for each in log.checkpoints())
    remade(place, log, ledger)
    if place.kind == "sqlite":
        with log.room.writing() as statements:
            statements.execute("DROP TRIGGER checkpoints_no_delete", ())
            statements.execute("DELETE FROM checkpoints", ())
        verify(log, [("the first", first)])
    outside = [("the first", first), ("the second", second)]
    assert found(log, outside=outside).position == 31
    assert found(log, outside=outside, looked_over=looked_over(log)).position == 31


def test_a_ledger_that_is_shorter_than_what_was_signed_is_found(
    place: Place, log: Log, ledger: Ledger
) -> None:
    outside = str(log.checkpoints()[-1].note).encode()
    with owner_of(place) as owner:
        cut_off(owner, log)
    log.cut(40)
    differs = found(log, outside=[("the last", outside)])
    assert differs.position == 41


def test_what_is_given_to_compare_with_is_looked_at_first(log: Log) -> None:
    ours = str(log.checkpoints()[0].note)
    for why, told in (
        ("no signed note", b"nothing"),
        ("no checkpoint", b"\xff\xfe"),
        ("another ledger", ours.replace(log.origin, "jisr/another").encode()),
        ("no signature is by a key", ours.replace(f"— {log.origin}", "— jisr/x").encode()),
        ("not that of this text", ours.replace("\n30\n", "\n31\n").encode()),
    ):
        with pytest.raises(Unusable, match=why):
            verify(log, [("it", told)])
    other = House("jisr/another").vkey
    forged = House(log.origin, secret=2).vkey
    for why, key in (("--key", "nothing"), ("a key of", other), ("by none of the keys", forged)):
        with pytest.raises(Unusable, match=why):
            verify(log, keys=[key])
    verify(log, keys=[forged, *(str(key) for key in log.verifier_keys())])


def test_a_tree_that_was_changed_is_found(log: Log) -> None:
    for number, position in ((0, 1), (31, 1), (40 * 32, 41), (99 * 32 + 31, MANY)):
        with log.room.writing() as statements:
            tiles = "SELECT hashes FROM tiles WHERE log = ? AND level = 0"
            (kept,) = statements.execute(tiles, (log.name,))[0]
            changed = bytearray(kept)
            changed[number] ^= 1
            change = "UPDATE tiles SET hashes = ? WHERE log = ? AND level = 0"
            statements.execute(change, (bytes(changed), log.name))
        assert found(log).position == position
        assert in_doubt(log)
        with log.room.writing() as statements:
            statements.execute(change, (bytes(kept), log.name))
    assert not in_doubt(log)


def test_an_erasure_takes_nothing_from_the_proof(ledger: Ledger) -> None:
    person = uuid4()
    ledger.record_all([register(person), fill_pot(1), take(1, person, note="a word")])
    seal(ledger)
    ledger.sealed.checkpoint()
    ledger.destroy_key(person)
    assert verify(ledger.sealed).streams_at == ledger.head()


def test_a_loss_that_somebody_accepted_is_told_and_hides_nothing_else(
    place: Place, log: Log, ledger: Ledger
) -> None:
    outside = str(log.checkpoints()[-1].note).encode()
    with owner_of(place) as owner:
        cut_off(owner, log)
    log.cut(40)
    assert found(log).position == 41
    accepted = log.clock()
    verified = verify(log, accepted=accepted)
    assert verified.given_up == (f"checkpoint 2, of {MANY} events",)
    assert verified == verify(log, accepted=accepted, looked_over=looked_over(log))
    assert (verified.events, verified.sealed, verified.streams_at) == (40, 40, 40)
    assert found(log, outside=[("it", outside)], accepted=accepted).position == 41
    with owner_of(place) as owner:
        owner.set(41, "topic", "PotFilled:9")
        owner.set(7, "topic", "PotFilled:9")
    assert found(log, accepted=accepted).position == 7


@pytest.mark.parametrize("table", ["heads", "checkpoints"])
def test_what_was_signed_and_is_not_any_more_is_found(place: Place, log: Log, table: str) -> None:
    if place.kind != "sqlite":
        pytest.skip("the service's role has no right to it on PostgreSQL")
    (kept,) = [each for each in log.checkpoints() if each.number == 1]
    note = str(kept.note)
    with log.room.writing() as statements:
        statements.execute("DROP TRIGGER checkpoints_no_update", ())
    for told in (
        note[:-9],
        "nothing",
        note.replace("\n30\n", "\n29\n"),
        note.replace("— j", "— i"),
    ):
        with log.room.writing() as statements:
            statements.execute(f"UPDATE {table} SET note = ?", (told,))  # noqa: S608
        assert found(log).said


def test_the_log_of_readings_is_verified_as_the_ledger_is(ledger: Ledger, tmp_path: Path) -> None:
    looked = Looked(at=ledger.now(), staff=uuid4(), role=Role.AUDITOR, query="get_case")
    with open_reads(f"sqlite://{tmp_path}/reads.db", ledger.id) as reads:
        for _ in range(3):
            reads.submit([looked]).result()
        log = ledger.sealed.beside(READS, reads.store)
        log.catch_up()
        log.checkpoint()
        key = str(ledger.sealed.verifier_keys()[0])
        verified = verify(log, keys=[key])
        assert (verified.events, verified.sealed, verified.streams_at) == (3, 3, 3)
        with closing(sqlite3.connect(tmp_path / "reads.db")) as owner, owner:
            owner.execute("DROP TRIGGER stored_events_no_update")
            owner.execute("UPDATE stored_events SET state = '{}' WHERE position = 2")
        assert found(log).position == 2


def test_a_tree_that_was_changed_higher_up_is_found(ledger: Ledger) -> None:
    log = ledger.sealed
    for result in ledger.record_all([fill_pot(1) for _ in range(2 * WIDTH + 9)]):
        assert not isinstance(result, Exception)
    for size in (1, WIDTH, WIDTH + 1):
        log.extend(stored(log)[:size])
        log.checkpoint()
    log.catch_up()
    verified = verify(log)
    assert (verified.events, verified.checkpoints) == (2 * WIDTH + 9, 4)
    assert verified == verify(log, looked_over=looked_over(log))
    assert not in_doubt(log)
    with log.room.writing() as statements:
        tile = "SELECT hashes FROM tiles WHERE log = ? AND level = 1"
        changed = bytearray(statements.execute(tile, (log.name,))[0][0])
        changed[-1] ^= 1
        change = "UPDATE tiles SET hashes = ? WHERE log = ? AND level = 1"
        statements.execute(change, (bytes(changed), log.name))
    assert found(log).position == WIDTH + 1
    assert in_doubt(log)


def test_it_is_verified_while_others_record_and_seal(ledger: Ledger, opened: Opener) -> None:
    fill(ledger, 20)
    with sealing(Sealer(ledger.sealed, pauses=Pauses(gather=0.01))):
        for _ in range(10):
            fill(ledger, 3)
            assert verify(ledger.sealed).events >= ledger.head()


def test_a_key_that_was_made_after_the_keys_were_read_is_known(ledger: Ledger) -> None:
    known = ledger.sealed.verifier_keys()
    ledger.record(fill_pot(1))
    ledger.sealed.catch_up()
    ledger.sealed.checkpoint()
    assert [each.checkpoint.size for each in kept_by(ledger.sealed, known)] == [1, 1, 1]
