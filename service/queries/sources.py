"""What queries read from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.calendar import Calendar, local_date
from ledger.ledger import Ledger
from projections.store import Views
from service.identity.directory import Directory


@dataclass(frozen=True, slots=True)
class Reading:
    """The ledger, the views, and the clock by which things are due."""

    ledger: Ledger
    views: Views
    directory: Directory
    calendar: Calendar
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def today(self) -> date:
        """Africa/Casablanca's."""
        return local_date(self.clock())
