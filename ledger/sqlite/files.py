"""SQLite files: how connections to them are made, the same for the ledger and the keys."""

import os
import sqlite3
import time
from pathlib import Path

from eventsourcing.sqlite import SQLiteConnection, SQLiteConnectionPool, SQLiteDatastore

from domain.errors import DatabaseBehind
from ledger.store import SCHEMA_VERSION

RETRY_SECONDS = 0.02


class SqliteFile(SQLiteDatastore):
    """A pool of connections to one file; written durably, readable by its owner only."""

    def __init__(self, path: Path, *, lock_timeout: int, pool_size: int) -> None:
        super().__init__(str(path), lock_timeout=lock_timeout, originator_id_type="text")
        self.pool = _Pool(
            db_name=str(path),
            lock_timeout=lock_timeout,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=float(lock_timeout),
        )


class _Pool(SQLiteConnectionPool):
    def _create_connection(self) -> SQLiteConnection:
        connection = self._opened()
        raw = connection._sqlite_conn  # noqa: SLF001 (the library has no public way to it)
        raw.row_factory = None
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA trusted_schema=OFF")
        raw.execute("PRAGMA journal_size_limit=67108864")
        return connection

    def _opened(self) -> SQLiteConnection:
        # SQLite does not wait when the journal mode is changed at the same time by others.
        deadline = time.monotonic() + (self.lock_timeout or 0)
        while True:
            try:
                return super()._create_connection()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(RETRY_SECONDS)


def create_privately(path: Path) -> None:
    """Make the file, and its folder, so that nobody but their owner reads them."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def require_version(connection: sqlite3.Connection, table: str) -> None:
    """Raises `DatabaseBehind` when the file was made by another version of the tables."""
    row = connection.execute(f"SELECT version FROM {table}").fetchone()  # noqa: S608 (a constant)
    if row is None:
        connection.execute(f"INSERT INTO {table} VALUES (?)", (SCHEMA_VERSION,))  # noqa: S608
    elif row[0] != SCHEMA_VERSION:
        raise DatabaseBehind(found=row[0], needed=SCHEMA_VERSION)
