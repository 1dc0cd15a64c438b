"""Followers' places in an SQLite file beside the ledger, so that they take no lock of its own."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledger.following.tracking import FollowerTracking
from ledger.sqlite.files import SqliteFile, migrate

ROOM = "followers"
POOL_SIZE = 3


class _Statements:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, parameters: Sequence[Any]) -> list[Any]:
        return self._connection.execute(statement, parameters).fetchall()


class SqliteTracking(FollowerTracking):
    """`ledger.following.tracking` on SQLite."""

    def __init__(self, path: Path, *, lock_timeout: int) -> None:
        """Makes the file when it is missing. Raises `DatabaseNewer`."""
        self._file = SqliteFile(
            path, lock_timeout=lock_timeout, pool_size=POOL_SIZE, synchronous="NORMAL"
        )
        with self._writing() as connection:
            migrate(connection, ROOM)

    @contextmanager
    def writing(self) -> Iterator[_Statements]:
        with self._writing() as connection:
            yield _Statements(connection)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._file.get_connection(commit=False) as pooled:
            connection = pooled._sqlite_conn  # noqa: SLF001 (the library has no public way to it)
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.rollback()

    def close(self) -> None:
        self._file.close()
