"""Access keys: all of them for who administers or audits, one's own for everybody."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from domain.errors import Refused
from domain.message import Actor, Message, Role
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.staff.keys import AccessKey
from domain.staff.state import StaffState
from domain.values.calendar import local_date
from domain.values.looking import ReadingPurpose
from service.access.reader import Reading


class OwnAccessKey(Message):
    """A key in your name, whoever holds it."""

    key_id: UUID
    issued_on: date
    """The day it was recorded (Africa/Casablanca's)."""
    issued_by: UUID | None
    """The member of staff; null for a key that was made at the machine itself."""
    issued_by_label: str | None = Field(examples=["administrator"])
    expires_on: date
    """The last day on which it opens anything."""
    purpose: ReadingPurpose | None
    """For what it reads of people; null where each request says."""
    revoked_on: date | None
    opens: bool
    """Whether it opens anything today."""
    last_used: datetime | None
    """The hour in which it was last used; null where no use is known."""


class IssuedAccessKey(OwnAccessKey):
    """A key, and in whose name it is."""

    staff_id: UUID
    label: str | None = Field(examples=["taza-caseworker-1"])
    role: Role
    centre: str | None


class OwnAccessKeyList(Message):
    keys: tuple[OwnAccessKey, ...]


class AccessKeyList(Message):
    keys: tuple[IssuedAccessKey, ...]


def list_access_keys(reading: Reading) -> AccessKeyList:
    """All that were ever issued, the latest first."""
    staff = reading.directory.staff()
    return AccessKeyList(keys=issued(staff, reading.uses.last(), reading.today))


def get_access_key(reading: Reading, key_id: UUID) -> IssuedAccessKey:
    """One of them, revoked and expired ones too; raises `Refused`."""
    staff = reading.directory.staff()
    key = staff.keys.get(key_id)
    if key is None:
        raise Refused("key_unknown")
    return _issued(key, staff, reading.uses.last(), reading.today)


def list_own_access_keys(reading: Reading, actor: Actor) -> OwnAccessKeyList:
    """Those in the asker's name, the latest first: one that they know nothing of is not theirs."""
    staff, used = reading.directory.staff(), reading.uses.last()
    return OwnAccessKeyList(
        keys=tuple(
            OwnAccessKey(**_of(key, staff, used, reading.today))
            for key in _latest_first(staff)
            if key.staff_id == actor.id
        )
    )


def issued(
    staff: StaffState, used: Mapping[UUID, datetime], today: date
) -> tuple[IssuedAccessKey, ...]:
    """All that were ever issued, by a directory and by when each was last used."""
    return tuple(_issued(key, staff, used, today) for key in _latest_first(staff))


def _issued(
    key: AccessKey, staff: StaffState, used: Mapping[UUID, datetime], today: date
) -> IssuedAccessKey:
    holder = staff.staff[key.staff_id]
    return IssuedAccessKey(
        **_of(key, staff, used, today),
        staff_id=key.staff_id,
        label=holder.label,
        role=holder.actor.role,
        centre=holder.actor.centre,
    )


def _latest_first(staff: StaffState) -> list[AccessKey]:
    return list(staff.keys.values())[::-1]


def _of(
    key: AccessKey, staff: StaffState, used: Mapping[UUID, datetime], today: date
) -> dict[str, Any]:
    issuer = staff.staff.get(key.issued_by)
    return {
        "key_id": key.key_id,
        "issued_on": local_date(key.issued_at),
        "issued_by": None if key.issued_by == FOUNDING_ADMINISTRATOR.id else key.issued_by,
        "issued_by_label": issuer.label if issuer else None,
        "expires_on": key.expires_on,
        "purpose": key.purpose,
        "revoked_on": local_date(key.revoked_at) if key.revoked_at else None,
        "opens": key.opens(today),
        "last_used": used.get(key.key_id),
    }
