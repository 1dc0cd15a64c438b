"""Where followers are: how far each has come, and which events it passed over.

Not the truth and never backed up: whoever has lost their place begins at the first event, for
every effect may be repeated. A place is known by what stands there, not by its number alone,
as a ledger that was brought back from an older copy has the same numbers again.
"""

from abc import abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import NamedTuple

from eventsourcing.persistence import IntegrityError, Tracking, TrackingRecorder

from ledger.faults import translated
from ledger.room import Statements
from ledger.store import BEGINNING, Mark

ROOM = "followers"

_AT = "SELECT position, digest FROM tracking WHERE follower = ?"
_MOVE = """INSERT INTO tracking (follower, position, digest) VALUES (?, ?, ?)
    ON CONFLICT (follower) DO UPDATE SET position = excluded.position, digest = excluded.digest
    WHERE tracking.position < excluded.position RETURNING position"""
_LEAVE = """INSERT INTO passed_over (follower, position) VALUES (?, ?) ON CONFLICT DO NOTHING"""
_LEFT = "SELECT position, since FROM passed_over WHERE follower = ? ORDER BY position"
_DONE = "DELETE FROM passed_over WHERE follower = ? AND position = ?"
_FORGET = ("DELETE FROM tracking WHERE follower = ?", "DELETE FROM passed_over WHERE follower = ?")


class PassedOver(NamedTuple):
    """An event whose effect failed by itself, and is tried again."""

    position: int
    since: datetime


class FollowerTracking(TrackingRecorder):
    """The library's tracking recorder, with more to say. Safe to use from many threads.

    Raises `Unavailable`, and the library's own `IntegrityError` for a place that is not ahead.
    """

    @abstractmethod
    def reading(self) -> AbstractContextManager[Statements]: ...

    @abstractmethod
    def writing(self) -> AbstractContextManager[Statements]:
        """As of `ledger.room`; not flushed: a lost place is found again."""

    @abstractmethod
    def close(self) -> None: ...

    def at(self, follower: str) -> Mark:
        with translated("followers"), self.reading() as connection:
            rows = connection.execute(_AT, (follower,))
        return Mark(rows[0][0], bytes(rows[0][1])) if rows else BEGINNING

    def move(self, follower: str, to: Mark, passed_over: Sequence[int] = ()) -> None:
        """Be there, having left the effects of these events for later."""
        with translated("followers"), self.writing() as transaction:
            moved = transaction.execute(_MOVE, (follower, to.position, to.digest))
            for position in passed_over if moved else ():
                transaction.execute(_LEAVE, (follower, position))
        if not moved:
            raise IntegrityError(f"{follower} is at {to.position} already, or further")

    def passed_over(self, follower: str) -> list[PassedOver]:
        with translated("followers"), self.reading() as connection:
            rows = connection.execute(_LEFT, (follower,))
        return [PassedOver(position, _instant(since)) for position, since in rows]

    def done(self, follower: str, position: int) -> None:
        """What was passed over there is done now."""
        with translated("followers"), self.writing() as transaction:
            transaction.execute(_DONE, (follower, position))

    def begin_anew(self, follower: str) -> None:
        """Be nowhere: the ledger is not the one that was followed."""
        with translated("followers"), self.writing() as transaction:
            for statement in _FORGET:
                transaction.execute(statement, (follower,))

    def insert_tracking(self, tracking: Tracking) -> None:
        self.move(tracking.application_name, Mark(tracking.notification_id, b""))

    def max_tracking_id(self, application_name: str) -> int | None:
        return self.at(application_name).position or None


def _instant(stored: datetime | str) -> datetime:
    return datetime.fromisoformat(stored) if isinstance(stored, str) else stored
