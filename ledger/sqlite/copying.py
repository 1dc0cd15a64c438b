"""Copies an SQLite file as it is at one moment, while others go on writing it.

By SQLite's own online backup: it reads one snapshot of the log, and what is copied is one file.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from domain.errors import DatabaseDamaged
from ledger.faults import closed_on_failure
from ledger.sqlite.files import create_privately

PAGES = 2_000
"""Copied between two words of how far it is."""
LOCK_SECONDS = 30.0

Progress = Callable[[int], None]
"""Called with how many bytes were copied since."""


class SqliteSnapshot:
    """A file at the moment at which this was made. Raises `sqlite3.Error`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=LOCK_SECONDS,
            isolation_level=None,
        )
        with closed_on_failure(self):
            self._connection.execute("PRAGMA query_only=ON")
            self._connection.execute("BEGIN")
            self._tables()  # the first look is what fixes the moment

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(select).fetchall()

    def version(self, room: str) -> int | None:
        """The last migration taken; None for what has no such numbers."""
        if f"{room}_schema" not in self._tables():
            return None
        ((found,),) = self.rows(f"SELECT max(version) FROM {room}_schema")  # noqa: S608 (a constant)
        return int(found)

    def _tables(self) -> set[str]:
        return {name for (name,) in self.rows("SELECT name FROM sqlite_master")}

    def copy(self, into: Path, progress: Progress) -> None:
        """Into a new file, whole and on the disk when this returns. Raises `DatabaseDamaged`."""
        create_privately(into)
        with closing(sqlite3.connect(into, isolation_level=None)) as target:
            ((size,),) = self.rows("PRAGMA page_size")
            left = [0]

            def told(_status: int, remaining: int, total: int) -> None:
                progress(size * ((left[0] or total) - remaining))
                left[0] = remaining

            self._connection.backup(target, pages=PAGES, progress=told)
            target.execute("PRAGMA journal_mode=DELETE")  # no log beside it
            if target.execute("PRAGMA quick_check(1)").fetchall() != [("ok",)]:
                raise DatabaseDamaged(database=str(self._path))
        flush(into)
        flush(into.parent)

    def close(self) -> None:
        self._connection.close()


@contextmanager
def held_still(path: Path) -> Iterator[None]:
    """Nothing is written into the file meanwhile: for as long as several snapshots take to begin."""
    with closing(sqlite3.connect(path, timeout=LOCK_SECONDS, isolation_level=None)) as holding:
        holding.execute("BEGIN IMMEDIATE")
        yield
        holding.execute("ROLLBACK")


def flush(path: Path) -> None:
    """Have a file, or a folder's names, outlast a power cut."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
