"""A room of the ledger's in a schema of its database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from ledger.postgres.connections import PostgresConnections
from ledger.postgres.fitness import require_prepared
from ledger.postgres.schema import LOCK


class _Statements:
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, statement: str, parameters: Sequence[Any]) -> list[Any]:
        cursor = self._connection.execute(_query(statement), parameters, prepare=True)
        return cursor.fetchall() if cursor.description else []

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(_query(statement), rows)


class PostgresRoom:
    """`ledger.room.Room` on PostgreSQL."""

    def __init__(self, connections: PostgresConnections, room: str, *, durable: bool) -> None:
        """`durable`: as of `SqliteRoom`. Raises `DatabaseBehind` when it is not prepared."""
        self._connections = connections
        self._room = room
        self._durable = durable
        self._lock = LOCK, f"room-{room}"
        """One writes at a time, as on SQLite."""
        with connections.get_connection() as connection:
            require_prepared(connection, room)

    @contextmanager
    def reading(self) -> Iterator[_Statements]:
        with self._connections.get_connection() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            connection.execute(f"SET LOCAL search_path = {self._room}".encode())
            yield _Statements(connection)

    @contextmanager
    def writing(self) -> Iterator[_Statements]:
        with self._connections.get_connection() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", self._lock)
            connection.execute(f"SET LOCAL search_path = {self._room}".encode())
            if not self._durable:
                connection.execute("SET LOCAL synchronous_commit = off")
            yield _Statements(connection)

    def close(self) -> None:
        self._connections.close()


def _query(statement: str) -> bytes:
    return statement.replace("?", "%s").encode()
