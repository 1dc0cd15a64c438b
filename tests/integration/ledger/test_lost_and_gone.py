"""What a log is sealed on from: a loss that was accepted, or a tree that somebody took from."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from domain.errors import Unavailable
from ledger.ledger import Ledger
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.differences import lost_from
from ledger.proof.log import Log, LogDiffers
from ledger.proof.noted import NotedKeys
from ledger.proof.proofs import Inclusion, Proofs
from ledger.proof.remaking import remade
from ledger.proof.remembered import remember
from ledger.proof.sealing import Losses, Pauses, Sealer, sealing
from ledger.proof.streams import verify_version
from ledger.proof.tiles import TreeDamaged
from ledger.urls import sqlite_path
from ledger.verifying.signed import Differs
from ledger.verifying.whole import verify
from tests.integration.ledger.backups import back_up
from tests.integration.ledger.owner import owner_of
from tests.integration.ledger.place import Opener, Place
from tests.integration.ledger.test_sealing import filled, seal
from tests.integration.ledger.toy import pot
from tests.support.waiting import until


def sealed_at(ledger: Ledger, many: int) -> None:
    filled(ledger, many)
    seal(ledger)
    ledger.sealed.checkpoint()


def test_after_a_loss_checkpoints_and_proofs_are_of_what_is_there(
    place: Place, opened: Opener
) -> None:
    ledger = opened()
    sealed_at(ledger, 6)
    filled(ledger, 2)
    copy = back_up(place)
    sealed_at(ledger, 2)
    ledger.close()
    copy.bring_back()
    ledger = opened()
    log = ledger.sealed
    assert lost_from(log) == 9
    log.cut(8)
    assert [(each.number, each.size) for each in log.checkpoints()] == [(1, 6), (2, 10), (3, 8)]
    each_is_proved(log)
    sealed_at(ledger, 4)  # as many as were lost, and more
    each_is_proved(log)
    verified = verify(log, accepted=log.clock())
    assert (verified.given_up, verified.streams_at) == (("checkpoint 2, of 10 events",), 12)


def each_is_proved(log: Log) -> None:
    proofs, keys = Proofs(log), log.verifier_keys()
    for stored in log.store.select_notifications(0, 100):
        found = proofs.inclusion(stored, log.covering(stored.id))
        Inclusion.parsed(found.text).verify(keys)
    pots = proofs.all_of(pot())
    assert pots.kept.checkpoint.streams is not None
    told = verify_version(pot(), pots.proof, pots.kept.checkpoint.streams)
    assert told == pots.version == pots.kept.size


def test_a_loss_that_is_accepted_has_nothing_sealed_that_was_changed(
    place: Place, opened: Opener
) -> None:
    """Who has the machine changes an early event, drops the last, and has that accepted as a loss."""
    ledger = opened()
    sealed_at(ledger, 10)
    with owner_of(place) as owner:
        owner.set(3, "topic", "PotFilled:9")
        owner.execute("DELETE FROM stored_events WHERE position = 10")
    with pytest.raises(LogDiffers) as differs:
        lost_from(ledger.sealed)
    assert differs.value.position == 3
    told: list[int] = []
    losses = Losses(accepted=ledger.sealed.clock, report=told.append)
    quick = Pauses(gather=0.01, outage=0.01, differs=0.01)
    with sealing(Sealer(ledger.sealed, losses=losses, pauses=quick)):
        until(lambda: len(told) > 1)
    head = ledger.sealed.head()
    assert head is not None
    assert head.size == 10


@pytest.mark.parametrize(
    "taken",
    [
        "DELETE FROM heads",
        "UPDATE heads SET size = 4, note = (SELECT note FROM checkpoints WHERE number = 1)",
        "DELETE FROM tiles",
        "UPDATE tiles SET hashes = 'of another kind'",
    ],
)
def test_on_from_less_than_was_sealed_nothing_is_signed(
    place: Place, ledger: Ledger, taken: str
) -> None:
    """Or who rewrote the ledger would have the house itself sign that; recording goes on."""
    if place.kind != "sqlite":
        pytest.skip("the service's role has no right to it on PostgreSQL")
    for _ in range(2):
        sealed_at(ledger, 4)
    log = ledger.sealed
    with log.room.writing() as statements:
        statements.execute(taken, ())
    with pytest.raises(Differs):
        verify(log)
    filled(ledger, 1)
    with pytest.raises(TreeDamaged):
        log.catch_up()
    with pytest.raises(TreeDamaged):
        log.extend(log.store.select_notifications(0, 100))
    told: list[int] = []
    quick = Pauses(gather=0.01, outage=0.01, differs=0.01)
    with sealing(Sealer(log, losses=Losses(report=told.append), pauses=quick)):
        filled(ledger, 1)
    assert not told
    assert [each.size for each in log.checkpoints()] == [4, 8]


def emptied(log: Log) -> None:
    """As if the file had been deleted, and made anew by the next start."""
    with log.room.writing() as statements:
        statements.execute("DROP TRIGGER checkpoints_no_delete", ())
        for table in ("tiles", "heads", "streams", "checkpoints"):
            statements.execute(f"DELETE FROM {table}", ())  # noqa: S608 (ours)


def aged(log: Log) -> None:
    """As if an older file had been put in its place."""
    with log.room.writing() as statements:
        statements.execute("DROP TRIGGER checkpoints_no_delete", ())
        statements.execute("DELETE FROM checkpoints WHERE number = 2", ())
        older = "UPDATE heads SET size = 4, note = (SELECT note FROM checkpoints)"
        statements.execute(older, ())


def wiped(log: Log) -> None:
    """With the keys by which it was signed."""
    emptied(log)
    with log.room.writing() as statements:
        statements.execute("DELETE FROM signing_keys", ())


@pytest.mark.parametrize("take", [emptied, aged, wiped])
@pytest.mark.parametrize("topic", ["", "PotFilled:9"])
def test_a_tree_that_is_gone_or_older_is_known_by_the_key_store_and_made_anew_by_hand_alone(
    place: Place, ledger: Ledger, take: Callable[[Log], None], topic: str
) -> None:
    if place.kind != "sqlite":
        pytest.skip("the service's role has no right to it on PostgreSQL")
    for _ in range(2):
        sealed_at(ledger, 4)
    log = ledger.sealed
    if take is wiped:
        log.rotate()
    take(log)
    if topic:
        with owner_of(place) as owner:
            owner.set(7, "topic", topic)
    filled(ledger, 1)
    with pytest.raises(TreeDamaged):
        log.catch_up()
    with pytest.raises(TreeDamaged):
        log.checkpoint(anew=True)
    with pytest.raises(Differs, match=r"key store remembers|which is not here"):
        verify(log)
    if topic:
        with pytest.raises(LogDiffers):
            remade(log)
        with pytest.raises(TreeDamaged):
            log.catch_up()
    else:
        assert remade(log) == 8
        assert log.catch_up() == 9
        assert verify(log).sealed == 9
        assert remade(log) is None


@pytest.mark.parametrize("names", ["sealed-%", "s%-%"])
def test_nor_is_anything_signed_anew_where_what_was_remembered_is_gone_too(
    place: Place, ledger: Ledger, names: str
) -> None:
    """And with that the secret halves of what signed: the ledger itself notes by which key it was."""
    if place.kind != "sqlite":
        pytest.skip("the service's role has no right to it on PostgreSQL")
    sealed_at(ledger, 4)
    wiped(ledger.sealed)
    with closing(sqlite3.connect(sqlite_path(place.keys_url) or "")) as owner, owner:
        owner.execute("DELETE FROM secrets WHERE name LIKE ?", (names,))
    ways: tuple[Callable[[], object], ...] = (
        ledger.sealed.catch_up,
        lambda: remade(ledger.sealed),
        lambda: seal(ledger),
    )
    for way in ways:
        with pytest.raises(TreeDamaged):
            way()


def test_a_ledger_brought_back_with_its_tree_is_known_to_be_shorter(
    place: Place, ledger: Ledger
) -> None:
    sealed_at(ledger, 4)
    log = ledger.sealed
    then = log.clock()
    told = Checkpoint.parsed(log.checkpoints()[0].note.text)
    remember(log.keys, log.name, replace(told, size=6), then)
    with pytest.raises(LogDiffers) as differs:
        log.catch_up()
    assert differs.value.position == 5
    with pytest.raises(Differs, match="key store remembers"):
        verify(log)
    quick = Pauses(gather=0.01, outage=0.01, differs=0.01)
    losses = Losses(accepted=log.clock)
    with sealing(Sealer(log, losses=losses, pauses=quick)):
        until(lambda: len(log.checkpoints()) == 2)
    filled(ledger, 1)
    assert log.catch_up() == 5


@pytest.mark.parametrize("first", ["catch_up", "rotate"])
def test_a_key_is_noted_once_the_ledger_is_there_again(
    ledger: Ledger, first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable(database="ledger")

    filled(ledger, 1)
    log = ledger.sealed
    if first == "rotate":
        seal(ledger)
    with monkeypatch.context() as patched:
        patched.setattr(NotedKeys, "note", away)
        with pytest.raises(Unavailable):
            getattr(log, first)()
    log.remember()  # as who seals does each minute
    assert log.noted is not None
    assert len(log.noted.all()) == len(log.signing_keys())
