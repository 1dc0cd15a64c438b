"""How batches are written into an SQLite file of views."""

import json
import sqlite3
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Index
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from ledger.faults import closed_on_failure
from projections.changes import Cells, Changes, Rows
from projections.reached import Reached, State
from projections.view import View
from projections.views.table import GATHERED, NAMED, TABLES, shape

BUSY_SECONDS = 10
_DIALECT = sqlite.dialect()
_MOVE = """UPDATE state SET position = ?, event_id = ?, calendar = ?
    WHERE position = ? AND event_id = ?"""
_STATE = "SELECT position, event_id, shape, calendar FROM state"
_OWNERS = "IN (SELECT value FROM json_each(?))"
RETIRED = -1
"""The position of views that were swapped away: nothing can be written there."""


def connect(path: Path, *, read_only: bool = False, uri_mode: str = "rw") -> sqlite3.Connection:
    """An autocommit connection. A file that is missing stays missing: the views moved on."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={uri_mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    with closed_on_failure(connection):
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA trusted_schema=OFF")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
    return connection


def create(connection: sqlite3.Connection, *, made: bool) -> None:
    """Make the tables, empty, unless they are there; not `made`: nobody may read them yet."""
    connection.execute("BEGIN IMMEDIATE")
    for statement in _of_tables():
        connection.execute(statement)
    connection.execute(
        "INSERT INTO state SELECT 0, '', ?, '' WHERE NOT EXISTS (SELECT 1 FROM state)",
        (shape() if made else "",),
    )
    connection.execute("COMMIT")


def create_indexes(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in _of_indexes():
        connection.execute(statement)
    connection.execute("COMMIT")


@cache
def _of_tables() -> tuple[str, ...]:
    made = (CreateTable(table, if_not_exists=True) for table in TABLES)
    return tuple(str(each.compile(dialect=_DIALECT)) for each in made)


@cache
def _of_indexes() -> tuple[str, ...]:
    indexes = (index for table in TABLES for index in sorted(table.indexes, key=_name))
    made = (CreateIndex(each, if_not_exists=True) for each in indexes)
    return tuple(str(each.compile(dialect=_DIALECT)) for each in made)


def _name(index: Index) -> str:
    return str(index.name)


def gather(connection: sqlite3.Connection) -> None:
    """Once all rows are loaded."""
    for each in GATHERED:
        connection.execute(each.gather_all)


def load(connection: sqlite3.Connection, rows: Rows) -> None:
    """Add rows, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for name, cells in rows.items():
        connection.executemany(_insert(NAMED[name]), cells)
    connection.execute("COMMIT")


def write(
    connection: sqlite3.Connection, changes: Changes, before: Reached, after: Reached, calendar: str
) -> bool:
    """One transaction; False, and nothing written, unless the views were at `before`."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute(_MOVE, (*after, calendar, *before)).rowcount != 1:
            return False
        gathered = [each for each in GATHERED if changes.gone.get(each.of)]
        for each in gathered:
            connection.execute(each.mark(_OWNERS), _all(changes.gone[each.of]))
        for view, owners in changes.gone.items():
            connection.executemany(_delete(view), _each(owners))
        for view, rows in changes.rows.items():
            connection.executemany(_insert(view), view.cells(rows))
        for cells, amended in changes.amended.items():
            values = ((value, owner, value) for owner, value in amended)
            connection.executemany(_amend(cells), values)
        for each in gathered:
            connection.execute(each.gather(_OWNERS), _all(changes.gone[each.of]))
            connection.execute(each.forget)
        connection.execute("COMMIT")
        return True
    finally:
        if connection.in_transaction:
            connection.rollback()


@cache
def _delete(view: View[Any]) -> str:
    return f"DELETE FROM {view.name} WHERE {view.owner} = ?"  # noqa: S608 (names of ours)


@cache
def _insert(view: View[Any]) -> str:
    cells = ",".join("?" * len(view.names))
    return f"INSERT INTO {view.name} ({','.join(view.names)}) VALUES ({cells})"  # noqa: S608 (names of ours)


@cache
def _amend(cells: Cells) -> str:
    view, column = cells
    return f"UPDATE {view.name} SET {column} = ? WHERE {view.owner} = ? AND {column} IS NOT ?"  # noqa: S608 (names of ours)


def _each(names: Iterable[str]) -> Iterable[tuple[str]]:
    return ((name,) for name in names)


def _all(names: Iterable[str]) -> tuple[str]:
    return (json.dumps(list(names)),)


def state_of(connection: sqlite3.Connection) -> State:
    position, event, made_by, calendar = connection.execute(_STATE).fetchone()
    return State(Reached(position, event), made_by, calendar)
