"""Who may confirm what another person has asked for."""

from datetime import timedelta

from domain.errors import NotAllowed
from domain.message import Actor
from domain.staff.state import StaffState

CONFIRMED_WITHIN = timedelta(days=30)
"""What was asked is confirmed within so long, or asked anew."""


def require_here_before(staff: StaffState, actor: Actor, asked_at: int) -> None:
    """Raises `NotAllowed` unless they were staff, in the role they have now, when it was asked.

    `asked_at` is a position of the ledger. Else whoever makes staff could make the second person
    afterwards. What is held of their key is required of every command, under the lock.
    """
    colleague = staff.staff.get(actor.id)
    if colleague is None or colleague.since > asked_at:
        raise NotAllowed("second_person_came_later")
