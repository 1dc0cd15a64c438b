"""Followers' places in an SQLite file beside the ledger, so that they take no lock of its own."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from domain.errors import DatabaseBehind
from ledger.following.tracking import FollowerTracking
from ledger.sqlite.files import SqliteFile, migrate, require_migrated

ROOM = "followers"
POOL_SIZE = 3


class _Statements:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, parameters: Sequence[Any]) -> list[Any]:
        return self._connection.execute(statement, parameters).fetchall()


class SqliteTracking(FollowerTracking):
    """`ledger.following.tracking` on SQLite."""

    def __init__(self, path: Path, *, lock_timeout: int, looking: bool = False) -> None:
        """Makes the file when it is missing, unless it is only looked at.

        Raises `DatabaseNewer`, and `DatabaseBehind` where there is nothing to be looked at.
        """
        if looking and not path.exists():
            raise DatabaseBehind(schema=ROOM)
        self._file = SqliteFile(
            path,
            lock_timeout=lock_timeout,
            pool_size=POOL_SIZE,
            looking=looking,
            synchronous="NORMAL",
        )
        if looking:
            with self._connected() as connection:
                require_migrated(connection, ROOM)
        else:
            with self._writing() as connection:
                migrate(connection, ROOM)

    @contextmanager
    def reading(self) -> Iterator[_Statements]:
        with self._connected() as connection:
            yield _Statements(connection)

    @contextmanager
    def writing(self) -> Iterator[_Statements]:
        with self._writing() as connection:
            yield _Statements(connection)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connected() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.rollback()

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with self._file.get_connection(commit=False) as pooled:
            yield pooled._sqlite_conn  # noqa: SLF001 (the library has no public way to it)

    def close(self) -> None:
        self._file.close()
