"""Opens a ledger by URL.

What is for PostgreSQL is loaded by who opens one: its driver takes a quarter of a second.
"""

# ruff: noqa: PLC0415 - see above

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from domain.values.calendar import Calendars
from ledger.at_rest.mapper import EventMapper
from ledger.faults import closed_on_failure, translated
from ledger.ground.clock import ClockDoubts
from ledger.ground.living import Living
from ledger.keys.master import MasterKeys
from ledger.keys.store import KeyStore
from ledger.keys.table import KeyTable
from ledger.ledger import Ledger
from ledger.papers.folder import Folder
from ledger.papers.vault import Vault
from ledger.port import Domain, programme
from ledger.recording.deciding import Deciding
from ledger.sqlite.files import SqliteFile
from ledger.sqlite.keys import SqliteKeyTable
from ledger.sqlite.living import SqliteLiving
from ledger.sqlite.store import SqliteStore
from ledger.store import LOCK_SECONDS, Store
from ledger.urls import sqlite_path

POOL_SIZE = 8
KEYS_POOL_SIZE = 3


def open_ledger(
    url: str,
    keys_url: str,
    masters: MasterKeys,
    *,
    calendar: Calendars,
    clock: Callable[[], datetime] | None = None,
    clock_doubts: ClockDoubts | None = None,
    monotonic: Callable[[], float] = time.monotonic,
    domain: Domain | None = None,
    lock_seconds: int = LOCK_SECONDS,
    pool_size: int = POOL_SIZE,
    looking: bool = False,
    papers: Path | None = None,
) -> Ledger:
    """A ledger at `sqlite:///absolute/path.db` or `postgresql://…`, its keys likewise.

    SQLite files are created when missing. A PostgreSQL database must have been prepared:
    `DatabaseBehind` otherwise. A clock that is given is believed, unless its doubts are too.
    `papers`: the folder that keeps them; without one none is attached or read.
    `looking`: nothing is made, brought level or written, and no trace is left in a folder.
    Raises `DatabaseUnfit` when it is set up to lose or spoil what is stored, `WrongMasterKey`
    when the keys are wrapped by another, and `KeysOfAnotherLedger` when they belong to another
    ledger.
    """
    domain = domain or programme()
    keys = open_keys(
        keys_url, masters, monotonic=monotonic, lock_seconds=lock_seconds, looking=looking
    )
    with closed_on_failure(keys):
        with translated("ledger"):
            store = _store(url, lock_seconds, pool_size, looking=looking)
        with closed_on_failure(store):
            with translated("ledger"):
                is_new = not store.max_notification_id()
            keys.serve(store.id, is_new=is_new)
            mapper = EventMapper(domain, keys)
            if clock is None:
                clock, clock_doubts = _utc_now, ClockDoubts(_utc_now)
            vault = Vault(keys, Folder(papers)) if papers else None
            deciding = Deciding(domain, mapper, keys, calendar, clock, clock_doubts, vault)
            return Ledger(store, keys, domain, mapper, deciding, vault)


@contextmanager
def looked_at_store(url: str, lock_seconds: int = LOCK_SECONDS) -> Iterator[Store]:
    """A ledger's rows and tree for who asks for no key: nothing is made or written."""
    with translated("ledger"), closing(_store(url, lock_seconds, POOL_SIZE, looking=True)) as store:
        yield store


def open_living(url: str, lock_seconds: int = LOCK_SECONDS) -> Living:
    """Where the processes at work on the ledger at a URL leave word."""
    path = sqlite_path(url)
    if path is not None:
        return SqliteLiving(path)
    from ledger.postgres.connections import PostgresConnections
    from ledger.postgres.living import PostgresLiving

    return PostgresLiving(PostgresConnections(url, pool_size=2, lock_timeout=lock_seconds))


def open_keys(
    url: str,
    masters: MasterKeys,
    *,
    monotonic: Callable[[], float] = time.monotonic,
    lock_seconds: int = LOCK_SECONDS,
    looking: bool = False,
) -> KeyStore:
    """The key store at a URL, as in `open_ledger`."""
    table = open_key_table(url, lock_seconds, looking=looking)
    with closed_on_failure(table):
        return KeyStore(table, masters, monotonic=monotonic)


def _store(url: str, lock_seconds: int, pool_size: int, *, looking: bool = False) -> Store:
    path = sqlite_path(url)
    if path is not None:
        file = SqliteFile(path, lock_timeout=lock_seconds, pool_size=pool_size, looking=looking)
        with closed_on_failure(file):
            return SqliteStore(file)
    from ledger.postgres.connections import PostgresConnections
    from ledger.postgres.store import PostgresStore

    connections = PostgresConnections(
        url, pool_size=pool_size, lock_timeout=lock_seconds, read_only=looking
    )
    with closed_on_failure(connections):
        return PostgresStore(connections)


def open_key_table(
    url: str, lock_seconds: int = LOCK_SECONDS, *, looking: bool = False
) -> KeyTable:
    """The table under a key store: wrapped keys, which need no master key to be looked at."""
    with translated("keys"):
        path = sqlite_path(url)
        if path is not None:
            return SqliteKeyTable(path, lock_timeout=lock_seconds, looking=looking)
        from ledger.postgres.connections import PostgresConnections
        from ledger.postgres.keys import PostgresKeyTable

        connections = PostgresConnections(
            url, pool_size=KEYS_POOL_SIZE, lock_timeout=lock_seconds, read_only=looking
        )
        with closed_on_failure(connections):
            return PostgresKeyTable(connections)


def _utc_now() -> datetime:
    return datetime.now(UTC)
