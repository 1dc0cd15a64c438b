"""Followers' places in a schema of the ledger's database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg

from ledger.following.tracking import FollowerTracking
from ledger.postgres.connections import PostgresConnections
from ledger.postgres.fitness import require_prepared

ROOM = "followers"


class _Statements:
    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, statement: str, parameters: Sequence[Any]) -> list[Any]:
        query = statement.replace("?", "%s").encode()
        cursor = self._connection.execute(query, parameters, prepare=True)
        return cursor.fetchall() if cursor.description else []


class PostgresTracking(FollowerTracking):
    """`ledger.following.tracking` on PostgreSQL."""

    def __init__(self, connections: PostgresConnections) -> None:
        """Raises `DatabaseBehind` when it is not prepared."""
        self._connections = connections
        with connections.get_connection() as connection:
            require_prepared(connection, ROOM)

    @contextmanager
    def reading(self) -> Iterator[_Statements]:
        with self._connections.get_connection() as connection, connection.transaction():
            connection.execute("SET LOCAL search_path = followers")
            yield _Statements(connection)

    @contextmanager
    def writing(self) -> Iterator[_Statements]:
        with self._connections.get_connection() as connection, connection.transaction():
            connection.execute("SET LOCAL search_path = followers")
            connection.execute("SET LOCAL synchronous_commit = off")
            yield _Statements(connection)

    def close(self) -> None:
        self._connections.close()
