"""No byte of a bundle can be changed unseen, whichever it is, and none can be added or taken away."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.bundle import verify
from tests.support import bundled, logged

MANY = 100


@pytest.fixture(autouse=True)
def short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundled.program_of("# short\n", tmp_path / "short.py", monkeypatch.setattr)


def flips(path: Path, *, first: int = 0, step: int = 1) -> Iterator[tuple[int, verify.Altered]]:
    """What is found when one bit of a byte is turned; of each byte another bit."""
    data = path.read_bytes()
    file = os.open(path, os.O_RDWR)
    try:
        for at in range(first, len(data), step):
            os.pwrite(file, bytes([data[at] ^ 1 << at // step % 8]), at)
            try:
                yield at, bundled.found_out(path)
            except AssertionError:
                raise AssertionError(f"byte {at}, of {data[max(0, at - 60) : at + 20]!r}") from None
            os.pwrite(file, data[at : at + 1], at)
    finally:
        os.close(file)


def test_one_flip_in_any_byte_of_a_bundle_of_all_is_found_and_its_event_named(
    tmp_path: Path,
) -> None:
    events = logged.events(MANY)
    path = bundled.whole(tmp_path / "all.tar", events, earlier=[40])
    files = verify.files_of_tar(path)
    owners = {}
    for room, sizes in (
        ("tile/entries", [2 + len(logged.entry(event)) for event in events]),
        ("states", [4 + len(event.state) for event in events]),
        ("tile/0", [32] * MANY),
    ):
        at = files[f"{room}/000.p/{MANY}"].offset
        for event, size in zip(events, sizes, strict=True):
            owners.update(dict.fromkeys(range(at, at + size), event.id))
            at += size
    for at, altered in flips(path):
        assert altered.position == owners.get(at, altered.position), (at, str(altered))
    verify.check(path, workers=1)


def test_one_flip_in_any_byte_of_a_bundle_of_some_is_found(tmp_path: Path) -> None:
    events = logged.events(14, streams=4)
    path = bundled.part(tmp_path / "part.tar", events, {events[0].originator_id}, earlier=[7])
    for _ in flips(path):
        """Each is found."""
    verify.check(path)


def test_a_bundle_cut_anywhere_is_none(tmp_path: Path) -> None:
    path = bundled.whole(tmp_path / "all.tar", logged.events(30))
    data = path.read_bytes()
    for size in range(0, len(data), 97):
        path.write_bytes(data[:size])
        bundled.found_out(path)
    path.write_bytes(data + b"\0")
    assert "should end here" in bundled.found_out(path).said
