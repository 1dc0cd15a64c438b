"""Whether this process's clock may be believed before it dates what is recorded.

An event dated in the future cannot be taken back, and what was known on a day is asked by
these dates. So a clock is compared with what else knows the time: the ledger's head, the
database's own clock, and the time the machine has run, which no clock setting moves.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import Refused
from domain.events.levels import FIRST

MAY_DIFFER = timedelta(minutes=1)
"""Clocks of several machines are never quite alike."""

IDLE = timedelta(days=31)
"""A ledger in use is not silent for longer; a clock that says so may be wrong."""

CONFIRMED_FOR = timedelta(hours=1)
"""How long a person's word that the clock is right is taken."""


@dataclass(frozen=True, slots=True)
class Tip:
    """The end of the ledger, as a command that is decided now must know it."""

    position: int
    recorded_at: datetime | None = None
    """When its last event was recorded, if that was since the clock was last restarted."""
    database: datetime | None = None
    """What the database's own clock says; None where it is this machine's."""
    confirmed_at: datetime | None = None
    """When a person last said that the clock is right."""
    level: int = FIRST
    """The ledger's (`domain.events.levels`)."""

    def date(self, now: datetime) -> datetime:
        """The `recorded_at` of an event that is recorded now: it never goes back."""
        return now if self.recorded_at is None else max(now, self.recorded_at)


def running_seconds() -> float:
    """Since the machine started, sleep included: CLOCK_BOOTTIME."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class ClockDoubts:
    """What one process has against its clock. Asked under the ledger's lock."""

    def __init__(
        self, now: Callable[[], datetime], running: Callable[[], float] = running_seconds
    ) -> None:
        self._running = running
        self._started = now().timestamp() - running()
        self._first = True

    def require_none(self, now: datetime, tip: Tip) -> None:
        """Raises `Refused`, saying what the clock contradicts and by how many seconds or days."""
        head, database, confirmed_at = tip.recorded_at, tip.database, tip.confirmed_at
        if head is not None and head - now > MAY_DIFFER:
            raise Refused("clock_behind", seconds=int((head - now).total_seconds()))
        if database is not None and abs(database - now) > MAY_DIFFER:
            seconds = int(abs(database - now).total_seconds())
            raise Refused("clock_off_database", seconds=seconds)
        confirmed = confirmed_at is not None and abs(now - confirmed_at) <= CONFIRMED_FOR
        self._require_no_leap(now, confirmed=confirmed)
        if self._first and head is not None and now - head > IDLE and not confirmed:
            raise Refused("clock_far_ahead", days=(now - head).days)
        self._first = False

    def _require_no_leap(self, now: datetime, *, confirmed: bool) -> None:
        leap = now.timestamp() - self._running() - self._started
        if abs(leap) <= MAY_DIFFER.total_seconds():
            return
        if not confirmed:
            raise Refused("clock_leapt", seconds=int(leap))
        self._started += leap
