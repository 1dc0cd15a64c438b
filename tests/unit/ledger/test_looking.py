"""Whoever only looks at a file sees all that was committed, and leaves no trace."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from domain.errors import DatabaseBehind, DatabaseDamaged
from ledger.faults import translated
from ledger.sqlite.files import SqliteFile
from ledger.sqlite.keys import SqliteKeyTable
from ledger.sqlite.store import SqliteStore
from tests.support.traces import traces

KILLED = """
import os, signal, sys
from pathlib import Path
from ledger.sqlite.files import SqliteFile
file = SqliteFile(Path(sys.argv[1]), lock_timeout=1, pool_size=1)
with file.get_connection(commit=False) as connection:
    raw = connection._sqlite_conn
    raw.execute("CREATE TABLE thing (name)")
    raw.execute("INSERT INTO thing VALUES ('last')")
    os.kill(os.getpid(), signal.SIGKILL)
"""


LOOKS = """
import sys
from pathlib import Path
from ledger.sqlite.looking import look_at
print(*(name for (name,) in look_at(Path(sys.argv[1])).execute("SELECT name FROM thing")))
"""


def things(path: Path) -> list[str]:
    """As another process sees them: within one, SQLite shares what it has open."""
    looked = subprocess.run(
        [sys.executable, "-c", LOOKS, str(path)], check=True, capture_output=True, text=True
    )
    return looked.stdout.split()


def test_what_a_killed_process_committed_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "some.db"
    ended = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert (tmp_path / "some.db-wal").stat().st_size
    before = traces(tmp_path)
    assert things(path) == ["last"]
    assert traces(tmp_path) == before


def test_a_file_in_use_is_seen_as_it_is_now(tmp_path: Path) -> None:
    file = SqliteFile(tmp_path / "some.db", lock_timeout=1, pool_size=1)
    with file.get_connection(commit=False) as connection:
        raw = connection._sqlite_conn
        raw.execute("CREATE TABLE thing (name)")
        for name in ("one", "two"):
            raw.execute("INSERT INTO thing VALUES (?)", (name,))
            before = traces(tmp_path)
            assert things(tmp_path / "some.db")[-1] == name
            assert traces(tmp_path) == before
    file.close()
    before = traces(tmp_path)
    assert len(things(tmp_path / "some.db")) == 2
    assert traces(tmp_path) == before


def opened(path: Path, *, looking: bool) -> None:
    with closing(SqliteFile(path, lock_timeout=1, pool_size=1, looking=looking)) as file:
        SqliteStore(file)


def test_nothing_can_be_written_by_who_looks(tmp_path: Path) -> None:
    SqliteStore(SqliteFile(tmp_path / "ledger.db", lock_timeout=1, pool_size=1)).close()
    looking = SqliteFile(tmp_path / "ledger.db", lock_timeout=1, pool_size=1, looking=True)
    with looking.get_connection(commit=False) as connection, pytest.raises(sqlite3.Error):
        connection._sqlite_conn.execute("DELETE FROM upkeep")
    looking.close()


def test_an_empty_file_is_behind_and_a_strange_one_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.touch()
    with pytest.raises(DatabaseBehind):
        opened(path, looking=True)
    path.write_bytes(os.urandom(4096))
    with pytest.raises(DatabaseDamaged), translated("ledger"):
        opened(path, looking=True)


def test_a_database_of_somebody_elses_is_not_written_into(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    for attempt in (
        partial(opened, path, looking=False),
        partial(SqliteKeyTable, path, lock_timeout=1),
        partial(SqliteKeyTable, path, lock_timeout=1, looking=True),
    ):
        with pytest.raises(DatabaseDamaged):
            attempt()
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("recipes",)]
