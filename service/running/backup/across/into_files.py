"""Makes SQLite's files out of what was copied of PostgreSQL's schemas."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ledger.sqlite.files import create_privately, migrate
from ledger.urls import sqlite_url
from service.keeping import open_engine
from service.running.backup.across.copied import rows_of
from service.running.backup.across.shapes import MADE_OF, SMALL, WITHIN
from service.running.backup.manifest import Manifest, RoomCopied
from service.running.faults import OperatorError


def made_file(room: str, manifest: Manifest, copied: Path, into: Path) -> Path:
    """The file of a room, of a backup's half in the folder `copied`, in the folder `into`.

    Raises `OperatorError` where what was copied does not fit.
    """
    path = into / f"{room}.db"
    if room in SMALL:
        open_engine(sqlite_url(path), SMALL[room]).dispose()
    else:
        create_privately(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as target:
        target.execute("BEGIN IMMEDIATE")
        for each in MADE_OF.get(room, ()):
            migrate(target, each)
        for found in _rooms_in(room, manifest):
            _fill(target, found, copied / found.name)
        target.execute("COMMIT")
        target.execute("PRAGMA journal_mode=DELETE")
    return path


def _rooms_in(room: str, manifest: Manifest) -> Iterator[RoomCopied]:
    for each in manifest.rooms:
        if WITHIN.get(each.name, each.name) == room:
            yield each


def _fill(target: sqlite3.Connection, found: RoomCopied, folder: Path) -> None:
    for table in found.tables:
        columns = ", ".join(f'"{column}"' for column in table.columns)
        marks = ", ".join("?" * len(table.columns))
        insert = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'  # noqa: S608 (listed, and marked)
        try:
            rows = rows_of(folder / f"{table.name}.copy", table.types)
            brought = target.executemany(insert, rows).rowcount if table.rows else 0
        except (sqlite3.Error, ValueError) as error:
            raise OperatorError(
                f"{table.name} of the backup does not fit, and nothing was changed: {error}"
            ) from None
        if brought != table.rows:
            raise OperatorError(f"{table.name}: {brought} rows, not {table.rows}")
