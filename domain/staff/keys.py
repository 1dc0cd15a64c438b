"""An access key: whose it is, since when, and until when it opens anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from domain.errors import Refused
from domain.message import Actor, Hidden
from domain.values.calendar import months_after
from domain.values.looking import ReadingPurpose

LASTS_MONTHS = 12
ENDS_SOON = timedelta(days=30)
"""How long before its end a key says so."""


def end_of(today: date, wanted: date | None) -> date:
    """The last day of a key that is issued today: a year on, unless an earlier one is wanted.

    Raises `Refused` for a later one, and for one that is past.
    """
    latest = months_after(today, LASTS_MONTHS)
    if wanted is not None and not today <= wanted <= latest:
        raise Refused("key_end_impossible", earliest=str(today), latest=str(latest))
    return wanted or latest


class Credential(Protocol):
    """An access key or a password, with which somebody comes."""

    @property
    def credential_id(self) -> UUID: ...
    @property
    def staff_id(self) -> UUID: ...
    @property
    def position(self) -> int: ...
    def opens(self, today: date, /) -> bool: ...
    def stands(self, today: date, /) -> bool:
        """Whether it opens anything, or may come to."""


@dataclass(frozen=True, slots=True)
class AccessKey:
    """A key that was issued, revoked and expired ones too."""

    key_id: UUID
    staff_id: UUID
    digest: Hidden[str]
    expires_on: date
    """The last day on which it opens anything (Africa/Casablanca's)."""
    issued_on: date
    """As whoever issued it dates it."""
    issued_at: datetime
    issued_by: UUID
    position: int
    """Of its issue in the ledger: what came before, and what after."""
    revoked_at: datetime | None = None
    purpose: ReadingPurpose | None = None
    """For what it reads of people; None where each request says."""

    @property
    def credential_id(self) -> UUID:
        return self.key_id

    def opens(self, today: date) -> bool:
        return self.revoked_at is None and today <= self.expires_on

    def stands(self, today: date) -> bool:
        return self.opens(today)


def last_to_end(keys: Iterable[AccessKey], today: date) -> AccessKey | None:
    """Of those that open anything the one that does so longest."""
    return max((key for key in keys if key.opens(today)), key=_end, default=None)


def _end(key: AccessKey) -> date:
    return key.expires_on


def speaks_for_its_holder(
    credentials: Iterable[Credential], actor: Actor, since: int, today: date
) -> bool:
    """Whether `actor` came with a key or a password that is theirs beyond doubt.

    One that was given before `since`, a position; else their oldest that opens anything. So nobody
    is spoken for by whoever was given a key, or set a password, in their name.
    """
    theirs = [each for each in credentials if each.staff_id == actor.id and each.opens(today)]
    came_with = next((each for each in theirs if each.credential_id == actor.credential), None)
    if came_with is None:
        return False
    return came_with.position < since or all(came_with.position <= each.position for each in theirs)
