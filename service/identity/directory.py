"""The staff directory as of a second ago at most: a key is looked up for every request."""

import threading
import time
from collections.abc import Callable
from typing import cast
from uuid import UUID

from domain.message import Actor
from domain.staff.state import DIRECTORY, StaffState
from domain.values.calendar import local_date
from domain.values.looking import ReadingPurpose
from ledger.ledger import Ledger
from service.identity.access_keys import digest_of

SECONDS = 1.0
"""How long a revoked key may go on opening doors in another process."""
STRANGER_SECONDS = 0.1
"""How often an unknown key makes us look again: it may have been issued just now."""

_A_MOMENT = 0.001
"""So that who waits does not ask just before."""


class Directory:
    """Knows whose key it is. Safe to use from many threads."""

    def __init__(self, ledger: Ledger, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._ledger = ledger
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._staff = StaffState()
        self._read_at = float("-inf")

    def now(self) -> float:
        """The time (seconds) by which it tells how old a reading is."""
        return self._monotonic()

    def known(self, key: str) -> Actor | None:
        """Whose key it is, if that is known without reading; None: ask `find`."""
        if self._monotonic() - self._read_at > SECONDS:
            return None
        return self._opened(self._staff, digest_of(key))

    def is_strange(self, key: str) -> bool:
        """Whether it opens nothing by what was read a tenth of a second ago. Reads nothing.

        False where that is longer ago: then it may have been issued since, and `find` says it.
        """
        lately = self._monotonic() - self._read_at <= STRANGER_SECONDS
        return lately and self._opened(self._staff, digest_of(key)) is None

    def holder_of(self, key: str) -> Actor | None:
        """Whose key it is or was when last read, however long ago. Reads nothing, opens nothing."""
        return self._staff.holder_of(digest_of(key))

    def holder_by(self, credential: UUID) -> Actor | None:
        """As `holder_of`, of a key or a password by its id."""
        staff = self._staff
        given = staff.keys.get(credential) or staff.passwords.get(credential)
        return staff.holder(given) if given else None

    def purpose_of(self, credential: UUID | None) -> ReadingPurpose | None:
        """For what a key reads of people, as was said when it was issued. Reads nothing."""
        key = self._staff.keys.get(credential) if credential else None
        return key.purpose if key else None

    def find(self, key: str) -> Actor | None:
        """Whose key it is; None for one that is unknown, revoked or expired."""
        digest = digest_of(key)
        actor = self._opened(self.staff(SECONDS), digest)
        return actor or self._opened(self.staff(STRANGER_SECONDS), digest)

    def find_by(self, credential: UUID) -> Actor | None:
        """As `find`, of a key or a password by its id."""
        today = local_date(self._ledger.now())
        actor = self.staff(SECONDS).actor_by(credential, today)
        return actor or self.staff(STRANGER_SECONDS).actor_by(credential, today)

    def again_in(self, came_at: float) -> float:
        """Seconds until an unknown key is looked up anew; 0: it was, after it came.

        Else it may have been issued after the directory was read, and before it came.
        """
        if self._read_at >= came_at:
            return 0
        return max(self._read_at + STRANGER_SECONDS - self._monotonic(), 0) + _A_MOMENT

    def _opened(self, staff: StaffState, digest: str) -> Actor | None:
        return staff.actor_with(digest, local_date(self._ledger.now()))

    def staff(self, not_older_than: float = SECONDS) -> StaffState:
        """The directory, at most so many seconds old."""
        with self._lock:
            asked_at = self._monotonic()
            if asked_at - self._read_at > not_older_than:
                self._staff = cast("StaffState", self._ledger.state(DIRECTORY))
                self._read_at = asked_at
            return self._staff

    def forget(self) -> None:
        """Read again before the next answer: something was just recorded."""
        self._read_at = float("-inf")
