"""The calendar as it is announced now: the override file, read again once it is another.

A religious day is announced the evening before. Whoever writes the file need not start anything
again: each process looks at it when it next asks, at most once a second, and the worker tells the
sleeping cases. A file that cannot be read, or is none any more, changes nothing: what held goes on.
"""

import logging
from pathlib import Path
from time import monotonic

from domain.values.calendar import Calendar
from service.running.faults import OperatorError
from service.running.holidays import open_calendar

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0

Seen = tuple[int, int, int, int]
"""What tells one content of a file from another: its inode, its size, when it was written; and when
its permissions were given, for one that could not be read at first.
"""


class AnnouncedDays:
    """Which calendar holds now. Any thread's: two that look at once come to the same."""

    def __init__(self, override: Path | None, every: float = LOOK_SECONDS) -> None:
        """Raises `OperatorError` for a file that cannot be read from the first."""
        self._override = override
        self._every = every
        self._seen = _seen(override)
        self._calendar = open_calendar(override)
        self._looked = monotonic()

    @property
    def current(self) -> Calendar:
        if self._override is not None and monotonic() >= self._looked + self._every:
            self._looked = monotonic()
            self._look(self._override)
        return self._calendar

    def _look(self, override: Path) -> None:
        seen = _seen(override)
        if seen == self._seen:
            return
        self._seen = seen
        calendar, fault = self._calendar, None
        try:
            calendar = open_calendar(override)
        except OperatorError as error:
            fault = error
        if fault is not None:
            log.error("%s; the holidays that held go on: %s", fault, calendar.version)
        elif calendar != self._calendar:
            log.info("the holidays are others now: %s", calendar.version)
            self._calendar = calendar


def _seen(file: Path | None) -> Seen | None:
    """None for no file, which is no content either."""
    try:
        found = file.stat() if file else None
    except OSError:
        return None
    if found is None:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
