"""Followers' places in an SQLite file beside the ledger."""

from pathlib import Path

from ledger.following.tracking import ROOM, FollowerTracking
from ledger.sqlite.room import SqliteRoom


class SqliteTracking(SqliteRoom, FollowerTracking):
    """`ledger.following.tracking` on SQLite."""

    def __init__(self, path: Path, *, lock_timeout: int, looking: bool = False) -> None:
        """As of `SqliteRoom`."""
        super().__init__(path, ROOM, lock_timeout=lock_timeout, durable=False, looking=looking)
