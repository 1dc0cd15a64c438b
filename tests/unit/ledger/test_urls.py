"""A folder's name may hold any character: its files are found inside it, and nowhere else."""

import os
from pathlib import Path

import pytest

from ledger.sqlite.files import SqliteFile
from ledger.sqlite.keys import SqliteKeyTable
from ledger.urls import sqlite_path, sqlite_url
from projections.sqlite.store import SqliteViews

NAMES = [
    *("a b", "a#b", "a?mode=memory", "a%20b", "a;b", "a'b\"c", "a\nb", "a\tb", "-a", "~"),
    *(":memory:", "file:a", "a&cache=shared", "ملف", "a\\b", "a[red]b", os.fsdecode(b"a\xff")),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_made_where_its_url_says(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    ledger = sqlite_path(sqlite_url(folder / "ledger.db"))
    assert ledger == folder / "ledger.db"
    file = SqliteFile(ledger, lock_timeout=1, pool_size=1)
    with file.get_connection(commit=False) as connection:
        raw = connection._sqlite_conn
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        raw.execute("CREATE TABLE some (thing)")
        assert (folder / "ledger.db-wal").stat().st_size
    file.close()
    SqliteKeyTable(folder / "keys.db", lock_timeout=1).close()
    SqliteViews(folder / "views.db").close()
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert {"ledger.db", "keys.db"} < {each.name for each in folder.iterdir()}


def test_another_kind_of_url_is_no_file() -> None:
    assert sqlite_path("postgresql://db/jisr") is None
