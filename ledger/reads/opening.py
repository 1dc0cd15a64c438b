"""Opens the log of readings by URL, and holds it to its ledger."""

# ruff: noqa: PLC0415 - PostgreSQL's driver is loaded by who opens such a database

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from uuid import UUID

from domain.errors import ReadsOfAnotherLedger
from ledger.faults import closed_on_failure, translated
from ledger.reads.finding import Index
from ledger.reads.log import NAME, ReadLog
from ledger.sqlite.files import SqliteFile, migrate, require_migrated
from ledger.sqlite.store import SqliteStore
from ledger.store import ALL_NOTES, LOCK_SECONDS, Store
from ledger.urls import sqlite_path

POOL_SIZE = 4
OF = "of"
"""The kind of the note that says of which ledger's data it tells who read it; its detail is its id."""


def open_reads(url: str, ledger: UUID, *, lock_seconds: int = LOCK_SECONDS) -> ReadLog:
    """The log at `sqlite:///absolute/path.db`, made when missing, or `postgresql://…`.

    Raises `Unavailable`, what a ledger's database raises, and `ReadsOfAnotherLedger`.
    """
    with translated(NAME):
        store, index = _opened(url, lock_seconds)
        with closed_on_failure(store):
            _serve(store, ledger)
            return ReadLog(store, index)


@contextmanager
def looked_at_reads(
    url: str, ledger: UUID, *, lock_seconds: int = LOCK_SECONDS
) -> Iterator[tuple[Store, Index]]:
    """The log for who only looks at it: nothing is made or written, and no trace left in a folder.

    Raises what `open_reads` raises, and `Unavailable` where there is none.
    """
    with translated(NAME):
        store, index = _opened(url, lock_seconds, looking=True)
        with closing(store):
            _require_of(store, ledger)
            yield store, index


def _opened(url: str, lock_seconds: int, *, looking: bool = False) -> tuple[Store, Index]:
    path = sqlite_path(url)
    if path is not None:
        file = SqliteFile(path, lock_timeout=lock_seconds, pool_size=POOL_SIZE, looking=looking)
        with closed_on_failure(file):
            store = SqliteStore(file)
            with store.connection() as connection:
                if looking:
                    require_migrated(connection, "looked")
                else:
                    _make_index(connection)
            return store, Index(store.connection, "?", "")
    from ledger.postgres.connections import PostgresConnections
    from ledger.postgres.fitness import require_prepared
    from ledger.postgres.schema import READS
    from ledger.postgres.store import PostgresStore

    connections = PostgresConnections(
        url, pool_size=POOL_SIZE, lock_timeout=lock_seconds, read_only=looking
    )
    with closed_on_failure(connections):
        with connections.get_connection() as connection:
            require_prepared(connection, "looked")
        kept = PostgresStore(connections, READS)
        return kept, Index(connections.get_connection, "%s", "looked.")


def _make_index(connection: sqlite3.Connection) -> None:
    with _rolled_back(connection):
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection, "looked")
        connection.execute("COMMIT")


@contextmanager
def _rolled_back(connection: Any) -> Iterator[None]:
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.rollback()


def _serve(store: Store, ledger: UUID) -> None:
    """Raises `ReadsOfAnotherLedger` where it told of another one's readers."""
    if not _require_of(store, ledger):
        store.note(OF, str(ledger))


def _require_of(store: Store, ledger: UUID) -> bool:
    """Whether it says of which ledger it is; raises `ReadsOfAnotherLedger`."""
    served = [note.detail for note in store.change(ALL_NOTES).notes if note.kind == OF]
    if served and served[0] != str(ledger):
        raise ReadsOfAnotherLedger(ledger=str(ledger), served=served[0])
    return bool(served)
