"""How batches are written into a PostgreSQL schema of views."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any
from zlib import crc32

import psycopg
from psycopg import sql
from psycopg.pq import TransactionStatus
from sqlalchemy import BigInteger, Index, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from domain.errors import DatabaseBehind
from ledger.postgres.session import options
from projections.changes import Cells, Changes, Rows
from projections.columns import Cell, Flag, Mad
from projections.reached import Reached, State
from projections.view import View
from projections.views.table import GATHERED, NAMED, TABLES, shape

PREFIX, NEXT_SUFFIX = "views_", "_next"
LIVE = f"{PREFIX}{shape()}"
NEXT = f"{LIVE}{NEXT_SUFFIX}"
CONNECT_SECONDS = 5
FEW = 100
"""Up to so many rows go in one round trip; more are quicker by COPY."""

CREATE_LOCK = 1785295740
PROJECTOR_LOCK = 1785295741
REBUILD_LOCK = 1785295742
OPEN_LOCK = 1785295743
"""With the number of a shape each: whoever has a shape's views open shares the last."""

_OWNERS = "= ANY(%s)"
_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]  # SQLAlchemy's gap
_MOVE = """UPDATE state SET position = %s, event_id = %s, calendar = %s
    WHERE position = %s AND event_id = %s"""
_STATE = "SELECT position, event_id, shape, calendar FROM state"

Raw = psycopg.Connection[Any]


def connect(url: str, schema: str) -> Raw:
    """An autocommit connection that finds the views of one schema.

    Commits need not be on disk: after a crash the position is as old as the rows.
    """
    return psycopg.connect(
        url,
        autocommit=True,
        connect_timeout=CONNECT_SECONDS,
        client_encoding="utf8",
        options=options(search_path=schema, synchronous_commit="off"),
        application_name="jisr-views",
    )


def number_of(shape: str) -> int:
    """What stands for a shape in a lock."""
    return crc32(shape.encode()) - 2**31


def create(connection: Raw, *, indexed: bool, made: bool) -> None:
    """Make the tables, empty, unless they are there; not `made`: nobody may read them yet.

    Raises `DatabaseBehind`.
    """
    try:
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (CREATE_LOCK,))
            if not _exists(connection):
                for table in TABLES:
                    connection.execute(_of_table(table))
                    if not indexed and table.primary_key:
                        _drop_key(connection, table)
                connection.execute(
                    "INSERT INTO state VALUES (0, '', %s, '')", (shape() if made else "",)
                )
                if indexed:
                    create_indexes(connection)
    except (psycopg.errors.InvalidSchemaName, psycopg.errors.InsufficientPrivilege) as error:
        raise DatabaseBehind(schema=LIVE) from error


def _exists(connection: Raw) -> bool:
    return connection.execute("SELECT to_regclass('state')").fetchone() != (None,)


def create_keys(connection: Raw) -> None:
    """Of tables that were made without indexes: all at once they take a fraction of the time."""
    for table in TABLES:
        if table.primary_key:
            keys = sql.SQL(",").join(sql.Identifier(each.name) for each in table.primary_key)
            add = sql.SQL("ALTER TABLE {} ADD CONSTRAINT {} PRIMARY KEY ({})")
            connection.execute(add.format(*_key(table), keys))


def _drop_key(connection: Raw, table: Table) -> None:
    drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}")
    connection.execute(drop.format(*_key(table)))


def _key(table: Table) -> tuple[sql.Identifier, sql.Identifier]:
    """A table and its key."""
    return sql.Identifier(table.name), sql.Identifier(str(table.primary_key.name))


def create_indexes(connection: Raw) -> None:
    for table in TABLES:
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            connection.execute(_of_index(index))


@cache
def _of_table(table: Table) -> bytes:
    return str(CreateTable(table).compile(dialect=_DIALECT)).encode()


@cache
def _of_index(index: Index) -> bytes:
    return str(CreateIndex(index).compile(dialect=_DIALECT)).encode()


def load(connection: Raw, rows: Rows) -> None:
    """Add rows, in one transaction."""
    with connection.transaction():
        for name, cells in rows.items():
            if cells:
                _copy(connection, NAMED[name], cells)


def write(
    connection: Raw, changes: Changes, before: Reached, after: Reached, calendar: str
) -> bool:
    """One transaction; False, and nothing written, unless the views were at `before`."""
    with connection.pipeline():
        connection.execute("BEGIN")
        moved = connection.execute(_MOVE, (*after, calendar, *before))
    try:
        if moved.rowcount != 1:
            return False
        if changes.size <= FEW:
            with connection.pipeline():
                _apply(connection, changes, copy=False)
                connection.execute("COMMIT")
        else:
            _apply(connection, changes, copy=True)
            connection.execute("COMMIT")
        return True
    finally:
        if connection.info.transaction_status is not TransactionStatus.IDLE:
            connection.rollback()


def _apply(connection: Raw, changes: Changes, *, copy: bool) -> None:
    gathered = [each for each in GATHERED if changes.gone.get(each.of)]
    for each in gathered:
        connection.execute(_raw(each.mark(_OWNERS)), (changes.gone[each.of],))
    for view, owners in changes.gone.items():
        connection.execute(_delete(view), (owners,))
    for view, rows in changes.rows.items():
        if rows and copy:
            _copy(connection, view, view.cells(rows))
        elif rows:
            connection.cursor().executemany(_insert(view), view.cells(rows))
    for cells, amended in changes.amended.items():
        owners, values = map(list, zip(*amended, strict=True))
        connection.execute(_amend(cells), (owners, values))
    for each in gathered:
        connection.execute(_raw(each.gather(_OWNERS)), (changes.gone[each.of],))
        connection.execute(_raw(each.forget))


def gather(connection: Raw) -> None:
    """Once all rows are loaded."""
    for each in GATHERED:
        connection.execute(_raw(each.gather_all))


@cache
def _raw(statement: str) -> bytes:
    return statement.encode()


def _copy(connection: Raw, view: View[Any], cells: Iterable[Sequence[Cell]]) -> None:
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(view.name), _columns(view))
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        for row in cells:
            copy.write_row(row)


@cache
def _delete(view: View[Any]) -> sql.Composed:
    names = {"table": sql.Identifier(view.name), "owner": sql.Identifier(view.owner)}
    return sql.SQL("DELETE FROM {table} WHERE {owner} = ANY(%s)").format(**names)


@cache
def _insert(view: View[Any]) -> sql.Composed:
    cells = sql.SQL(",").join([sql.Placeholder()] * len(view.names))
    insert = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
    return insert.format(sql.Identifier(view.name), _columns(view), cells)


@cache
def _amend(cells: Cells) -> sql.Composed:
    kind = (
        "bigint" if cells.view.column(cells.column).kind.sql in (BigInteger, Flag, Mad) else "text"
    )
    names = {
        "table": sql.Identifier(cells.view.name),
        "owner": sql.Identifier(cells.view.owner),
        "column": sql.Identifier(cells.column),
        "kind": sql.SQL(kind),
    }
    return sql.SQL(
        """UPDATE {table} SET {column} = amended.value
        FROM unnest(%s::text[], %s::{kind}[]) AS amended (owner, value)
        WHERE {owner} = amended.owner AND {column} IS DISTINCT FROM amended.value"""
    ).format(**names)


def _columns(view: View[Any]) -> sql.Composed:
    return sql.SQL(",").join(map(sql.Identifier, view.names))


def state_of(connection: Raw) -> State:
    row = connection.execute(_STATE).fetchone()
    if row is None:
        raise DatabaseBehind(schema=LIVE)
    position, event, made_by, calendar = row
    return State(Reached(position, event), made_by, calendar)


def tables_in(connection: Raw, schema: str) -> list[str]:
    """Every table of a schema, those of other versions too."""
    found = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename", (schema,)
    )
    return [row[0] for row in found]
