"""The key store in an SQLite file of its own.

Not in WAL mode, on purpose: a rollback journal is empty once a commit returns, while a
log keeps old pages, with the keys in them, for as long as any reader holds it open.
`secure_delete` overwrites what is deleted, and a VACUUM writes the file anew.
"""

import sqlite3
import threading
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from domain.errors import Unavailable
from ledger.keys import Found
from ledger.sqlite.files import brought_level, create_privately

_FEW = 500
"""Subjects asked about in one statement; SQLite allows 999 parameters everywhere."""


class SqliteKeyTable:
    """`ledger.keys.KeyTable` in a file. One connection, used by one thread at a time."""

    def __init__(self, path: Path, *, lock_timeout: float) -> None:
        create_privately(path)
        self._lock = threading.Lock()
        self._closed = False
        self._connection = sqlite3.connect(
            path, timeout=lock_timeout, isolation_level=None, check_same_thread=False
        )
        for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        with self._writing() as connection:
            brought_level(connection, "keys")

    @contextmanager
    def _alone(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._closed:
                raise Unavailable(database="keys")
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
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

    def add(self, wrapped: Mapping[UUID, bytes]) -> Found:
        with self._writing() as connection:
            connection.executemany(
                """INSERT INTO subject_keys SELECT :subject, :wrapped WHERE NOT EXISTS (
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
        with self._alone() as connection:
            connection.execute("VACUUM")

    def destroyed_since(self, number: int) -> tuple[int, list[UUID]]:
        with self._alone() as connection:
            rows = connection.execute(
                "SELECT number, subject FROM destroyed_keys WHERE number > ? ORDER BY number",
                (number,),
            ).fetchall()
        return rows[-1][0] if rows else number, [UUID(bytes=subject) for _, subject in rows]

    def secret(self, name: str, proposed: bytes) -> bytes:
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO secrets VALUES (?, ?)", (name, proposed))
            wrapped: bytes = connection.execute(
                "SELECT wrapped FROM secrets WHERE name = ?", (name,)
            ).fetchone()[0]
        return wrapped

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._connection.close()
