"""Connections to a file, when that is closed or another one is put in its place."""

from pathlib import Path

import pytest
from eventsourcing.persistence import ConnectionPoolClosedError
from eventsourcing.sqlite import SQLiteConnection

from ledger.sqlite.files import SqliteFile


@pytest.fixture
def file(tmp_path: Path) -> SqliteFile:
    return SqliteFile(tmp_path / "some.db", lock_timeout=1, pool_size=2)


def works(connection: SQLiteConnection) -> bool:
    return bool(connection._sqlite_conn.execute("SELECT 1").fetchone())


def test_closing_leaves_a_connection_in_use_to_who_uses_it(file: SqliteFile) -> None:
    """Under another thread's statement it would end the process."""
    with file.get_connection(commit=False) as used:
        file.close()
        assert works(used)
        with pytest.raises(ConnectionPoolClosedError), file.get_connection(commit=False):
            pass
    assert used.closed


def test_another_file_in_its_place_leaves_it_too(file: SqliteFile, tmp_path: Path) -> None:
    with file.get_connection(commit=False) as used:
        (tmp_path / "some.db").rename(tmp_path / "before.db")
        (tmp_path / "some.db").touch()
        with file.get_connection(commit=False) as anew:
            assert anew is not used
            assert works(used)
    assert used.closed
    assert not anew.closed
    file.close()
    assert anew.closed
