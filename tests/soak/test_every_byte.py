"""A thousand events, and each single byte of them turned: in the bundle, and in the stored columns.

All of them, in two processes of this test's own: each flip is looked for by a whole check.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from shutil import copyfile

import pytest

from ledger.bundle import verify
from tests.support import bundled, logged
from tests.unit.ledger.bundle.test_every_byte import flips

pytestmark = [pytest.mark.rare, pytest.mark.timeout(3600)]

MANY = 1000
SHARES = 2


def looked_for(path: Path, share: int) -> int:
    """Turn each second byte of a file of this process's own; how many were found, which is all."""
    own = path.with_name(f"{share}-{path.name}")
    copyfile(path, own)
    found = sum(1 for _ in flips(own, first=share, step=SHARES))
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
