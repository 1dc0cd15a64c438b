"""A thousand events, and each single byte of them turned: in the bundle, and in the stored columns.

All of them, in two processes of this test's own. What a tile of 256 events comes to is a matter of its
bytes alone, so of those that a flip does not reach it is known already; one flip in a hundred is looked
for without that, and the same is said.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from shutil import copyfile
from typing import Any, NamedTuple

import pytest

from ledger.bundle import verify
from tests.support import bundled, logged
from tests.unit.ledger.bundle.test_every_byte import flips

pytestmark = [pytest.mark.rare, pytest.mark.timeout(3600)]

MANY = 1000
SHARES = 2
PLAIN = 200
"""So many bytes from one that is looked for with nothing known to the next."""

Checked = tuple[list[bytes], verify.Seen]


class Read(NamedTuple):
    """A file, read."""

    data: bytes

    def read(self) -> bytes:
        return self.data


@lru_cache(maxsize=16)
def tile_checked(number: int, many: int, *data: bytes) -> Checked:
    files: Sequence[Any] = [Read(each) for each in data]
    return verify.check_tiles([verify.Tile(number, many, *files)])


def known(tiles: Sequence[verify.Tile], _workers: int) -> Iterator[Checked]:
    for each in tiles:
        data = (each.entries.read(), each.states.read(), each.hashes.read())
        yield tile_checked(each.number, each.many, *data)


def looked_for(path: Path, share: int) -> int:
    """Turn each second byte of a file of this process's own; how many were found, which is all."""
    own, plain, found = path.with_name(f"{share}-{path.name}"), verify.checked_tiles, 0
    copyfile(path, own)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(verify, "checked_tiles", known)
        for at, altered in flips(own, first=share, step=SHARES):
            found += 1
            if at % PLAIN == share:
                patched.setattr(verify, "checked_tiles", plain)
                assert str(bundled.found_out(own)) == str(altered), at
                patched.setattr(verify, "checked_tiles", known)
    verify.check(own, workers=1)
    return found


def look_for_all(path: Path) -> None:
    with ProcessPoolExecutor(SHARES, mp_context=get_context("spawn")) as pool:
        found = pool.map(looked_for, [path] * SHARES, range(SHARES))
        assert sum(found) == path.stat().st_size


@pytest.fixture(autouse=True)
def short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundled.program_of("# short\n", tmp_path / "short.py", monkeypatch.setattr)


def test_one_flip_in_any_byte_of_a_thousand_events_in_a_bundle_of_all_is_found(
    tmp_path: Path,
) -> None:
    look_for_all(bundled.whole(tmp_path / "all.tar", logged.events(MANY), earlier=[400]))


def test_one_flip_in_any_byte_of_a_thousand_events_in_a_bundle_of_some_is_found(
    tmp_path: Path,
) -> None:
    """All of one stream, each event with its proof among the thousand."""
    events = logged.events(MANY, streams=40)
    some = {events[0].originator_id}
    look_for_all(bundled.part(tmp_path / "part.tar", events, some, earlier=[400]))
