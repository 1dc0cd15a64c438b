"""SQLite files: how connections to them are made, the same for the ledger and the keys."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

from eventsourcing.persistence import ConnectionPoolClosedError, ProgrammingError
from eventsourcing.sqlite import SQLiteConnection, SQLiteConnectionPool, SQLiteDatastore

from domain.errors import DatabaseBehind, DatabaseDamaged, DatabaseNewer, DatabaseUnfit
from ledger.migrations import missing, statements, steps
from ledger.sqlite.looking import look_at

RETRY_SECONDS = 0.02
ROOM = 1024 * 1024
"""Bytes that a commit and what follows from it may take."""
OURS = frozenset({"ledger_schema", "keys_schema", "followers_schema", "proof_schema"})
"""Tables, one of which stands in every file of this folder's."""


class SqliteFile(SQLiteDatastore):
    """Connections to one file; written durably, readable by its owner only.

    When another file is put in its place, a backup brought back, the connections are made
    anew: those that were open would go on writing into a file that no longer has a name.
    """

    def __init__(
        self,
        path: Path,
        *,
        lock_timeout: int,
        pool_size: int,
        read_only: bool = False,
        looking: bool = False,
        synchronous: str = "FULL",
    ) -> None:
        """`synchronous="NORMAL"`: a commit survives a kill, but not a loss of power.

        `looking`: read only, and without a trace (`looking.py`).
        """
        super().__init__(str(path), lock_timeout=lock_timeout, originator_id_type="text")
        self.lock_timeout = lock_timeout
        self.read_only = read_only or looking
        self.looking = looking
        self._path = path.absolute()
        self._synchronous = synchronous
        self._size = pool_size
        self._opening = threading.Lock()
        if not self.read_only:
            create_privately(path)
        self._opened()

    def _opened(self) -> None:
        self._file = _identity(self._path)
        self.pool = _Pool(
            db_name=str(self._path),
            lock_timeout=self.lock_timeout,
            pool_size=self._size,
            max_overflow=0,
            pool_timeout=float(self.lock_timeout),
        )
        self.pool.read_only = self.read_only
        self.pool.looking = self.looking
        self.pool.synchronous = self._synchronous

    def beside(self, name: str) -> Path:
        """A file of the ledger's that is none of its tables: `ledger.db.<name>`."""
        return self._path.with_name(f"{self._path.name}.{name}")

    @contextmanager
    def get_connection(self, *, commit: bool) -> Iterator[SQLiteConnection]:
        """Raises `FileNotFoundError` when the file is gone."""
        with self._opening:
            if _identity(self._path) != self._file:
                self.pool.close()
                self._opened()
            pool = self.pool
        connection = pool.get_connection(is_writer=commit)
        try:
            yield connection
        finally:
            pool.put_connection(connection)

    def require_same_file(self) -> None:
        """Raises `FileNotFoundError` when what was just committed went into a lost file."""
        if _identity(self._path) != self._file:
            raise FileNotFoundError(self._path)

    def require_room(self) -> None:
        """Raises `OSError` where a commit could not be put beside the file now."""
        with TemporaryFile(dir=self._path.parent) as file:  # it has no name, and leaves nothing
            os.posix_fallocate(file.fileno(), 0, ROOM)

    def require_writing(self) -> None:
        if self.read_only:
            raise ProgrammingError("opened to be read; JISR_LEDGER_WRITE=yes lets it be written")


class _Pool(SQLiteConnectionPool):
    """Once it is closed, a connection in use is closed by who uses it: SQLite does not bear that
    it happens under another thread, and ends the process.
    """

    read_only = False
    looking = False
    synchronous = "FULL"

    @staticmethod
    def detect_memory_mode(db_name: str) -> bool:  # noqa: ARG004 (the library's signature)
        """A folder's name may hold the words by which the library knows such a database."""
        return False

    def close(self) -> None:
        with self._put_condition:
            self._in_use.clear()
            super().close()

    def put_connection(self, conn: SQLiteConnection) -> None:
        try:
            super().put_connection(conn)
        except ConnectionPoolClosedError:
            conn.close()

    def _create_connection(self) -> SQLiteConnection:
        connection = self._opened()
        raw = connection._sqlite_conn  # noqa: SLF001 (the library has no public way to it)
        raw.row_factory = None
        raw.execute(f"PRAGMA synchronous={self.synchronous}")
        raw.execute("PRAGMA trusted_schema=OFF")
        raw.execute("PRAGMA journal_size_limit=67108864")
        if self.read_only:
            raw.execute("PRAGMA query_only=ON")
        return connection

    def _opened(self) -> SQLiteConnection:
        # SQLite does not wait when the journal mode is changed at the same time by others.
        deadline = time.monotonic() + (self.lock_timeout or 0)
        while True:
            try:
                if self.looking:
                    raw = look_at(Path(self.db_name), timeout=float(self.lock_timeout or 0))
                    return SQLiteConnection(raw, max_age=None)
                return super()._create_connection()
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(RETRY_SECONDS)


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def create_privately(path: Path) -> None:
    """Make the file, and its folder, so that nobody but their owner reads them.

    One that is there is left alone: closing it, anywhere in a process, would let go of every
    lock that SQLite holds on it for that process.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def require_utf8(connection: sqlite3.Connection) -> None:
    """Raises `DatabaseUnfit` when somebody else made the file, in another encoding."""
    (encoding,) = connection.execute("PRAGMA encoding").fetchone()
    if encoding != "UTF-8":
        raise DatabaseUnfit(because="encoding", found=encoding, needed="UTF-8")


def migrate(connection: sqlite3.Connection, room: str) -> None:
    """Take the migrations that are missing; to be called in a transaction.

    Raises `DatabaseNewer` when a newer release made the file, and `DatabaseDamaged` when
    somebody else did.
    """
    found = _found(connection, room)
    connection.execute(f"CREATE TABLE IF NOT EXISTS {room}_schema (version INTEGER PRIMARY KEY)")
    for step in missing(steps("sqlite", room), found):
        for statement in statements(step.sql):
            connection.execute(statement)
        connection.execute(f"INSERT INTO {room}_schema VALUES (?)", (step.number,))  # noqa: S608


def require_migrated(connection: sqlite3.Connection, room: str) -> None:
    """As `migrate`, of a file that is only to be read; `DatabaseBehind` for one that has less."""
    if left := missing(steps("sqlite", room), _found(connection, room)):
        raise DatabaseBehind(schema=room, needed=left[-1].number)


def newest(room: str) -> int:
    """The number of the last migration that this program knows."""
    return steps("sqlite", room)[-1].number


def require_no_newer(connection: sqlite3.Connection, room: str, known: int) -> None:
    """Raises `DatabaseNewer` when a newer release has migrated the file since it was opened.

    To be called in each transaction that writes: the newer release may be at work beside this.
    """
    found = _version(connection, room)
    if found > known:
        raise DatabaseNewer(found=found, known=known)


def _found(connection: sqlite3.Connection, room: str) -> int:
    """The last migration taken; 0 for a file that holds nothing of the room's yet."""
    select = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = {name for (name,) in connection.execute(select)}
    if tables and not tables & OURS:
        raise DatabaseDamaged(database=room)
    return _version(connection, room) if f"{room}_schema" in tables else 0


def _version(connection: sqlite3.Connection, room: str) -> int:
    select = f"SELECT coalesce(max(version), 0) FROM {room}_schema"  # noqa: S608 (a constant)
    found: int = connection.execute(select).fetchone()[0]
    return found
