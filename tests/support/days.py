"""The day, for tests that must not see it change."""

import time
from datetime import UTC, date, datetime, timedelta

from domain.values.calendar import local_date

CLOSE = timedelta(seconds=45)
"""Before midnight; what a test may take."""


def today() -> date:
    """The programme's, once no midnight, there or in UTC, is so close that it would be yesterday's."""
    while _changes_by(now := datetime.now(UTC)):
        time.sleep(1)
    return local_date(now)


def _changes_by(now: datetime) -> bool:
    later = now + CLOSE
    return (local_date(now), now.date()) != (local_date(later), later.date())
