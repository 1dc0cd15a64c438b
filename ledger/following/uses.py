"""When each access key was last used: no event, and not the truth, but worth asking for.

It stands with the followers' places, in a file or schema that is never backed up.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from ledger.faults import translated
from ledger.following.tracking import FollowerTracking

_NOTE = """INSERT INTO key_uses (key_id, used_at) VALUES (?, ?)
    ON CONFLICT (key_id) DO UPDATE SET used_at = excluded.used_at
    WHERE key_uses.used_at < excluded.used_at"""
_ALL = "SELECT key_id, used_at FROM key_uses"


class Uses:
    """The last use of each key. Safe to use from many threads; raises `Unavailable`."""

    def __init__(self, tracking: FollowerTracking) -> None:
        """Closes `tracking` when it is closed."""
        self._tracking = tracking

    def note(self, key: UUID, at: datetime) -> None:
        """It was used then (UTC); what is known of a later use stays."""
        with translated("followers"), self._tracking.writing() as transaction:
            transaction.execute(_NOTE, (str(key), at.isoformat(timespec="seconds")))

    def last(self) -> Mapping[UUID, datetime]:
        with translated("followers"), self._tracking.writing() as transaction:
            rows = transaction.execute(_ALL, ())
        return {UUID(key): datetime.fromisoformat(at) for key, at in rows}

    def close(self) -> None:
        self._tracking.close()
