"""Who may confirm what another person has asked for."""

from datetime import date

from domain.errors import NotAllowed
from domain.message import Actor
from domain.staff.keys import speaks_for_its_holder
from domain.staff.state import StaffState


def require_here_before(staff: StaffState, actor: Actor, asked_at: int, today: date) -> None:
    """Raises `NotAllowed` unless they were staff, in the role they have now, when it was asked.

    `asked_at` is a position of the ledger. Else whoever makes staff could make the second person
    afterwards; or, by a further key in the name of somebody who was here, speak for them: the key
    is one from before too, unless they have no older one that opens anything. That it opens
    something is required of every command, under the lock. Who stands in for a coordinator is none:
    where a centre has no other, the division is the second person.
    """
    colleague = staff.staff.get(actor.id)
    if colleague is not None and colleague.actor.role is not actor.role:
        raise NotAllowed("second_person_stands_in")
    if colleague is None or colleague.since > asked_at:
        raise NotAllowed("second_person_came_later")
    if actor.credential is not None and not speaks_for_its_holder(
        staff.credentials, actor, asked_at, today
    ):
        raise NotAllowed("older_key_needed")
