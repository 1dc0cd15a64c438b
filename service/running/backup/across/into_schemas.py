"""Fills the empty tables of a schema out of an SQLite file, as the backup has it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from ledger.postgres.copying import go_on_numbering, tables_in
from service.running.backup.across.shapes import WITHIN


def fill_from_file(connection: psycopg.Connection[Any], schema: str, folder: Path) -> None:
    """To be called in the owner's transaction. Raises `psycopg.Error`, and `ValueError`."""
    file = folder / f"{WITHIN.get(schema, schema)}.db"
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as source:
        for name, columns, types in tables_in(connection, schema):
            _fill(connection, source, sql.Identifier(schema, name), name, columns, types)
            go_on_numbering(connection, schema, name, columns)


def _fill(
    connection: psycopg.Connection[Any],
    source: sqlite3.Connection,
    table: sql.Identifier,
    name: str,
    columns: Sequence[str],
    types: Sequence[str],
) -> None:
    named = ", ".join(f'"{column}"' for column in columns)
    try:
        rows = source.execute(f'SELECT {named} FROM "{name}" ORDER BY {_key(source, name)}')  # noqa: S608
    except sqlite3.Error as error:
        raise ValueError(f"{name}: {error}") from None
    ids = [at for at, each in enumerate(types) if each == "uuid"]
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        table, sql.SQL(",").join(map(sql.Identifier, columns))
    )
    with connection.cursor().copy(into) as copy:
        for row in rows:
            written = list(row)
            for at in ids:
                written[at] = UUID(bytes=row[at])
            copy.write_row(written)


def _key(source: sqlite3.Connection, name: str) -> str:
    """In which order it grew: what guards it wants no gap."""
    found = source.execute("SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (name,))
    return ", ".join(f'"{column}"' for (column,) in found) or "rowid"
