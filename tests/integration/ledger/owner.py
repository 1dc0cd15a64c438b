"""The owner of the machine, who drops what guards the ledger and writes into it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg

from ledger.urls import sqlite_path
from tests.integration.ledger.place import Place

GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
EVENTS = {"sqlite": "stored_events", "postgres": "ledger.stored_events"}


class Owner:
    """Of one place; parameters are question marks."""

    def __init__(self, kind: str, connection: Any) -> None:
        self._kind, self._connection = kind, connection

    def execute(self, statement: str, *parameters: Any) -> list[Any]:
        told = statement.replace("stored_events", EVENTS[self._kind])
        if self._kind == "postgres":
            told = told.replace("?", "%s")
        cursor = self._connection.execute(told, parameters)
        return cursor.fetchall() if cursor.description else []

    def set(self, position: int, column: str, value: Any) -> None:
        self.execute(f"UPDATE stored_events SET {column} = ? WHERE position = ?", value, position)  # noqa: S608


@contextmanager
def owner_of(place: Place) -> Iterator[Owner]:
    """What is done inside is committed at the end."""
    path = sqlite_path(place.url)
    if path is not None:
        with closing(sqlite3.connect(path)) as connection, connection:
            for (name,) in connection.execute(GUARDS).fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            yield Owner("sqlite", connection)
        return
    with psycopg.connect(place.owner_url) as owner:
        owner.execute("ALTER TABLE ledger.stored_events DISABLE TRIGGER USER")
        yield Owner("postgres", owner)
