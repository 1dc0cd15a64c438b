"""A witness signs one history, whatever it is asked, in whichever order, and however often."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from ledger.proof.checkpoint import Checkpoint
from ledger.proof.notes import Note, NoteBroken, Signature, Signer, VerifierKey, signed_note
from ledger.proof.tree import consistency, leaf_hash, root_of
from service.running.faults import OperatorError
from service.witness.asking import Witness, WitnessRefused, witnessed
from service.witness.cosigner import Cosigner
from service.witness.judging import Kind, written
from service.witness.memory import Memory
from service.witness.room import WitnessRoom
from service.witness.serving import SIZE, served

NOW = datetime(2026, 11, 27, 21, tzinfo=UTC)
ORIGIN = "jisr/5b7c8e5c-3d0b-4f6e-9d0a-0d7b7a1b2c3d"
LOG, OTHER = Signer(ORIGIN, bytes(range(32))), Signer(ORIGIN, bytes(32))


@dataclass
class Tree:
    """A log of so many entries; `told` tells one of them otherwise."""

    told: str = "entry"
    asked: list[tuple[int, int]] = field(default_factory=list)

    def leaves(self, size: int) -> list[bytes]:
        return [leaf_hash(f"{self.told if n == 2 else 'entry'} {n}".encode()) for n in range(size)]

    def note(self, size: int, signer: Signer = LOG) -> Note:
        text = Checkpoint(ORIGIN, size, root_of(self.leaves(size))).text
        return signed_note(text, [signer])

    def consistency(self, old: int, new: int) -> list[bytes]:
        self.asked.append((old, new))
        leaves = self.leaves(new)
        return consistency(old, new, lambda height, place: root_of(_part(leaves, height, place)))


def _part(leaves: list[bytes], height: int, place: int) -> list[bytes]:
    return leaves[place << height : (place + 1) << height]


class Inside(httpx.BaseTransport):
    """To an application in this process."""

    def __init__(self, app: Starlette) -> None:
        self._transport = httpx.ASGITransport(app)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return asyncio.run(self._handle(request))

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        sent = httpx.Request(request.method, request.url, content=request.read())
        answer = await self._transport.handle_async_request(sent)
        return httpx.Response(
            answer.status_code, headers=answer.headers, content=await answer.aread()
        )


def client(app: Starlette) -> httpx.Client:
    return httpx.Client(transport=Inside(app), base_url="http://witness")


@dataclass
class House:
    """A witness that trusts the log's key."""

    room: WitnessRoom
    memory: Memory
    cosigner: Cosigner
    http: httpx.Client

    @property
    def witness(self) -> Witness:
        return Witness("http://witness", self.cosigner.key)

    def post(self, old: int, proof: list[bytes], note: Note) -> httpx.Response:
        return self.http.post("/add-checkpoint", content=written(old, proof, note))


@pytest.fixture
def house(tmp_path: Path) -> House:
    room = WitnessRoom(tmp_path / "witness")
    room.make("witness.example/w1")
    memory, cosigner = room.memory(lambda: NOW), room.cosigner()
    memory.trust(LOG.key)
    return House(room, memory, cosigner, client(served(memory, cosigner)))


def test_it_signs_what_goes_on_from_what_it_signed_last(house: House) -> None:
    tree = Tree()
    for size in (3, 3, 4, 11):
        note = witnessed(house.witness, tree.note(size), tree, house.http)
        assert note.verified([house.cosigner.key, LOG.key]) == [LOG.key, house.cosigner.key]
        assert int.from_bytes(note.signatures[-1].signed[:8], "big") == NOW.timestamp()
    assert tree.asked == [(3, 4), (4, 11)]
    kept = house.http.get(f"/checkpoint/{ORIGIN}").text
    assert Note.parsed(kept) == note
    assert house.memory.refused() == []


def test_a_house_that_is_trusted_is_so_with_all_its_logs_and_with_no_other(house: House) -> None:
    for origin, status in ((f"{ORIGIN}/reads", 200), (f"{ORIGIN}x", 404), ("x", 404)):
        own = Signer(origin, bytes(range(32)))
        note = signed_note(Checkpoint(origin, 1, bytes(32)).text, [own])
        assert house.post(0, [], note).status_code == status, origin
        forged = signed_note(note.text, [Signer(origin, bytes(32))])
        assert house.post(0, [], forged).status_code == (403 if status == 200 else 404)


def test_it_remembers_after_it_was_ended(house: House) -> None:
    tree = Tree()
    witnessed(house.witness, tree.note(5), tree, house.http)
    again = served(house.room.memory(lambda: NOW), house.room.cosigner())
    with client(again) as http:
        answer = http.post("/add-checkpoint", content=written(0, [], Tree("other").note(9)))
    assert (answer.status_code, answer.text) == (409, "5\n")
    assert answer.headers["content-type"].startswith(SIZE)


def test_another_history_is_not_signed_and_kept_as_proof(house: House) -> None:
    tree, forged = Tree(), Tree("another entry")
    witnessed(house.witness, tree.note(5), tree, house.http)
    for size in (5, 8):
        with pytest.raises(WitnessRefused):
            witnessed(house.witness, forged.note(size), forged, house.http)
    with pytest.raises(WitnessRefused, match="seen 5"):
        witnessed(house.witness, tree.note(4), tree, house.http)
    first, second = house.memory.refused()
    assert (first.kind, second.kind) == (Kind.CONTRADICTS, Kind.UNPROVED)
    for each in (first, second):
        assert each.seen
        for note in (each.seen, each.told):
            assert Note.parsed(note).verified([LOG.key])
    assert Checkpoint.parsed(Note.parsed(first.told).text).size == 5
    witnessed(house.witness, tree.note(6), tree, house.http)


def test_what_was_proved_since_is_not_held_against_the_log(house: House) -> None:
    tree = Tree()
    witnessed(house.witness, tree.note(5), tree, house.http)
    for _ in range(3):
        assert house.post(5, [bytes(32)], tree.note(8)).status_code == 422
    assert [each.kind for each in house.memory.refused()] == [Kind.UNPROVED]
    witnessed(house.witness, tree.note(8), tree, house.http)
    assert house.memory.refused() == []


def test_each_refusal_has_the_status_of_the_protocol(house: House) -> None:
    tree = Tree()
    note, proof = tree.note(7), tree.consistency(3, 7)
    assert house.post(0, [], tree.note(3)).status_code == 200
    stranger = Signer("another.example/log", bytes(32))
    text = Checkpoint(stranger.key.name, 7, bytes(32)).text
    refused = {
        404: (3, proof, signed_note(text, [stranger])),
        403: (3, proof, tree.note(7, OTHER)),
        400: (8, proof, note),
        409: (2, proof, note),
        422: (3, proof[:-1], note),
    }
    assert {status: house.post(*asked).status_code for status, asked in refused.items()} == {
        status: status for status in refused
    }
    assert house.post(3, [], note).status_code == 422
    assert house.post(3, [bytes(32)], tree.note(3)).status_code == 422
    assert house.post(3, proof, note).status_code == 200


@pytest.mark.parametrize(
    "altered",
    [
        lambda body: body[:0],
        lambda body: body.replace(b"old 3", b"old 03"),
        lambda body: body.replace(b"old 3", b"old -3"),
        lambda body: body.replace(b"old 3", b"old " + b"3" * 5_000),
        lambda body: body.replace(b"\n7\n", b"\n" + b"7" * 5_000 + b"\n"),
        lambda body: body.replace(b"old 3", b"size 3"),
        lambda body: body.replace(b"old 3\n", b"old 3\nAAAA\n"),
        lambda body: body.replace(b"old 3\n", b"old 3\n" + b"A" * 43 + b"=\n" * 64),
        lambda body: body.replace(b"\n\n", b"\n"),
        lambda body: body[:-1],
        lambda body: body[: len(body) // 2],
        lambda body: b"\xff" + body,
        lambda body: body.replace(b"\n7\n", b"\n07\n"),
        lambda body: body * 400,
    ],
)
def test_what_is_no_request_is_refused(house: House, altered: Callable[[bytes], bytes]) -> None:
    tree = Tree()
    house.post(0, [], tree.note(3))
    body = written(3, tree.consistency(3, 7), tree.note(7))
    answer = house.http.post("/add-checkpoint", content=altered(body))
    assert answer.status_code in {400, 413}
    assert house.post(3, tree.consistency(3, 7), tree.note(7)).status_code == 200


def test_of_two_at_once_one_is_signed(house: House) -> None:
    tree, forged = Tree(), Tree("another entry")
    house.post(0, [], tree.note(2))
    asked = [written(2, each.consistency(2, 9), each.note(9)) for each in (tree, forged)] * 6

    def send(body: bytes) -> Any:
        return house.http.post("/add-checkpoint", content=body).status_code

    with ThreadPoolExecutor(6) as pool:
        found = sorted(pool.map(send, asked))
    assert found == [200] + [409] * 11


def test_a_signature_by_another_key_is_not_taken_for_the_witness(house: House) -> None:
    tree = Tree()
    other = Cosigner("witness.example/w1", bytes(32))
    with pytest.raises(WitnessRefused, match="not signed by"):
        witnessed(Witness("http://witness", other.key), tree.note(3), tree, house.http)
    (line,) = house.post(3, [], tree.note(3)).text.splitlines()
    signature = Signature.of_line(line)
    house.cosigner.key.verify(signature, tree.note(3).text)
    with pytest.raises(NoteBroken):
        house.cosigner.key.verify(signature, tree.note(4).text)
    assert VerifierKey.parsed(str(house.cosigner.key)) == house.cosigner.key


@pytest.mark.parametrize("told", ["0", "9" * 5_000, "-1", "01", "many", ""])
def test_what_a_witness_says_it_has_seen_is_not_believed(house: House, told: str) -> None:
    answer = httpx.MockTransport(lambda _: httpx.Response(409, text=f"{told}\n"))
    tree = Tree()
    with httpx.Client(transport=answer) as http, pytest.raises(WitnessRefused):
        witnessed(house.witness, tree.note(3), tree, http)


def test_a_witness_has_one_key_for_good(house: House) -> None:
    with pytest.raises(OperatorError, match="already"):
        house.room.make("witness.example/w2")
    assert (house.room.folder / "witness.key").stat().st_mode & 0o777 == 0o600
    (house.room.folder / "witness.key").write_text("00" * 32)
    with pytest.raises(OperatorError, match="right one"):
        house.room.cosigner()
    with pytest.raises(OperatorError, match="no witness"):
        WitnessRoom(house.room.folder / "none").cosigner()
    with pytest.raises(OperatorError, match="no witness"):
        WitnessRoom(house.room.folder / "none").memory(lambda: NOW)


def test_nothing_is_signed_that_cannot_be_kept(house: House) -> None:
    tree, file = Tree(), house.room.folder / "witness.db"
    witnessed(house.witness, tree.note(3), tree, house.http)
    kept = file.read_bytes()
    file.write_bytes(b"no database at all, and longer than a head of one" * 40)
    answer = house.post(3, tree.consistency(3, 7), tree.note(7))
    assert answer.status_code == 503
    assert "witness.example" not in answer.text
    with pytest.raises(OperatorError, match="another name"):
        house.room.memory(lambda: NOW)
    file.write_bytes(kept)
    assert house.post(3, tree.consistency(3, 7), tree.note(7)).status_code == 200
