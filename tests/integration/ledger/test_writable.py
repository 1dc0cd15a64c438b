"""Whether something could be recorded now is known before it is tried, with the reason why not."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from domain.errors import Unavailable
from ledger.faults import translated
from ledger.ledger import Ledger
from ledger.opening import _store
from ledger.store import LOCK_SECONDS
from ledger.urls import sqlite_path
from tests.integration.ledger.place import Place, fill_pot
from tests.support.system import ROOT
from tests.support.traces import traces

ON_A_SMALL_DISK = """
import sys
from pathlib import Path
from domain.errors import Unavailable
from ledger.urls import sqlite_url
from tests.integration.ledger.place import Place, fill_pot

folder = Path(sys.argv[1])
urls = (sqlite_url(folder / f"{name}.db") for name in ("ledger", "keys"))
ledger = Place("sqlite", *urls, folder, "").open()
ledger.record(fill_pot(1))
ledger.require_writable()
with (folder / "filling").open("wb", buffering=0) as filling:
    try:
        while filling.write(bytes(4096)):
            pass
    except OSError:
        pass
for attempt in (ledger.require_writable, lambda: ledger.record(fill_pot(1))):
    try:
        attempt()
    except Unavailable as away:
        print(away.params)
print(ledger.head())
(folder / "filling").unlink()
ledger.require_writable()
print(ledger.record(fill_pot(1)).position)
"""


def test_a_ledger_that_can_be_written_is_left_as_it_is(ledger: Ledger, place: Place) -> None:
    ledger.record(fill_pot(1))
    path = sqlite_path(place.url)
    before = stored_in(path.parent) if path else {}
    ledger.require_writable()
    assert (stored_in(path.parent) if path else {}) == before
    assert ledger.head() == 1


def stored_in(folder: Path) -> dict[str, tuple[int, str]]:
    """All but the memory that SQLite's processes share, in which a lock is noted."""
    found = traces(folder).items()
    return {name: (each.mode, each.holds) for name, each in found if not name.endswith("-shm")}


def test_one_that_can_only_be_read_says_so(ledger: Ledger, place: Place) -> None:
    ledger.record(fill_pot(1))
    with (
        closing(_store(place.url, LOCK_SECONDS, 2, looking=True)) as store,
        pytest.raises(Unavailable) as away,
        translated("ledger"),
    ):
        store.require_writable()
    assert away.value.params == {"database": "ledger", "because": "read_only"}


@pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "-rm", "true"], check=False, capture_output=True).returncode != 0,
    reason="a small disk of the test's own needs a mount namespace, which this machine forbids",
)
def test_a_full_disk_is_the_reason_and_room_made_is_room(tmp_path: Path) -> None:
    script = 'mount -t tmpfs -o size=4m,mode=0700 tmpfs "$1" && exec "$0" -c "$2" "$1"'
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, sys.executable, str(tmp_path), ON_A_SMALL_DISK],
        cwd=ROOT,
        env=dict(os.environ),
        check=False,
        capture_output=True,
        text=True,
        timeout=200,
    )
    said = "{'database': 'ledger', 'because': 'disk_full'}"
    assert done.stdout.splitlines() == [said, said, "1", "2"], done.stderr
