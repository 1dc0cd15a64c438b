"""A room of the ledger's in an SQLite file beside it, so that it takes no lock of the ledger's."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from domain.errors import DatabaseBehind
from ledger.sqlite.files import SqliteFile, migrate, require_migrated

POOL_SIZE = 3


class _Statements:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def execute(self, statement: str, parameters: Sequence[Any]) -> list[Any]:
        return self._connection.execute(statement, parameters).fetchall()

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        self._connection.executemany(statement, rows)


class SqliteRoom:
    """`ledger.room.Room` on SQLite."""

    def __init__(
        self, path: Path, room: str, *, lock_timeout: int, durable: bool, looking: bool = False
    ) -> None:
        """Makes the file when it is missing, unless it is only looked at.

        `durable`: what was committed outlasts a loss of power at once.
        Raises `DatabaseNewer`, and `DatabaseBehind` where there is nothing to be looked at.
        """
        if looking and not path.exists():
            raise DatabaseBehind(schema=room)
        self._file = SqliteFile(
            path,
            lock_timeout=lock_timeout,
            pool_size=POOL_SIZE,
            looking=looking,
            synchronous="FULL" if durable else "NORMAL",
        )
        if looking:
            with self._connected() as connection:
                require_migrated(connection, room)
        else:
            with self._writing() as connection:
                migrate(connection, room)

    @contextmanager
    def reading(self) -> Iterator[_Statements]:
        with self._connected() as connection:
            connection.execute("BEGIN")
            try:
                yield _Statements(connection)
            finally:
                connection.rollback()

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
