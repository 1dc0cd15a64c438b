"""Views in an SQLite file of their own.

`views_<shape>.db` is a symbolic link to `views_<shape>-<n>.db`. A rebuild makes the next file and
turns the link in one step; whoever reads or writes looks at the link first. The file left behind
is marked as retired, so that a late write to it fails, and removed, for it holds names. A release
whose views have another shape has another link beside (`shapes.py`).
"""

import os
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, QueuePool, create_engine

from domain.errors import Unavailable
from ledger.faults import translated as raw_translated
from ledger.sqlite.file_lock import FileLock
from ledger.sqlite.files import create_privately
from projections.changes import Changes, Rows
from projections.reached import Reached, State
from projections.sqlite import writing
from projections.sqlite.damaged import take_away_damaged
from projections.sqlite.shapes import (
    hold,
    live,
    number_of,
    numbered,
    of_shape,
    others,
    remove,
    retire,
)
from projections.store import Moved, ProjectorBusy, translated
from projections.views.table import shape

POLL_SECONDS = 0.01
CALM_SECONDS = 0.025
"""Between two looks when nothing was written for a while."""
CALM_AFTER = 1.0
WAIT_SECONDS = 0.02
TRIES = 5
"""Between looking at the link and reading its file, a rebuild may turn it; once, not often."""


class SqliteViews:
    """`projections.store.Views` on SQLite."""

    def __init__(self, path: Path) -> None:
        """`path` names all shapes' views; those of this program's shape stand beside it."""
        self.path = of_shape(path, shape())
        self._all = path
        self._lock = threading.Lock()
        self._file: Path | None = None
        self._engine: Engine | None = None
        self._current = False
        self._asker: sqlite3.Connection | None = None
        with raw_translated("views"):
            self._held = hold(self.path)
            if self.path.exists():
                with _making(self.path), suppress(Unavailable):
                    take_away_damaged(live(self.path), remove)
            if not self.path.exists():  # nor its file, if somebody took that away
                create_views(self.path, made=not others(path, self.path))
            self._follow()

    def _follow(self) -> Engine:
        """The engine of the file that is live now."""
        file = live(self.path)
        with self._lock:
            if file != self._file or self._engine is None:
                self._leave()
                self._asker = writing.connect(file, read_only=True)
                self._current = writing.state_of(self._asker).shape == shape()
                self._engine = create_engine(
                    "sqlite://",
                    creator=lambda: writing.connect(file, read_only=True),
                    poolclass=QueuePool,
                    pool_size=10,
                    max_overflow=20,
                )
                self._file = file
            return self._engine

    def _leave(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
        if self._asker is not None:
            self._asker.close()
        self._engine = self._asker = self._file = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with translated(), self._connected() as connection:
            if not self._current:
                raise Unavailable(database="views", because="being_rebuilt")
            yield connection

    def _connected(self) -> Connection:
        for _ in range(TRIES - 1):
            with suppress(Unavailable), translated(), raw_translated("views"):
                return self._follow().connect()
        with raw_translated("views"):
            return self._follow().connect()

    def position(self) -> int:
        for _ in range(TRIES):
            with raw_translated("views"):
                self._follow()
                with self._lock:
                    if self._asker is not None:
                        position = writing.state_of(self._asker).reached.position
                        if position != writing.RETIRED:
                            return position
        raise Unavailable(database="views")

    def is_current(self) -> bool:
        with raw_translated("views"):
            self._follow()
            return self._current

    def writer(self) -> "SqliteWriter":
        return SqliteWriter(self.path)

    @contextmanager
    def building(self) -> Iterator["SqliteFresh"]:
        with FileLock(self.path.with_name(f"{self.path.name}.rebuild.lock")) as lock:
            if not lock.acquire():
                raise ProjectorBusy(at="rebuild")
            with raw_translated("views"):
                fresh = SqliteFresh(self.path)
                try:
                    yield fresh
                finally:
                    fresh.close()

    def retire(self, idle: Collection[str]) -> list[str]:
        with raw_translated("views"):
            return retire(self._all, self.path, idle)

    def close(self) -> None:
        with self._lock:
            self._leave()
        self._held.close()


class SqliteWriter:
    """`projections.store.Writer` on SQLite."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path.with_name(f"{path.name}.projector.lock"))
        self._file: Path | None = None
        self._connection: sqlite3.Connection | None = None
        self._written = monotonic()

    def acquire(self) -> bool:
        return self._lock.acquire()

    def state(self) -> State:
        for _ in range(TRIES):
            with raw_translated("views"):
                state = writing.state_of(self._followed())
            if state.reached.position != writing.RETIRED:
                return state
        raise Unavailable(database="views")

    def write(self, changes: Changes, *, before: Reached, after: Reached, calendar: str) -> None:
        with raw_translated("views"):
            written = writing.write(self._followed(), changes, before, after, calendar)
        if not written:
            raise Moved(expected=before.position)
        self._written = monotonic()

    def forget(self) -> bool:
        # Deleted cells are overwritten; what is left of them is in the write-ahead log.
        with raw_translated("views"):
            connection = self._followed()
            connection.execute("PRAGMA busy_timeout=100")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            connection.execute(f"PRAGMA busy_timeout={writing.BUSY_SECONDS * 1000}")
        return not busy

    def wait(self) -> None:
        calm = monotonic() - self._written > CALM_AFTER
        sleep(CALM_SECONDS if calm else POLL_SECONDS)

    def _followed(self) -> sqlite3.Connection:
        file = live(self._path)
        if self._connection is None or file != self._file:
            self._leave()
            self._connection, self._file = writing.connect(file), file
        return self._connection

    def _leave(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = self._file = None

    def close(self) -> None:
        self._leave()
        self._lock.close()


class SqliteFresh:
    """`projections.store.Fresh` on SQLite: the next file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._live = live(path)
        self._file = numbered(path, number_of(self._live) + 1)
        for leftover in path.parent.glob(f"{path.stem}-*{path.suffix}*"):
            # A rebuild that was killed leaves its file.
            if not leftover.name.startswith(self._live.name):
                leftover.unlink(missing_ok=True)
        create_privately(self._file)
        self._connection = writing.connect(self._file)
        self._connection.execute("PRAGMA journal_mode=OFF")  # what fails is thrown away
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute("PRAGMA cache_size=-65536")
        writing.create(self._connection, made=True)

    def load(self, rows: Rows) -> None:
        writing.load(self._connection, rows)

    def write(self, changes: Changes, *, before: Reached, after: Reached, calendar: str) -> None:
        if not writing.write(self._connection, changes, before, after, calendar):
            raise Moved(expected=before.position)

    def finish(self) -> None:
        writing.create_indexes(self._connection)
        writing.gather(self._connection)
        self._connection.execute("ANALYZE")
        self._connection.close()
        descriptor = os.open(self._file, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        self._connection = writing.connect(self._file)
        self._connection.execute("PRAGMA journal_mode=WAL")

    def swap(self, level: Callable[[int], None]) -> None:
        old = writing.connect(self._live)
        try:
            old.execute("BEGIN IMMEDIATE")
            level(writing.state_of(old).reached.position)
            turned = self._path.with_name(f"{self._path.name}.next")
            turned.unlink(missing_ok=True)
            turned.symlink_to(self._file.name)
            turned.replace(self._path)
            old.execute("UPDATE state SET position = ?", (writing.RETIRED,))
            old.execute("COMMIT")
        finally:
            old.close()
        remove(self._live)

    def close(self) -> None:
        self._connection.close()
        if live(self._path) != self._file:
            remove(self._file)


@contextmanager
def _making(path: Path) -> Iterator[None]:
    """One process at a time makes the first file, or takes a damaged one away."""
    with FileLock(path.with_name(f"{path.name}.create.lock")) as lock:
        deadline = monotonic() + writing.BUSY_SECONDS
        while not lock.acquire():
            if monotonic() > deadline:
                raise Unavailable(database="views")
            sleep(WAIT_SECONDS)
        yield


def create_views(path: Path, *, made: bool) -> None:
    """Make the first file, unless another process is quicker."""
    first = numbered(path, 1)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _making(path):
        if path.exists():
            return
        create_privately(first)
        connection = writing.connect(first)
        connection.execute("PRAGMA journal_mode=WAL")
        writing.create(connection, made=made)
        writing.create_indexes(connection)
        connection.close()
        path.unlink(missing_ok=True)
        path.symlink_to(first.name)
