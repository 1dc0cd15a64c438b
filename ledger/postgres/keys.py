"""The key store in PostgreSQL: a schema of its own, whose rows the service cannot delete.

Only the function `keys.destroy` can, and it leaves no copy in the tables' files. What the
server keeps elsewhere (its write-ahead log, until it is recycled, and backups) is still
wrapped by the master key.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import psycopg

from ledger.keys import Found
from ledger.postgres.connections import PostgresConnections
from ledger.postgres.fitness import require_fit, require_prepared
from ledger.postgres.schema import KEYS_LOCK

_ADD = """INSERT INTO keys.subject_keys
    SELECT subject, wrapped FROM unnest(%s::uuid[], %b::bytea[]) AS proposed (subject, wrapped)
    WHERE NOT EXISTS (SELECT 1 FROM keys.destroyed_keys d WHERE d.subject = proposed.subject)
    ON CONFLICT DO NOTHING"""
_DESTROYED = "SELECT subject FROM keys.destroyed_keys WHERE subject = ANY(%s)"
_WRAPPED = "SELECT subject, wrapped FROM keys.subject_keys WHERE subject = ANY(%s)"
_SINCE = "SELECT number, subject FROM keys.destroyed_keys WHERE number > %s ORDER BY number"


class PostgresKeyTable:
    """`ledger.keys.KeyTable` on PostgreSQL."""

    def __init__(self, connections: PostgresConnections) -> None:
        """Raises `DatabaseBehind` when it is not prepared, and `DatabaseUnfit`."""
        self._connections = connections
        with connections.get_connection() as connection:
            require_fit(connection)
            require_prepared(connection, "keys")

    def find(self, subjects: Collection[UUID]) -> Found:
        with self._connections.get_connection() as connection:
            return _found(connection, subjects)

    def add(self, wrapped: Mapping[UUID, bytes]) -> Found:
        with self._connections.get_connection() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (KEYS_LOCK,))
            connection.execute(_ADD, (list(wrapped), list(wrapped.values())))
            return _found(connection, wrapped.keys())

    def destroy(self, subject: UUID) -> None:
        with self._connections.get_connection() as connection:
            connection.execute("SELECT keys.destroy(%s)", (subject,))

    def destroyed_since(self, number: int) -> tuple[int, list[UUID]]:
        with self._connections.get_connection() as connection:
            rows = connection.execute(_SINCE, (number,), prepare=True).fetchall()
        return rows[-1][0] if rows else number, [subject for _, subject in rows]

    def secret(self, name: str, proposed: bytes) -> bytes:
        with self._connections.get_connection() as connection:
            connection.execute(
                "INSERT INTO keys.secrets VALUES (%s, %s) ON CONFLICT DO NOTHING",
                (name, proposed),
            )
            wrapped = connection.execute(
                "SELECT wrapped FROM keys.secrets WHERE name = %s", (name,)
            )
            ((secret,),) = wrapped.fetchall()
        return bytes(secret)

    def close(self) -> None:
        self._connections.close()


def _found(connection: psycopg.Connection[Any], subjects: Collection[UUID]) -> Found:
    # Tombstones last: a key destroyed between the two statements is then in both, and
    # counts as destroyed.
    wanted = (list(subjects),)
    with connection.pipeline():
        wrapped = connection.execute(_WRAPPED, wanted, prepare=True)
        destroyed = connection.execute(_DESTROYED, wanted, prepare=True)
    gone = {subject for (subject,) in destroyed.fetchall()}
    return Found({s: bytes(key) for s, key in wrapped.fetchall() if s not in gone}, gone)
