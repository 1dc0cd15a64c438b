"""A paper is kept whole, encrypted, or not at all; and goes with its holder's key."""

import contextlib
import io
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.errors import Erased, Unavailable
from domain.values.papers import MediaType, PaperFacts, PaperPlace
from ledger.keys.ciphertext import Broken
from ledger.keys.master import MasterKeys
from ledger.keys.rewrapping import rewrap
from ledger.keys.store import KeyStore
from ledger.opening import open_key_table
from ledger.papers.chunks import PLAIN
from ledger.papers.folder import Folder, _of
from ledger.papers.vault import Vault
from tests.integration.ledger.place import MASTER_KEY, Place

NOW = datetime(2026, 3, 2, tzinfo=UTC)
SENDER = uuid4()


@pytest.fixture
def keys(place: Place) -> Iterator[KeyStore]:
    with contextlib.closing(place.open()) as ledger:
        yield ledger._keys


@pytest.fixture
def vault(keys: KeyStore, tmp_path: Path) -> Vault:
    return Vault(keys, Folder(tmp_path / "papers"))


def somewhere(holder: UUID | None = None) -> PaperPlace:
    return PaperPlace(holder or uuid4(), f"case/{uuid4()}", uuid4())


def kept(vault: Vault, place: PaperPlace, data: bytes) -> PaperFacts | None:
    with vault.receiving(place) as paper:
        for start in range(0, len(data), 7000):
            paper.write(data[start : start + 7000])
        paper.end()
        return paper.keep(MediaType.PDF, 3, SENDER, NOW)


def read(vault: Vault, place: PaperPlace) -> bytes | None:
    opened = vault.open(place)
    if opened is None:
        return None
    with opened:
        return io.BufferedReader(opened).read()


def files(tmp_path: Path) -> list[Path]:
    return [each for each in (tmp_path / "papers").rglob("*") if each.is_file()]


@pytest.mark.parametrize("size", [1, PLAIN - 1, PLAIN, PLAIN + 1, 2 * PLAIN, 300_000])
def test_what_came_in_comes_out(vault: Vault, tmp_path: Path, size: int) -> None:
    place, data = somewhere(), os.urandom(size)
    facts = kept(vault, place, data)
    assert facts is not None
    assert (facts.size, facts.pages) == (size, 3)
    assert vault.facts(place) == facts
    assert read(vault, place) == data
    (file,) = files(tmp_path)
    assert size < 32 or data[:32] not in file.read_bytes()
    vault.folder.settle(place)
    vault.folder.settle(place)
    assert read(vault, place) == data


def test_the_same_paper_twice_is_kept_once(vault: Vault, tmp_path: Path) -> None:
    place = somewhere()
    assert kept(vault, place, b"first") is not None
    assert kept(vault, place, b"second") is None
    assert read(vault, place) == b"first"
    assert len(files(tmp_path)) == 1


def test_a_paper_opens_nowhere_else(vault: Vault, tmp_path: Path) -> None:
    place, other = somewhere(), somewhere()
    kept(vault, place, b"whose it is")
    (file,) = files(tmp_path)
    file.rename(file.with_name(f"{_of(other)}.{other.holder}.{other.paper}"))
    assert vault.facts(other) is None
    assert vault.facts(place) is None


@pytest.mark.parametrize("harm", ["flipped", "cut", "swapped", "dropped"])
def test_a_file_that_was_changed_does_not_open(vault: Vault, tmp_path: Path, harm: str) -> None:
    place, data = somewhere(), os.urandom(3 * PLAIN)
    kept(vault, place, data)
    (file,) = files(tmp_path)
    whole = file.read_bytes()
    head, chunk = 22, PLAIN + 16
    one, two = whole[head : head + chunk], whole[head + chunk : head + 2 * chunk]
    rest = whole[head + 2 * chunk :]
    changed = {
        "flipped": whole[:500] + bytes([whole[500] ^ 1]) + whole[501:],
        "cut": whole[: head + 2 * chunk],
        "swapped": whole[:head] + two + one + rest,
        "dropped": whole[:head] + one + rest,
    }
    file.write_bytes(changed[harm])
    with pytest.raises(Broken):
        assert read(vault, place) == data


def test_it_goes_with_its_holders_key(vault: Vault, keys: KeyStore, tmp_path: Path) -> None:
    place = somewhere()
    kept(vault, place, b"about somebody")
    kept(vault, of_another := somewhere(), b"about another")
    vault.folder.settle(place)
    keys.destroy(place.holder)
    assert read(vault, place) is None
    assert vault.facts(place) is None
    with pytest.raises(Erased), vault.receiving(place):
        pass
    vault.forget(place.holder)
    vault.forget(place.holder)
    assert len(files(tmp_path)) == 1
    assert read(vault, of_another) == b"about another"


def test_a_broken_line_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    def half() -> None:
        with vault.receiving(somewhere()) as paper:
            paper.write(os.urandom(200_000))
            raise ConnectionError

    with pytest.raises(ConnectionError):
        half()
    assert files(tmp_path) == []


def test_a_full_disk_leaves_nothing(vault: Vault, tmp_path: Path) -> None:
    """The operating system refuses the write, half-way: the limit on a file's size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, before[1]))
    try:
        with pytest.raises(Unavailable) as away:
            kept(vault, somewhere(), os.urandom(400_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert away.value.params["because"] == "disk_full"
    assert files(tmp_path) == []


SENDING = """
import sys, uuid, time
from pathlib import Path
from domain.values.papers import PaperPlace
from ledger.papers.folder import Folder, _of
from ledger.papers.vault import Receiving
place = PaperPlace(uuid.uuid4(), "case/x", uuid.uuid4())
paper = Receiving(Folder(Path(sys.argv[1])), place, b"k" * 32)
paper.write(bytes(1_000_000))
print("half", flush=True)
time.sleep(60)
"""


def test_killed_half_way_leaves_what_is_swept(vault: Vault, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    with subprocess.Popen(
        [sys.executable, "-c", SENDING, str(folder)], stdout=subprocess.PIPE
    ) as sending:
        assert sending.stdout is not None
        assert sending.stdout.readline() == b"half\n"
        sending.kill()
    (half,) = files(tmp_path)
    assert list(vault.folder.new()) == []
    assert vault.folder.clear_incoming(3600) == 0
    then = time.time() - 4000
    os.utime(half, (then, then))
    assert vault.folder.clear_incoming(3600) == 1
    assert files(tmp_path) == []


def test_a_new_master_key_opens_what_was_kept(
    place: Place, vault: Vault, keys: KeyStore, tmp_path: Path
) -> None:
    paper = somewhere()
    kept(vault, paper, b"kept before")
    masters = MasterKeys(lambda: {1: MASTER_KEY, 2: bytes(32)})
    with contextlib.closing(open_key_table(place.keys_url)) as table:
        assert rewrap(table, masters, lambda _: None)
        store = KeyStore(table, MasterKeys(lambda: {2: bytes(32)}))
        assert read(Vault(store, Folder(tmp_path / "papers")), paper) == b"kept before"
