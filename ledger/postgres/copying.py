"""Takes the tables of a schema out of PostgreSQL at one moment, and puts them back, by COPY.

So nothing but the driver need be installed where a backup is made: `pg_dump` must be of the server's
release or newer, and is seldom where the service runs. It is the service's role that reads.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from ledger.postgres.fitness import version_of
from ledger.postgres.schema import LOCK
from ledger.postgres.session import options

LEFT_OUT = ("schema_version", "processes")
"""What migrations write themselves, and who is at work."""
NUMBERED = "schema_version"
CHUNK = 1 << 20
LOCK_SECONDS = "30s"

_TABLES = """SELECT relname::text, array_agg(attname::text ORDER BY attnum),
    array_agg(typname::text ORDER BY attnum)
    FROM pg_class JOIN pg_namespace AS room ON room.oid = relnamespace
    JOIN pg_attribute ON attrelid = pg_class.oid JOIN pg_type ON pg_type.oid = atttypid
    WHERE nspname = %s AND relkind = 'r' AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    GROUP BY relname ORDER BY relname"""
_KEY = """SELECT attname FROM pg_index JOIN pg_attribute
    ON attrelid = indrelid AND attnum = ANY (indkey)
    WHERE indrelid = %s::regclass AND indisprimary ORDER BY array_position(indkey::int2[], attnum)"""


class Table(NamedTuple):
    """What was copied of a table."""

    name: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: int


class PostgresSnapshot:
    """A schema at the moment at which this was made. Raises `psycopg.Error`."""

    def __init__(self, url: str, schema: str) -> None:
        self._schema = schema
        self._connection = psycopg.connect(
            url,
            client_encoding="utf8",
            options=options(statement_timeout="0", idle_in_transaction_session_timeout="0"),
        )
        self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        self._connection.read_only = True
        path = sql.SQL("SET LOCAL search_path = {}, pg_catalog").format(sql.Identifier(schema))
        self._connection.execute(path)
        self.rows("SELECT count(*) FROM pg_class")  # the first look is what fixes the moment

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(select.encode()).fetchall()

    def tables(self) -> dict[str, tuple[str, ...]]:
        """Their columns, of those that are copied."""
        return {name: columns for name, columns, _ in tables_in(self._connection, self._schema)}

    def version(self, room: str) -> int | None:
        """The last migration taken; None for what has no such numbers."""
        names = {name for name, *_ in self._connection.execute(_TABLES, (self._schema,))}
        return version_of(self._connection, room) if NUMBERED in names else None

    def copy(self, into: Path, progress: Callable[[int], None]) -> list[Table]:
        """Each table into a file of a new folder, in the order of its key."""
        into.mkdir(mode=0o700, parents=True)
        return [
            Table(
                name, columns, types, self._copied(name, columns, into / f"{name}.copy", progress)
            )
            for name, columns, types in tables_in(self._connection, self._schema)
        ]

    def _copied(
        self, name: str, columns: Sequence[str], file: Path, progress: Callable[[int], None]
    ) -> int:
        key = self._connection.execute(_KEY, (f'"{self._schema}"."{name}"',)).fetchall()
        order = sql.SQL(",").join(sql.Identifier(column) for (column,) in key) if key else None
        statement = sql.SQL("COPY (SELECT {} FROM {}{}) TO STDOUT (FORMAT binary)").format(
            _names(columns),
            sql.Identifier(self._schema, name),
            sql.SQL(" ORDER BY {}").format(order) if order else sql.SQL(""),
        )
        cursor = self._connection.cursor()
        with file.open("xb") as out, cursor.copy(statement) as copy:
            for data in copy:
                out.write(data)
                progress(len(data))
        return cursor.rowcount

    def close(self) -> None:
        self._connection.close()


def tables_in(
    connection: psycopg.Connection[Any], schema: str
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The tables that are copied, with their columns and the types of those."""
    for name, columns, types in connection.execute(_TABLES, (schema,)).fetchall():
        if name not in LEFT_OUT:
            yield name, tuple(columns), tuple(types)


@contextmanager
def held_still(url: str) -> Iterator[None]:
    """Nothing is appended meanwhile: for as long as several snapshots take to begin."""
    with psycopg.connect(url, options=options(lock_timeout=LOCK_SECONDS)) as holding:
        holding.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        yield
        holding.rollback()


def put_back(
    connection: psycopg.Connection[Any], schema: str, tables: Iterable[Table], folder: Path
) -> None:
    """Fill the empty tables of a schema; to be called in the owner's transaction.

    Raises `ValueError` where other rows come in than were copied.
    """
    for table in tables:
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
            sql.Identifier(schema, table.name), _names(table.columns)
        )
        cursor = connection.cursor()
        with (folder / f"{table.name}.copy").open("rb") as file, cursor.copy(statement) as copy:
            while data := file.read(CHUNK):
                copy.write(data)
        if cursor.rowcount != table.rows:
            raise ValueError(f"{schema}.{table.name}: {cursor.rowcount} rows, not {table.rows}")
        go_on_numbering(connection, schema, table.name, table.columns)


def go_on_numbering(
    connection: psycopg.Connection[Any], schema: str, name: str, columns: Sequence[str]
) -> None:
    """After the last row, where a column is numbered by the database."""
    for column in columns:
        named = (f'"{schema}"."{name}"', column)
        found = connection.execute("SELECT pg_get_serial_sequence(%s, %s)", named).fetchone()
        if found is None or found[0] is None:
            continue
        last = sql.SQL("SELECT setval(%s, coalesce(max({}), 0) + 1, false) FROM {}")
        where = last.format(sql.Identifier(column), sql.Identifier(schema, name))
        connection.execute(where, found)


def set_aside(connection: psycopg.Connection[Any], schema: str, name: str) -> bool:
    """Give a schema another name, under which nobody but its owner reads it; False for none."""
    found = connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,))
    if found.fetchone() is None:
        return False
    rename = sql.SQL("ALTER SCHEMA {} RENAME TO {}")
    connection.execute(rename.format(sql.Identifier(schema), sql.Identifier(name)))
    readers = connection.execute(
        """SELECT DISTINCT rolname FROM pg_namespace, aclexplode(nspacl) AS given
            JOIN pg_roles ON pg_roles.oid = given.grantee
            WHERE nspname = %s AND given.grantee <> nspowner""",
        (name,),
    ).fetchall()
    for (role,) in readers:
        revoke = sql.SQL("REVOKE ALL ON SCHEMA {} FROM {}")
        connection.execute(revoke.format(sql.Identifier(name), sql.Identifier(role)))
    return True


def _names(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL(",").join(map(sql.Identifier, columns))
