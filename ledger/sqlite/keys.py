"""The key store in an SQLite file of its own.

Not in WAL mode, on purpose: a rollback journal is empty once a commit returns, while a
log keeps old pages, with the keys in them, for as long as any reader holds it open.
`secure_delete` overwrites what is deleted. Keys stand in a table in which no row is ever
moved: their places are numbered, and an index of subjects, without keys, says which is whose.
"""

import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.errors import DatabaseUnfit, Unavailable
from ledger.faults import closed_on_failure
from ledger.keys.table import LEDGER, MASTER, Found, MasterKeyReplaced
from ledger.sqlite.files import (
    create_privately,
    migrate,
    newest,
    require_migrated,
    require_no_newer,
)
from ledger.sqlite.looking import look_at

_FEW = 500
"""Subjects asked about in one statement; SQLite allows 999 parameters everywhere."""

_LAST_TOMBSTONE = "SELECT coalesce(max(number), 0) FROM destroyed_keys"
_FACT = "SELECT value FROM facts WHERE name = ?"


class SqliteKeyTable:
    """`ledger.keys.store.KeyTable` in a file. One connection, used by one thread at a time."""

    def __init__(self, path: Path, *, lock_timeout: float, looking: bool = False) -> None:
        """`looking`: nothing is made or written, and no trace left."""
        self._lock = threading.Lock()
        self._closed = False
        self._known = newest("keys")
        if looking:
            self._connection = look_at(path, logged=False, timeout=lock_timeout)
            with closed_on_failure(self):
                require_migrated(self._connection, "keys")
            return
        create_privately(path)
        self._connection = sqlite3.connect(
            path, timeout=lock_timeout, isolation_level=None, check_same_thread=False
        )
        with closed_on_failure(self):
            for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON"):
                self._connection.execute(f"PRAGMA {pragma}")
            require_secure_delete(self._connection)
            with self._begun() as connection:
                migrate(connection, "keys")

    @contextmanager
    def _alone(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._closed:
                raise Unavailable(database="keys")
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._begun() as connection:
            require_no_newer(connection, "keys", self._known)
            yield connection

    @contextmanager
    def _begun(self) -> Iterator[sqlite3.Connection]:
        with self._alone() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.rollback()

    def find(self, subjects: Collection[UUID]) -> Found:
        with self._alone():
            return self._found(subjects)

    def _found(self, subjects: Collection[UUID]) -> Found:
        # Tombstones last: a key that another process destroys between the two statements
        # is then in both, and counts as destroyed.
        wanted = [subject.bytes for subject in subjects]
        wrapped = self._among("SELECT subject, wrapped FROM subject_keys", wanted)
        destroyed = self._among("SELECT subject, NULL FROM destroyed_keys", wanted).keys()
        return Found({s: key for s, key in wrapped.items() if s not in destroyed}, destroyed)

    def _among(self, select: str, wanted: list[bytes]) -> dict[UUID, bytes]:
        found = {}
        for start in range(0, len(wanted), _FEW):
            some = wanted[start : start + _FEW]
            marks = ",".join("?" * len(some))
            for subject, value in self._connection.execute(
                f"{select} WHERE subject IN ({marks})", some
            ):
                found[UUID(bytes=subject)] = value
        return found

    def add(self, wrapped: Mapping[UUID, bytes], number: int) -> Found:
        with self._writing() as connection:
            if connection.execute(_FACT, (MASTER,)).fetchone()[0] != str(number):
                raise MasterKeyReplaced
            connection.executemany(
                """INSERT INTO subject_keys (subject, wrapped)
                    SELECT :subject, :wrapped WHERE NOT EXISTS (
                    SELECT 1 FROM destroyed_keys WHERE subject = :subject
                    UNION ALL SELECT 1 FROM subject_keys WHERE subject = :subject)""",
                [{"subject": s.bytes, "wrapped": key} for s, key in wrapped.items()],
            )
            return self._found(wrapped.keys())

    def destroy(self, subject: UUID) -> None:
        with self._writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO destroyed_keys (subject) VALUES (?)", (subject.bytes,)
            )
            connection.execute("DELETE FROM subject_keys WHERE subject = ?", (subject.bytes,))

    def destroyed_since(self, number: int) -> tuple[int, list[UUID]]:
        with self._alone() as connection:
            rows = connection.execute(
                "SELECT number, subject FROM destroyed_keys WHERE number > ? ORDER BY number",
                (number,),
            ).fetchall()
        return rows[-1][0] if rows else number, [UUID(bytes=subject) for _, subject in rows]

    def last_tombstone(self) -> int:
        with self._alone() as connection:
            last: int = connection.execute(_LAST_TOMBSTONE).fetchone()[0]
        return last

    def secret(self, name: str, proposed: bytes) -> bytes:
        wrapped: bytes = self._first(
            "SELECT wrapped FROM secrets WHERE name = ?",
            "INSERT OR IGNORE INTO secrets VALUES (?, ?)",
            (name, proposed),
        )
        return wrapped

    def fact(self, name: str, proposed: str) -> str:
        value: str = self._first(
            _FACT, "INSERT OR IGNORE INTO facts (name, value) VALUES (?, ?)", (name, proposed)
        )
        return value

    def _first(self, select: str, insert: str, proposed: tuple[str, Any]) -> Any:
        """What stands there; only where nothing does is there something to write."""
        with self._alone() as connection:
            found = connection.execute(select, proposed[:1]).fetchone()
        if found is None:
            with self._writing() as connection:
                connection.execute(insert, proposed)
                found = connection.execute(select, proposed[:1]).fetchone()
        return found[0]

    def wrap_under(self, number: int) -> None:
        with self._writing() as connection:
            connection.execute(
                """UPDATE facts SET value = :number, since = strftime('%Y-%m-%d %H:%M:%f', 'now')
                    WHERE name = :name AND CAST(value AS INTEGER) < :number""",
                {"number": number, "name": MASTER},
            )

    def secrets(self) -> dict[str, bytes]:
        with self._alone() as connection:
            return dict(connection.execute("SELECT name, wrapped FROM secrets").fetchall())

    def replace_secret(self, name: str, old: bytes, new: bytes) -> None:
        with self._writing() as connection:
            connection.execute(
                "UPDATE secrets SET wrapped = ? WHERE name = ? AND wrapped = ?", (new, name, old)
            )

    def some(self, after: UUID | None, limit: int) -> list[tuple[UUID, bytes]]:
        with self._alone() as connection:
            rows = connection.execute(
                """SELECT subject, wrapped FROM subject_keys WHERE subject > ?
                    ORDER BY subject LIMIT ?""",
                (after.bytes if after else b"", limit),
            ).fetchall()
        return [(UUID(bytes=subject), wrapped) for subject, wrapped in rows]

    def replace(self, keys: Sequence[tuple[UUID, bytes, bytes]]) -> None:
        with self._writing() as connection:
            connection.executemany(
                "UPDATE subject_keys SET wrapped = ? WHERE subject = ? AND wrapped = ?",
                [(new, subject.bytes, old) for subject, old, new in keys],
            )

    def oldest_erasure(self) -> datetime | None:
        with self._alone() as connection:
            (oldest,) = connection.execute(
                """SELECT min(destroyed_at) FROM destroyed_keys
                    WHERE destroyed_at >= (SELECT since FROM facts WHERE name = ?)""",
                (MASTER,),
            ).fetchone()
        return datetime.fromisoformat(oldest).replace(tzinfo=UTC) if oldest else None

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._connection.close()


def serves_a_ledger(path: Path) -> bool:
    """Whether the keys in a file belong to a ledger; False where that cannot be seen."""
    with suppress(sqlite3.Error), closing(look_at(path, logged=False)) as connection:
        return connection.execute(_FACT, (LEDGER,)).fetchone() is not None
    return False


def require_secure_delete(connection: sqlite3.Connection) -> None:
    """Raises `DatabaseUnfit` where a deleted key would stay in the file."""
    (on,) = connection.execute("PRAGMA secure_delete").fetchone()
    if on != 1:
        raise DatabaseUnfit(because="secure_delete", found=str(on), needed="1")
