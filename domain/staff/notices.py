"""Who must come to know that a key was issued, or a password invited, and until when each is told.

One administrator is not two people: nobody gets to read persons by themselves unseen. Each is
announced to auditors and to the coordinators concerned (`watches`): to those who were here before it,
whatever became of it since, and to those who come later while it opens anything. One in the name of
somebody who could sign in before is announced to them too.
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
    """Of one key or password, for those told of it until each has seen it."""

    notice_id: UUID
    credential_id: UUID
    told: frozenset[UUID]
    on: date
    """The day on which it was given."""
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
    """Who of those who are here must know of what `holder` is given now."""
    here = (each.actor for each in staff.staff.values() if each.left_on is None)
    watching = [each.id for each in here if watches(each, holder)]
    had_one = any(each.staff_id == holder.id for each in staff.credentials)
    return (*watching, holder.id) if had_one else tuple(watching)


def standing_for(staff: "StaffState", reader: UUID, today: date) -> Iterator[Notice]:
    """The notices that somebody has still to see, the oldest first."""
    for notice in staff.notices.values():
        if reader not in notice.seen_by and _concerns(staff, notice, reader, today):
            yield notice


def _concerns(staff: "StaffState", notice: Notice, reader: UUID, today: date) -> bool:
    if reader in notice.told:
        return True
    given, colleague = staff.credential(notice.credential_id), staff.staff[reader]
    came_later = colleague.since > given.position
    holder = staff.staff[given.staff_id].actor
    return came_later and given.stands(today) and watches(colleague.actor, holder)


def may_acknowledge(staff: "StaffState", notice: Notice, actor: Actor, today: date) -> bool:
    """Whether what `actor` came with may say that they have seen it."""
    told_of = staff.credential(notice.credential_id).position
    return speaks_for_its_holder(staff.credentials, actor, told_of, today)
