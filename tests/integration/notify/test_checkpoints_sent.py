"""Checkpoints reach whom they are for: a folder, a mailbox, a system; once they can be reached."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from ledger.ledger import Ledger
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.log import Kept, Log
from ledger.proof.notes import Note
from ledger.proof.tree import HASH_BYTES, root_of, verify_consistency
from service.checkpoints.folder import tile_path, tiles_of
from service.checkpoints.recipients import Recipient, recipients
from service.checkpoints.secrets import secret_of
from service.checkpoints.sending import AGAIN, CheckpointSender
from service.notify.channels import MessageChannel, Transport
from service.notify.channels.settings import Security
from service.notify.channels.smtp import Mail, MailServer
from service.notify.channels.webhooks.connecting import CheckedNetwork
from service.notify.channels.webhooks.transport import Webhooks
from tests.integration.projections.programme import Programme
from tests.support.listening import mail
from tests.support.listening.certificates import Authority
from tests.support.listening.web import LOCAL, listening

NAME = "auditor.example"


@dataclass
class Clock:
    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class House:
    """A log that is sealed up to somewhere, and its clock."""

    log: Log
    clock: Clock

    def seal(self, up_to: int) -> Kept:
        head = self.log.head()
        size = head.size if head else 0
        stored = self.log.store.select_notifications(
            size, up_to - size, stop=up_to, inclusive_of_start=False
        )
        self.log.extend(stored)
        kept = self.log.checkpoint(anew=True)
        assert kept is not None
        return kept

    def send(self, to: Sequence[Recipient], *by: tuple[MessageChannel, Transport]) -> None:
        transports: Mapping[MessageChannel, Transport] = dict(by)
        with closing(self.log.store.turn("tests-send")) as turn:
            CheckpointSender([self.log], to, transports, turn).send_new()


@pytest.fixture
def house(programme: Programme) -> House:
    ledger = programme.ledger
    sealed, clock = ledger.sealed, Clock(ledger.now())
    return House(Log("ledger", sealed.origin, sealed.store, sealed.room, sealed.keys, clock), clock)


def test_a_folder_has_the_tree_as_the_definition_lays_it_out(house: House, tmp_path: Path) -> None:
    to = recipients([f"file://{tmp_path}"])
    for size in (3, 7, 7, 12):
        kept = house.seal(size)
        house.send(to)
        base = tmp_path / "ledger"
        assert (base / "checkpoint").read_text(encoding="utf-8") == str(kept.note)
        assert (base / "checkpoints" / f"{kept.number}").read_text("utf-8") == str(kept.note)
        tile = (base / tile_path(0, 0, size)).read_bytes()
        leaves = [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]
        assert root_of(leaves) == kept.checkpoint.root
    assert not [each for each in tmp_path.rglob("*") if each.name.startswith(".")]


def test_what_a_folder_has_is_not_written_over_by_another_history(
    house: House, tmp_path: Path
) -> None:
    """As who takes the tree away has the house seal and sign once more what it has now."""
    to = recipients([f"file://{tmp_path}"])
    house.seal(3)
    house.send(to)
    base = (tmp_path / "ledger").rename(tmp_path / "anew")
    stood = _files(base)
    anew = House(replace(house.log, name="anew"), house.clock)
    first, *others = house.log.store.select_notifications(0, 5)
    anew.log.extend([replace(first, topic="Another:1"), *others])
    anew.log.checkpoint()
    anew.send(to)
    assert anew.log.sendings()[str(to[0])].failed == "another_history"
    assert _files(base) == stood


def test_a_folder_goes_on_after_a_loss_that_was_accepted(house: House, tmp_path: Path) -> None:
    to = recipients([f"file://{tmp_path}"])
    house.seal(7)
    house.send(to)
    house.log.cut(3)
    assert house.log.last_checkpoint().size == 3  # type: ignore[union-attr]
    other = house.log.store.select_notifications(3, 5, inclusive_of_start=False)
    house.log.extend([replace(each, topic="Another:1") for each in other])
    kept = house.log.checkpoint()
    assert kept is not None
    house.send(to)
    numbers = sorted(each.name for each in (tmp_path / "ledger" / "checkpoints").iterdir())
    assert numbers == ["1", "3"]
    tile = (tmp_path / "ledger" / tile_path(0, 0, 8)).read_bytes()
    leaves = [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]
    assert root_of(leaves) == kept.checkpoint.root


def _files(folder: Path) -> dict[Path, bytes]:
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_folder_that_is_not_mounted_is_not_made_and_tried_again(
    house: House, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    to = recipients([f"file://{folder}"])
    kept = house.seal(3)
    house.send(to)
    assert not folder.exists()
    assert house.log.sendings()[str(to[0])].failed == "folder_missing"
    folder.mkdir()
    house.send(to)
    assert not list(folder.iterdir()), "it is not time yet"
    house.clock.now += AGAIN
    house.send(to)
    assert (folder / "ledger" / "checkpoint").read_text(encoding="utf-8") == str(kept.note)
    sent = house.log.sendings()[str(to[0])]
    assert (sent.number, sent.failed) == (kept.number, None)


async def test_a_mailbox_has_one_a_day_with_the_note_itself(house: House) -> None:
    to = recipients(["mailto:auditor@house.test"])
    async with mail.listening() as boxes:
        by = Mail(MailServer(LOCAL, boxes.port, "jisr@house.test", Security.NONE))
        first = house.seal(3)
        for _ in range(2):
            await asyncio.to_thread(house.send, to, (MessageChannel.EMAIL, by))
        house.seal(7)
        await asyncio.to_thread(house.send, to, (MessageChannel.EMAIL, by))
        assert len(boxes.came) == 1
        house.clock.now += timedelta(hours=24)
        await asyncio.to_thread(house.send, to, (MessageChannel.EMAIL, by))
    assert len(boxes.came) == 2
    text = boxes.came[0].get_content().replace("\r\n", "\n")
    assert str(first.note).strip() in text


async def test_a_system_is_told_by_a_signed_webhook(house: House) -> None:
    authority = Authority()

    async def resolve(_host: str, _port: int) -> list[str]:
        return [LOCAL]

    async with listening(tls=authority.serving(NAME)) as site:
        url = f"https://{NAME}:{site.port}/heard"
        webhooks = Webhooks(
            lambda _: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            network=CheckedNetwork(resolve, lambda _: True),
            trusted=authority.trusted(),
            seconds=5,
        )
        kept = house.seal(3)
        to = recipients([url])
        await asyncio.to_thread(house.send, to, (MessageChannel.WEBHOOK, webhooks))
        (asked,) = site.asked
    told = Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").verify(asked.body, asked.heads)
    assert Note.parsed(told["checkpoint"]) == kept.note
    assert json.loads(asked.body)["size"] == 3


def test_each_address_has_a_secret_of_its_own(ledger: Ledger) -> None:
    one, other = (secret_of(ledger, f"https://{name}.example/") for name in "ab")
    assert one != other
    assert one.startswith("whsec_")
    assert secret_of(ledger, "https://a.example/") == one


def test_what_was_given_out_is_the_beginning_of_what_is_given_out_later(house: House) -> None:
    from ledger.proof.proofs import Proofs  # noqa: PLC0415 - used here alone

    kept = [house.seal(size) for size in (3, 7, 12)]
    for earlier, later in pairwise(Checkpoint.parsed(each.note.text) for each in kept):
        path = Proofs(house.log).consistency(earlier.size, later.size)
        verify_consistency(earlier.size, later.size, path, earlier.root, later.root)


@pytest.mark.parametrize(
    ("before", "size", "tiles"),
    [
        (0, 0, []),
        (0, 256, [(0, 0, 256), (1, 0, 1)]),
        (0, 257, [(0, 0, 256), (0, 1, 1), (1, 0, 1)]),
        (255, 257, [(0, 0, 256), (0, 1, 1), (1, 0, 1)]),
        (256, 600, [(0, 1, 256), (0, 2, 88), (1, 0, 2)]),
        (600, 3, [(0, 0, 3)]),
        (0, 70_000, 273 + 1 + 1 + 1 + 1),
    ],
)
def test_the_tiles_of_a_tree(
    before: int, size: int, tiles: list[tuple[int, int, int]] | int
) -> None:
    found = list(tiles_of(before, size))
    assert (len(found) if isinstance(tiles, int) else found) == tiles


def test_a_tile_lies_where_the_definition_says() -> None:
    assert tile_path(0, 1_234_067, 256) == "tile/0/x001/x234/067"
    assert tile_path(2, 0, 17) == "tile/2/000.p/17"


@pytest.mark.parametrize(
    "told",
    ["", "somewhere", "file:relative", "file://host/folder", "mailto:nobody", "http://a.example"],
)
def test_what_is_no_recipient_is_refused(told: str) -> None:
    with pytest.raises(ValueError, match="file:///"):
        recipients([told])
