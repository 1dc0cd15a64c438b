"""The owner of the machine, who drops what guards a log and writes into it."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from ledger.proof.log import LEDGER
from ledger.urls import sqlite_path
from tests.integration.ledger.place import Place

GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
ROWS = (
    "SELECT position, originator_id, originator_version, topic, state FROM stored_events"
    " ORDER BY position"
)
PUT = (
    "INSERT INTO stored_events (position, originator_id, originator_version, topic, state)"
    " VALUES (?, ?, ?, ?, ?)"
)
BESIDE = ("commands", "upkeep")
"""What stands beside a ledger's events."""

Row = Sequence[Any]


class Owner:
    """Of one log at a place; parameters are question marks."""

    def __init__(self, table: str, connection: Any) -> None:
        self._table, self._connection = table, connection

    def execute(self, statement: str, *parameters: Any) -> list[Any]:
        told = statement.replace("stored_events", self._table)
        if self._table != "stored_events":
            told = told.replace("?", "%s")
        cursor = self._connection.execute(told, parameters)
        return cursor.fetchall() if cursor.description else []

    def set(self, position: int, column: str, value: Any) -> None:
        self.execute(f"UPDATE stored_events SET {column} = ? WHERE position = ?", value, position)  # noqa: S608

    def rows(self) -> list[Row]:
        """Position, stream, version, topic and state of all."""
        return self.execute(ROWS)

    def write(self, rows: Sequence[Row]) -> None:
        """These, and no other."""
        self.execute("DELETE FROM stored_events")
        cursor = self._connection.cursor()
        told = PUT.replace("stored_events", self._table)
        mark = "?" if self._table == "stored_events" else "%s"
        cursor.executemany(told.replace("?", mark), rows)


@contextmanager
def owner_of(place: Place, log: str = LEDGER) -> Iterator[Owner]:
    """What is done inside is committed at the end."""
    path = sqlite_path(place.url)
    if path is not None:
        file = path if log == LEDGER else path.with_name(f"{log}.db")
        with closing(sqlite3.connect(file)) as connection, connection:
            for (name,) in connection.execute(GUARDS).fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            yield Owner("stored_events", connection)
        return
    with psycopg.connect(place.owner_url) as owner:
        for table in ("stored_events", *(BESIDE if log == LEDGER else ())):
            owner.execute(f"ALTER TABLE {log}.{table} DISABLE TRIGGER USER")
        yield Owner(f"{log}.stored_events", owner)
