"""A checkpoint goes to a witness first, and whoever is sent it has the witness's signature under it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.applications import Starlette

from ledger.proof.checkpoint import Checkpoint
from ledger.proof.log import Log
from ledger.proof.notes import Signer, signed_note
from ledger.proof.signing import signers
from service.api.edge.connections import server_of
from service.checkpoints.recipients import recipients
from service.checkpoints.sending import AGAIN
from service.witness.cosigner import Cosigner
from service.witness.judging import Submitted, written
from service.witness.room import WitnessRoom
from service.witness.serving import served
from tests.integration.notify.test_checkpoints_sent import Clock, House
from tests.integration.projections.programme import Programme
from tests.support.waiting import until


@pytest.fixture
def house(programme: Programme) -> House:
    ledger = programme.ledger
    sealed, clock = ledger.sealed, Clock(ledger.now())
    return House(Log("ledger", sealed.origin, sealed.store, sealed.room, sealed.keys, clock), clock)


@contextmanager
def answering(app: Starlette) -> Iterator[str]:
    server = server_of(app, "127.0.0.1", 0, grace=1)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started, "the witness does not answer")
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def test_a_witness_signs_before_anybody_else_is_sent_it(house: House, tmp_path: Path) -> None:
    room, folder = WitnessRoom(tmp_path / "witness"), tmp_path / "given out"
    key = room.make("witness.example/w1")
    memory = room.memory(house.clock)
    first = house.seal(3)
    for each in house.log.verifier_keys():
        memory.trust(each)
    folder.mkdir()
    with answering(served(memory, room.cosigner())) as url:
        to = recipients([f"file://{folder}", f"witness+{url}#{key}"])
        house.send(to)
        house.seal(7)
        house.seal(7)
        house.send(to)
        kept = house.log.last_checkpoint()
        assert kept is not None
        assert kept.number == first.number + 2
        known = [*house.log.verifier_keys(), key]
        assert set(kept.note.verified([*known])) == {*known}
        assert (folder / "ledger" / "checkpoint").read_text("utf-8") == str(kept.note)
        assert [len(each.note.signatures) for each in house.log.checkpoints()] == [2, 1, 2]
        assert {each.failed for each in house.log.sendings().values()} == {None}
    house.seal(9)
    house.clock.now += AGAIN
    house.send(to)
    sent = house.log.sendings()
    assert [sent[str(each)].failed for each in to] == ["witness_away", None]


def test_a_witness_that_knows_another_history_is_told_of(house: House, tmp_path: Path) -> None:
    room = WitnessRoom(tmp_path / "witness")
    key, memory, kept = room.make("witness.example/w1"), room.memory(house.clock), house.seal(5)
    for each in house.log.verifier_keys():
        memory.trust(each)
    with house.log.room.writing() as statements:
        by = signers(statements, house.log.keys, house.log.origin, house.clock())
    forged = signed_note(Checkpoint(house.log.origin, 4, bytes(32)).text, by)
    memory.add(Submitted.parsed(written(0, (), forged)), room.cosigner())
    with answering(served(memory, room.cosigner())) as url:
        to = recipients([f"witness+{url}#{key}"])
        house.send(to)
    assert house.log.sendings()[str(to[0])].failed == "witness_refused"
    assert len(memory.refused()) == 1
    assert house.log.last_checkpoint() == kept


def test_what_cannot_be_proved_to_one_keeps_no_other_waiting(house: House, tmp_path: Path) -> None:
    house.seal(300)
    key = Cosigner("witness.example/w1", bytes(32)).key
    with house.log.room.writing() as statements:
        statements.execute("UPDATE tiles SET hashes = ? WHERE level = 0", (b"short",))
    (folder := tmp_path / "folder").mkdir()
    to = recipients([f"file://{folder}", f"witness+https://[#{key}"])
    house.send(to)
    sent = house.log.sendings()
    assert [sent[str(each)].failed for each in to] == ["witness_away", "tree_damaged"]


@pytest.mark.parametrize(
    "told",
    [
        "witness+https://witness.example",
        "witness+https://witness.example#w1",
        "witness+http://witness.example#{key}",
        "witness+ftp://witness.example#{key}",
        "witness+https://witness.example#{log}",
    ],
)
def test_a_witness_is_named_with_its_key(told: str) -> None:
    log = Signer("jisr/log", bytes(32)).key
    key = Cosigner("witness.example/w1", bytes(32)).key
    with pytest.raises(ValueError, match="witness"):
        recipients([told.format(key=key, log=log)])
    (found,) = recipients([f"witness+https://witness.example/a#{key}"])
    assert str(found) == f"witness+https://witness.example/a#{key}"
    assert found.witness.key == key
