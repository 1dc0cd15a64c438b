"""Views in PostgreSQL, in schemas of their own: `views_<shape>` is live, with `_next` in the making.

A release whose views have another shape has two others. The service's role owns the tables and not the schemas, so it needs no right to make any. A
swap drops the live tables and moves the new ones into their place, in one transaction:
whoever reads waits for a moment and goes on with the new ones.
"""

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from time import sleep

import psycopg
from psycopg import sql
from sqlalchemy import Connection, create_engine, make_url

from domain.errors import Unavailable
from ledger.faults import closed_on_failure
from ledger.faults import translated as raw_translated
from ledger.postgres.schema import CHANNEL
from ledger.postgres.session import connect_as_owner
from projections.changes import Changes, Rows
from projections.postgres import writing
from projections.postgres.shapes import drop_all, drop_empty, hold, others, retire
from projections.postgres.writing import LIVE, NEXT, Raw
from projections.reached import Reached, State
from projections.store import Moved, ProjectorBusy, translated
from projections.views.table import shape

POLL_SECONDS = 0.02
"""Where the ledger is in this database, it tells of new events at once."""

SWAP_TRIES = 100
SWAP_WAIT = "100ms"
"""How long readers are kept waiting for other readers before they are let go first."""


def prepare_views(owner_url: str, service_role: str) -> None:
    """Make both schemas of this shape, and let the service make tables there. Can be repeated.

    Schemas of other shapes go once their tables are gone (`shapes.py`).
    """
    role = sql.Identifier(service_role)
    with connect_as_owner(owner_url) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (writing.CREATE_LOCK,))
        for schema in map(sql.Identifier, (LIVE, NEXT)):
            connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(schema))
            grant = sql.SQL("GRANT USAGE, CREATE ON SCHEMA {} TO {}")
            connection.execute(grant.format(schema, role))
        drop_empty(connection)


class PostgresViews:
    """`projections.store.Views` on PostgreSQL."""

    def __init__(self, url: str) -> None:
        given = make_url(url)
        self._url = given.set(drivername="postgresql").render_as_string(hide_password=False)
        self._lock = threading.Lock()
        self._asker: Raw | None = None
        self._current = False
        self._engine = create_engine(
            "postgresql+psycopg://",
            creator=lambda: writing.connect(self._url, LIVE),
            isolation_level="AUTOCOMMIT",
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
        )
        with closed_on_failure(self), raw_translated("views"):
            self._asker = self._connected()
            writing.create(self._asker, indexed=True, made=not others(self._asker))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        if not self._current and not self.is_current():
            raise Unavailable(database="views", because="being_rebuilt")
        with translated(), self._engine.connect() as connection:
            yield connection

    def position(self) -> int:
        return self._ask().reached.position

    def is_current(self) -> bool:
        self._current = self._ask().shape == shape()
        return self._current

    def _ask(self) -> State:
        with self._lock, raw_translated("views"):
            try:
                if self._asker is None:
                    self._asker = self._connected()
                return writing.state_of(self._asker)
            except psycopg.Error:
                if self._asker is not None:
                    self._asker.close()
                    self._asker = None
                raise

    def _connected(self) -> Raw:
        """A connection that holds on to these views for as long as it lasts."""
        connection = writing.connect(self._url, LIVE)
        hold(connection)
        return connection

    def retire(self, idle: Collection[str]) -> list[str]:
        with raw_translated("views"), writing.connect(self._url, LIVE) as connection:
            return retire(connection, idle)

    def writer(self) -> "PostgresWriter":
        return PostgresWriter(self._url)

    @contextmanager
    def building(self) -> Iterator["PostgresFresh"]:
        with raw_translated("views"):
            fresh = PostgresFresh(self._url)
            try:
                yield fresh
            finally:
                fresh.close()

    def close(self) -> None:
        self._engine.dispose()
        with self._lock:
            if self._asker is not None:
                self._asker.close()
                self._asker = None


class PostgresWriter:
    """`projections.store.Writer` on PostgreSQL; the lock is its connection's."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: Raw | None = None

    def acquire(self) -> bool:
        if self._connection is not None:
            return True
        with raw_translated("views"):
            connection = writing.connect(self._url, LIVE)
            try:
                if _try_lock(connection, writing.PROJECTOR_LOCK):
                    connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    self._connection = connection
            finally:
                if self._connection is None:
                    connection.close()
        return self._connection is not None

    def state(self) -> State:
        with self._connected() as connection:
            return writing.state_of(connection)

    def write(self, changes: Changes, *, before: Reached, after: Reached, calendar: str) -> None:
        with self._connected() as connection:
            written = writing.write(connection, changes, before, after, calendar)
        if not written:
            raise Moved(expected=before.position)

    def forget(self) -> bool:
        # A plain vacuum frees what was deleted and leaves it where it was.
        with self._connected() as connection:
            connection.execute(f"SET lock_timeout = '{SWAP_WAIT}'".encode())
            try:
                connection.execute("VACUUM (FULL) caseload")
            except psycopg.errors.LockNotAvailable:
                return False
            finally:
                connection.execute("RESET lock_timeout")
        return True

    def wait(self) -> None:
        with self._connected() as connection:
            for _ in connection.notifies(timeout=POLL_SECONDS, stop_after=1):
                break

    @contextmanager
    def _connected(self) -> Iterator[Raw]:
        """The connection that holds the lock. With it the lock is lost."""
        if self._connection is None:
            raise ProjectorBusy
        with raw_translated("views"):
            try:
                yield self._connection
            except psycopg.Error:
                self.close()
                raise

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class PostgresFresh:
    """`projections.store.Fresh` on PostgreSQL: the tables of `views_next`."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection = writing.connect(url, NEXT)
        if not _try_lock(self._connection, writing.REBUILD_LOCK):
            self._connection.close()
            raise ProjectorBusy(at="rebuild")
        # A rebuild that was killed leaves its tables.
        drop_all(self._connection, NEXT)
        writing.create(self._connection, indexed=False, made=True)

    def load(self, rows: Rows) -> None:
        writing.load(self._connection, rows)

    def write(self, changes: Changes, *, before: Reached, after: Reached, calendar: str) -> None:
        if not writing.write(self._connection, changes, before, after, calendar):
            raise Moved(expected=before.position)

    def finish(self) -> None:
        writing.create_keys(self._connection)
        writing.create_indexes(self._connection)
        writing.gather(self._connection)
        for table in writing.tables_in(self._connection, NEXT):
            self._connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))

    def swap(self, level: Callable[[int], None]) -> None:
        with writing.connect(self._url, LIVE) as live, live.transaction():
            # Readers go on; the projector waits from here until the commit.
            live.execute("LOCK TABLE state IN SHARE ROW EXCLUSIVE MODE")
            level(writing.state_of(live).reached.position)
            _exclude_readers(live)
            drop_all(live, LIVE)
            for table in writing.tables_in(live, NEXT):
                move = sql.SQL("ALTER TABLE {} SET SCHEMA {}")
                live.execute(
                    move.format(sql.Identifier(NEXT, table), sql.Identifier(LIVE)),
                )

    def close(self) -> None:
        with suppress(psycopg.Error):
            drop_all(self._connection, NEXT)
        self._connection.close()


def _exclude_readers(live: Raw) -> None:
    """Lock every live table, or none: a reader may hold one and wait for another."""
    tables = sql.SQL(",").join(sql.Identifier(table) for table in writing.tables_in(live, LIVE))
    for attempt in range(SWAP_TRIES):
        try:
            with live.transaction():
                live.execute(f"SET LOCAL lock_timeout = '{SWAP_WAIT}'".encode())
                live.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(tables))
        except psycopg.errors.LockNotAvailable:
            if attempt == SWAP_TRIES - 1:
                raise
            sleep(0.05)
        else:
            return


def _try_lock(connection: Raw, number: int) -> bool:
    wanted = number, writing.number_of(shape())
    row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", wanted).fetchone()
    return row == (True,)
