"""Older backups: of a ledger, brought back under whoever has it open, and of a key store."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg

from ledger.urls import sqlite_path
from tests.integration.ledger.place import Place


@dataclass(frozen=True)
class Backup:
    """What the ledger held when it was taken."""

    place: Place
    file: Path | None
    position: int
    notes: int

    def bring_back(self) -> None:
        if self.file is not None:
            self._put_in_place(self.file)
            return
        with psycopg.connect(self.place.owner_url) as owner:
            for table, column, last in (
                ("stored_events", "position", self.position),
                ("commands", "position", self.position),
                ("upkeep", "number", self.notes),
            ):
                owner.execute(f"ALTER TABLE ledger.{table} DISABLE TRIGGER USER")
                owner.execute(f"DELETE FROM ledger.{table} WHERE {column} > {last}")  # noqa: S608
                owner.execute(f"ALTER TABLE ledger.{table} ENABLE TRIGGER USER")

    def _put_in_place(self, file: Path) -> None:
        path = sqlite_path(self.place.url)
        assert path is not None
        back = path.with_name(f"{uuid4().hex}.db")
        back.write_bytes(file.read_bytes())
        back.replace(path)
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)


@dataclass(frozen=True)
class KeysBackup:
    """The rows of a key store when it was taken."""

    place: Place
    keys: list[tuple[UUID, bytes]]

    def bring_back(self) -> None:
        """To be opened anew: nobody who has the key store open looks back."""
        path = sqlite_path(self.place.keys_url)
        if path is not None:
            with closing(sqlite3.connect(path)) as file, file:
                file.execute("DROP TRIGGER tombstones_no_delete")
                file.execute("DELETE FROM destroyed_keys")
                file.execute("DELETE FROM subject_keys")
                file.executemany(
                    "INSERT INTO subject_keys (subject, wrapped) VALUES (?, ?)",
                    [(subject.bytes, wrapped) for subject, wrapped in self.keys],
                )
            return
        with psycopg.connect(self.place.owner_url) as owner:
            for table in ("destroyed_keys", "subject_keys"):
                owner.execute(f"ALTER TABLE keys.{table} DISABLE TRIGGER USER")
                owner.execute(f"DELETE FROM keys.{table}")  # noqa: S608
                owner.execute(f"ALTER TABLE keys.{table} ENABLE TRIGGER USER")
            with owner.cursor() as cursor:
                cursor.executemany("INSERT INTO keys.subject_keys VALUES (%s, %b)", self.keys)


def back_up_keys(place: Place) -> KeysBackup:
    """Of a key store in which none is destroyed yet."""
    path = sqlite_path(place.keys_url)
    if path is None:
        with psycopg.connect(place.owner_url) as owner:
            rows = owner.execute("SELECT subject, wrapped FROM keys.subject_keys").fetchall()
        return KeysBackup(place, [(subject, bytes(wrapped)) for subject, wrapped in rows])
    with closing(sqlite3.connect(path)) as file:
        found = file.execute("SELECT subject, wrapped FROM subject_keys").fetchall()
    return KeysBackup(place, [(UUID(bytes=subject), wrapped) for subject, wrapped in found])


def back_up(place: Place) -> Backup:
    path = sqlite_path(place.url)
    if path is None:
        with psycopg.connect(place.owner_url) as owner:
            ((position, notes),) = owner.execute(
                "SELECT (SELECT coalesce(max(position), 0) FROM ledger.stored_events),"
                " (SELECT max(number) FROM ledger.upkeep)"
            ).fetchall()
        return Backup(place, None, position, notes)
    file = path.with_name(f"backup-{uuid4().hex}.db")
    with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(file)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        position = copy.execute("SELECT max(position) FROM stored_events").fetchone()[0]
    return Backup(place, file, position or 0, 0)
