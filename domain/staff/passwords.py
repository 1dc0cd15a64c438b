"""A password: whose it is, from the invitation to set it until it is ended.

What is secret of it is kept elsewhere, under the names that the ledger gives here: what the ledger
does not name opens nothing, so that of two who use one invitation at once one has set a password.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from uuid import UUID

from domain.message import FieldClass, Hidden

INVITED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Password:
    """A password that was set, or may be set by whoever shows the invitation's code."""

    credential_id: UUID
    staff_id: UUID
    name: Annotated[str | None, FieldClass.PERSONAL]
    """What it is signed in under; None once its holder's key is destroyed, and while it is lost."""
    digest: Hidden[str]
    """Of the invitation's code."""
    invited_until: date
    """The last day on which it can be set (Africa/Casablanca's)."""
    issued_on: date
    """The day of the invitation, as whoever made it dates it."""
    issued_at: datetime
    issued_by: UUID
    position: int
    """Of the invitation in the ledger: what came before, and what after."""
    password: UUID | None = None
    second_factor: UUID | None = None
    recovery_sheet: UUID | None = None
    set_at: datetime | None = None
    """When it was last set."""
    ended_at: datetime | None = None

    @property
    def is_set(self) -> bool:
        return self.password is not None

    @property
    def kept(self) -> frozenset[UUID]:
        """What is kept of it elsewhere."""
        named = (self.password, self.second_factor, self.recovery_sheet)
        return frozenset(each for each in named if each is not None and self.ended_at is None)

    def opens(self, _today: date) -> bool:
        """Whether it is signed in with: it has no last day."""
        return self.is_set and self.ended_at is None

    def can_be_set(self, today: date) -> bool:
        """Whether whoever shows the code may set it."""
        return not self.is_set and self.ended_at is None and today <= self.invited_until

    def stands(self, today: date) -> bool:
        return self.opens(today) or self.can_be_set(today)


def standing_of(passwords: Iterable[Password], staff_id: UUID, today: date) -> list[Password]:
    """Somebody's password, and an invitation to set the next one."""
    return [each for each in passwords if each.staff_id == staff_id and each.stands(today)]
