"""Days in Morocco: working days, and what a local day is as an instant.

Dates are Africa/Casablanca's, whose offset changes in Ramadan; instants are UTC. The
holidays come in as data, because religious ones are estimates until announced.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol, Self
from zoneinfo import ZoneInfo

CASABLANCA = ZoneInfo("Africa/Casablanca")
SATURDAY = 5
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one version of the holiday table."""

    version: str
    holidays: frozenset[date]

    @property
    def current(self) -> Self:
        """Itself: one version never changes."""
        return self

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The last working day up to `day`."""
        while not self.is_working_day(day):
            day -= DAY
        return day


class Calendars(Protocol):
    """Whatever knows which version of the table holds now: religious days are announced meanwhile."""

    @property
    def current(self) -> Calendar: ...


def local_date(instant: datetime) -> date:
    """The day it is in Morocco at `instant` (aware)."""
    return instant.astimezone(CASABLANCA).date()


@lru_cache(maxsize=4096)
def local_instant(day: date, hour: int = 0, minute: int = 0) -> datetime:
    """The instant (UTC) of a wall-clock time in Morocco."""
    return datetime.combine(day, time(hour, minute), CASABLANCA).astimezone(UTC)


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + (day.day - 1) * DAY, first_of_next - DAY)
