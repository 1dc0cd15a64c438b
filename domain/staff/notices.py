"""Who must come to know that an access key was issued, and until when each is told.

One administrator is not two people: nobody gets to read persons by themselves unseen. A key is
announced to auditors and to the coordinators concerned (`watches`): to those who were here before it,
whatever became of it since, and to those who come later while it opens anything. A key in the name
of somebody who had one before is announced to them too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.message import Actor, Role
from domain.staff.keys import speaks_for_its_holder

if TYPE_CHECKING:
    from domain.staff.state import StaffState


@dataclass(frozen=True, slots=True)
class Notice:
    """Of one key, for those told of it until each has seen it."""

    notice_id: UUID
    key_id: UUID
    told: frozenset[UUID]
    on: date
    """The day on which the key was issued."""
    seen_by: frozenset[UUID] = frozenset()


def watches(watcher: Actor, holder: Actor) -> bool:
    """Whether `watcher` is to know of another's key: auditors of each, coordinators of those with
    which somebody comes to their centre's cases.

    Those are the centre's own, and all that are of no centre: an auditor's and the division's reach
    the cases of each, an administrator's makes keys that do.
    """
    if watcher.id == holder.id:
        return False
    concerned = holder.centre in (None, watcher.centre)
    return watcher.role is Role.AUDITOR or (watcher.role is Role.COORDINATOR and concerned)


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
    """Whether the key that `actor` came with may say that they have seen it."""
    told_of = staff.keys[notice.key_id].position
    return speaks_for_its_holder(staff.keys.values(), actor, told_of, today)
