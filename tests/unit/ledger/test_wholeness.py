"""A file that came to harm is known by a look that changes nothing and does not last."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from ledger.sqlite.looking import look_at
from ledger.sqlite.wholeness import damage_of, is_damaged
from tests.support import damage
from tests.support.damage import Damage
from tests.support.traces import traces

ROWS = 2_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "some.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE thing (name)")
        connection.executemany("INSERT INTO thing VALUES (?)", [("x" * 500,)] * ROWS)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


def test_a_whole_file_is_left_alone(path: Path) -> None:
    before = traces(path.parent)
    assert damage_of(path) is None
    assert not is_damaged(path, "thing")
    assert traces(path.parent) == before


@pytest.mark.parametrize(
    "how",
    [damage.cut_short, damage.cut_in_its_head, damage.garbage, damage.overwritten],
)
def test_harm_is_seen(path: Path, how: Damage) -> None:
    how(path)
    assert (damage_of(path) or "").startswith("is damaged")
    assert is_damaged(path, "thing")


def test_one_of_another_program_is_told_from_ones_own(path: Path) -> None:
    assert damage_of(path, "thing") is None
    damage.foreign(path)
    assert damage_of(path, "thing") == "was made by another program"
    assert is_damaged(path, "thing")


def test_one_page_less_is_seen(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - 4096)
    assert is_damaged(path, "thing")


def test_a_page_in_the_middle_is_looked_at(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096)
    assert is_damaged(path, "thing")


def test_what_is_no_damage_is_told_and_does_not_count_as_such(path: Path) -> None:
    damage.emptied(path)
    assert damage_of(path) == "is empty"
    damage.a_folder(path)
    assert damage_of(path) == "is no file"
    assert not is_damaged(path, "thing")
    assert not is_damaged(path / "missing", "thing")


def test_a_log_that_is_none_is_seen_before_it_is_passed_over(path: Path) -> None:
    log = path.with_name("some.db-wal")
    log.write_bytes(b"these are not the bytes of a log" * 50)
    assert (
        damage_of(path)
        == "has some.db-wal beside it, which is damaged: what is in there alone is lost"
    )
    log.unlink()
    log.mkdir()
    assert damage_of(path) == "has some.db-wal beside it, which is no file"


def test_of_a_large_one_no_more_is_looked_at_than_there_is_time_for(path: Path) -> None:
    began = time.process_time()
    assert damage_of(path, seconds=0.0) is None
    assert time.process_time() - began < 1


def test_the_log_of_a_file_that_was_emptied_is_left(path: Path) -> None:
    """SQLite itself would remove it, with all that was committed since."""
    log = path.with_name("some.db-wal")
    log.write_bytes(b"\x37\x7f\x06\x82" + bytes(4000))
    damage.emptied(path)
    before = traces(path.parent)
    assert damage_of(path) == "is empty"
    with closing(look_at(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    assert traces(path.parent) == before
