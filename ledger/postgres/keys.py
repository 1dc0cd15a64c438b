"""The key store in PostgreSQL: a schema of its own, whose rows the service cannot delete.

Only the function `keys.destroy` can. Nobody who reads waits for it, and nothing in Jisr reads
the key again. Copies that the server keeps (in the table's file until a vacuum, in its
write-ahead log, in backups) are wrapped by a master key, and end with that one.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, LiteralString, cast
from uuid import UUID

import psycopg

from ledger.keys.table import MASTER, Found, MasterKeyReplaced
from ledger.postgres.connections import PostgresConnections
from ledger.postgres.fitness import require_fit, require_prepared
from ledger.postgres.schema import KEYS_LOCK

_ADD = """INSERT INTO keys.subject_keys
    SELECT subject, wrapped FROM unnest(%s::uuid[], %b::bytea[]) AS proposed (subject, wrapped)
    WHERE NOT EXISTS (SELECT 1 FROM keys.destroyed_keys d WHERE d.subject = proposed.subject)
    ON CONFLICT DO NOTHING"""
_DESTROYED = "SELECT subject FROM keys.destroyed_keys WHERE subject = ANY(%s)"
_WRAPPED = "SELECT subject, wrapped FROM keys.subject_keys WHERE subject = ANY(%s)"
_FACT = "SELECT value FROM keys.facts WHERE name = %s"
_OLDEST = """SELECT min(destroyed_at) FROM keys.destroyed_keys
    WHERE destroyed_at >= (SELECT since FROM keys.facts WHERE name = %s)"""
_SOME = """SELECT subject, wrapped FROM keys.subject_keys
    WHERE %s::uuid IS NULL OR subject > %s::uuid ORDER BY subject LIMIT %s"""
_LAST_TOMBSTONE = "SELECT coalesce(max(number), 0) FROM keys.destroyed_keys"
_SINCE = "SELECT number, subject FROM keys.destroyed_keys WHERE number > %s ORDER BY number"


class PostgresKeyTable:
    """`ledger.keys.store.KeyTable` on PostgreSQL."""

    def __init__(self, connections: PostgresConnections) -> None:
        """Raises `DatabaseBehind` when it is not prepared, and `DatabaseUnfit`."""
        self._connections = connections
        with connections.get_connection() as connection:
            require_fit(connection)
            require_prepared(connection, "keys")

    def find(self, subjects: Collection[UUID]) -> Found:
        with self._connections.get_connection() as connection:
            return _found(connection, subjects)

    def add(self, wrapped: Mapping[UUID, bytes], number: int) -> Found:
        with self._connections.get_connection() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (KEYS_LOCK,))
            ((wraps_now,),) = connection.execute(_FACT, (MASTER,)).fetchall()
            if wraps_now != str(number):
                raise MasterKeyReplaced
            connection.execute(_ADD, (list(wrapped), list(wrapped.values())))
            return _found(connection, wrapped.keys())

    def destroy(self, subject: UUID) -> None:
        with self._connections.get_connection() as connection:
            connection.execute("SELECT keys.destroy(%s)", (subject,))

    def destroyed_since(self, number: int) -> tuple[int, list[UUID]]:
        with self._connections.get_connection() as connection:
            rows = connection.execute(_SINCE, (number,), prepare=True).fetchall()
        return rows[-1][0] if rows else number, [subject for _, subject in rows]

    def last_tombstone(self) -> int:
        with self._connections.get_connection() as connection:
            ((last,),) = connection.execute(_LAST_TOMBSTONE).fetchall()
        return cast("int", last)

    def secret(self, name: str, proposed: bytes) -> bytes:
        select = "SELECT wrapped FROM keys.secrets WHERE name = %s"
        return bytes(self._first(select, "INSERT INTO keys.secrets VALUES", (name, proposed)))

    def fact(self, name: str, proposed: str) -> str:
        return str(
            self._first(_FACT, "INSERT INTO keys.facts (name, value) VALUES", (name, proposed))
        )

    def _first(
        self, select: LiteralString, insert: LiteralString, proposed: tuple[str, Any]
    ) -> Any:
        """What stands there; only where nothing does is there something to write."""
        with self._connections.get_connection() as connection:
            found = connection.execute(select, proposed[:1]).fetchone()
            if found is None:
                connection.execute(f"{insert} (%s, %s) ON CONFLICT DO NOTHING", proposed)
                ((found),) = connection.execute(select, proposed[:1]).fetchall()
        return found[0]

    def wrap_under(self, number: int) -> None:
        with self._connections.get_connection() as connection:
            connection.execute("SELECT keys.wrap_under(%s::integer)", (number,))

    def secrets(self) -> dict[str, bytes]:
        with self._connections.get_connection() as connection:
            rows = connection.execute("SELECT name, wrapped FROM keys.secrets").fetchall()
        return {name: bytes(wrapped) for name, wrapped in rows}

    def replace_secret(self, name: str, old: bytes, new: bytes) -> None:
        with self._connections.get_connection() as connection:
            connection.execute("SELECT keys.replace_secret(%s, %b, %b)", (name, old, new))

    def some(self, after: UUID | None, limit: int) -> list[tuple[UUID, bytes]]:
        with self._connections.get_connection() as connection:
            rows = connection.execute(_SOME, (after, after, limit)).fetchall()
        return [(subject, bytes(wrapped)) for subject, wrapped in rows]

    def replace(self, keys: Sequence[tuple[UUID, bytes, bytes]]) -> None:
        with self._connections.get_connection() as connection:
            columns = [list(column) for column in zip(*keys, strict=True)] or [[], [], []]
            connection.execute("SELECT keys.replace(%s::uuid[], %b::bytea[], %b::bytea[])", columns)

    def oldest_erasure(self) -> datetime | None:
        with self._connections.get_connection() as connection:
            ((oldest,),) = connection.execute(_OLDEST, (MASTER,)).fetchall()
        return cast("datetime | None", oldest)

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
