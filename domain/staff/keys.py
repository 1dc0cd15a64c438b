"""An access key: whose it is, since when, and until when it opens anything."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.errors import Refused
from domain.values.calendar import months_after

LASTS_MONTHS = 12


def end_of(today: date, wanted: date | None) -> date:
    """The last day of a key that is issued today: a year on, unless an earlier one is wanted.

    Raises `Refused` for a later one, and for one that is past.
    """
    latest = months_after(today, LASTS_MONTHS)
    if wanted is not None and not today <= wanted <= latest:
        raise Refused("key_end_impossible", earliest=str(today), latest=str(latest))
    return wanted or latest


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A key that was issued, revoked and expired ones too."""

    key_id: UUID
    staff_id: UUID
    digest: str
    expires_on: date
    """The last day on which it opens anything (Africa/Casablanca's)."""
    issued_at: datetime
    issued_by: UUID
    position: int
    """Of its issue in the ledger: what came before, and what after."""
    revoked_at: datetime | None = None

    def opens(self, today: date) -> bool:
        return self.revoked_at is None and today <= self.expires_on
