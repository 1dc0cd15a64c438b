"""Who works here."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import Field

from domain.errors import Refused
from domain.message import Message, Role
from domain.staff.passwords import standing_of
from domain.staff.state import StaffState
from service.access.reader import Reading
from service.access.table import require_centre


class StaffMember(Message):
    staff_id: UUID
    label: str | None = Field(examples=["taza-caseworker-1"])
    """Of the post, for everybody who works here; null once their key is destroyed, or lost."""
    key_lost: bool
    """Whether the key is lost, which a copy of it would bring back: they sign in all the same."""
    role: Role
    centre: str | None
    left_on: date | None
    """The day on which they left; null of whoever works here."""
    keys: tuple[UUID, ...]
    """The ids of the keys that open anything; for administrators and auditors only."""
    password: UUID | None
    """The id of the password they sign in with, as above."""
    invited_until: date | None
    """The last day on which they can set a password they were invited to set, as above."""


NO_PASSWORD: Mapping[str, Any] = {"password": None, "invited_until": None}
"""None, or not shown."""


class StaffList(Message):
    staff: tuple[StaffMember, ...]


def list_staff(reading: Reading, centre: str | None) -> StaffList:
    """The staff of a centre; without one, everybody's."""
    state = reading.directory.staff()
    return StaffList(
        staff=tuple(
            _member(reading, state, staff_id)
            for staff_id, colleague in state.staff.items()
            if centre is None or colleague.actor.centre == centre
        )
    )


def get_staff_member(reading: Reading, centre: str | None, staff_id: UUID) -> StaffMember:
    """One of a centre's staff; raises `Refused`, and `NotAllowed` for another centre's."""
    state = reading.directory.staff()
    colleague = state.staff.get(staff_id)
    if colleague is None:
        raise Refused("staff_unknown")
    if centre is not None:
        require_centre(reading.reader.actor, colleague.actor.centre)
    return _member(reading, state, staff_id)


def _member(reading: Reading, state: StaffState, staff_id: UUID) -> StaffMember:
    colleague = state.staff[staff_id]
    see_keys = reading.reader.actor.role in (Role.ADMINISTRATOR, Role.AUDITOR)
    return StaffMember(
        staff_id=staff_id,
        label=colleague.label,
        key_lost=colleague.key_lost,
        left_on=colleague.left_on,
        role=colleague.actor.role,
        centre=colleague.actor.centre,
        keys=_keys_of(state, staff_id, reading.today) if see_keys else (),
        **(_password_of(state, staff_id, reading.today) if see_keys else NO_PASSWORD),
    )


def _password_of(state: StaffState, staff_id: UUID, today: date) -> dict[str, Any]:
    theirs = standing_of(state.passwords.values(), staff_id, today)
    return {
        "password": next((each.credential_id for each in theirs if each.is_set), None),
        "invited_until": next((each.invited_until for each in theirs if not each.is_set), None),
    }


def _keys_of(state: StaffState, staff_id: UUID, today: date) -> tuple[UUID, ...]:
    keys = state.keys.values()
    return tuple(key.key_id for key in keys if key.staff_id == staff_id and key.opens(today))
