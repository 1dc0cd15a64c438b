"""Who must come to know that an access key was issued, and until when each is told.

One administrator is not two people: nobody gets to read persons by themselves unseen. A key is
announced to auditors and to the coordinators concerned: to those who were here before it, whatever
became of it since, and to those who come later while it opens anything. A key in the name of
somebody who had one before is announced to them too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.message import Actor, Role
from domain.staff.roles import READING_PERSONS

if TYPE_CHECKING:
    from domain.staff.state import StaffState


@dataclass(frozen=True, slots=True)
class Notice:
    """Of one key, for those told of it until each has seen it."""

    notice_id: UUID
    key_id: UUID
    told: frozenset[UUID]
    seen_by: frozenset[UUID] = frozenset()


def watches(watcher: Actor, holder: Actor) -> bool:
    """Whether `watcher` is to know of another's key: auditors of each, coordinators of their centre's.

    A key that reads the persons of every centre concerns every coordinator.
    """
    if watcher.id == holder.id:
        return False
    if watcher.role is Role.AUDITOR:
        return True
    concerned = holder.role in READING_PERSONS and holder.centre in (None, watcher.centre)
    return watcher.role is Role.COORDINATOR and concerned


def to_be_told(staff: "StaffState", holder: Actor) -> tuple[UUID, ...]:
    """Who of those who are here must know of a key that `holder` is given now."""
    watching = [each.actor.id for each in staff.staff.values() if watches(each.actor, holder)]
    had_one = any(key.staff_id == holder.id for key in staff.keys.values())
    return (*watching, holder.id) if had_one else tuple(watching)


def standing_for(staff: "StaffState", reader: UUID, today: date) -> Iterator[Notice]:
    """The notices that somebody has still to see, the oldest first."""
    for notice in staff.notices.values():
        if reader not in notice.seen_by and _concerns(staff, notice, reader, today):
            yield notice


def _concerns(staff: "StaffState", notice: Notice, reader: UUID, today: date) -> bool:
    if reader in notice.told:
        return True
    key, colleague = staff.keys[notice.key_id], staff.staff[reader]
    came_later = colleague.since > key.position
    holder = staff.staff[key.staff_id].actor
    return came_later and key.opens(today) and watches(colleague.actor, holder)


def may_acknowledge(staff: "StaffState", notice: Notice, actor: Actor, today: date) -> bool:
    """Whether the key that `actor` came with may say that they have seen it.

    One that was issued before what the notice is about; else their oldest that opens anything.
    So nobody is spoken for by whoever was given a key in their name.
    """
    mine = [key for key in staff.keys.values() if key.staff_id == actor.id and key.opens(today)]
    came_with = next((key for key in mine if key.key_id == actor.credential), None)
    if came_with is None:
        return False
    oldest = min(key.position for key in mine)
    return came_with.position == oldest or came_with.position < staff.keys[notice.key_id].position
