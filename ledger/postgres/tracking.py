"""Followers' places in a schema of the ledger's database."""

from ledger.following.tracking import ROOM, FollowerTracking
from ledger.postgres.connections import PostgresConnections
from ledger.postgres.room import PostgresRoom


class PostgresTracking(PostgresRoom, FollowerTracking):
    """`ledger.following.tracking` on PostgreSQL."""

    def __init__(self, connections: PostgresConnections) -> None:
        """Raises `DatabaseBehind` when it is not prepared."""
        super().__init__(connections, ROOM, durable=False)
