"""The rules of delegations: who names whom, and for how long."""

from uuid import UUID

from domain.errors import NotAllowed, Refused
from domain.message import Actor, Event, Role, derived_id
from domain.staff.roles import BOUND_TO_A_CENTRE
from domain.staff.standing_in import events as e
from domain.staff.standing_in import steps as s
from domain.staff.state import Colleague, StaffState
from domain.steps.checks import not_before
from domain.steps.handling import Context, World


def name(world: World, step: s.NameDelegate, ctx: Context) -> Event:
    staff = world.staff
    absent = _of_their_centre(staff, step.staff_id, ctx.actor)
    if step.delegate == step.staff_id:
        raise Refused("delegate_is_absent")
    if not staff.works_in(step.delegate, absent.actor.centre or ""):
        raise Refused("delegate_not_in_centre", centre=absent.actor.centre)
    not_before(step.occurred_on, absent.since_on)
    not_before(step.since, step.occurred_on)
    not_before(step.until, step.since)
    for each in staff.delegations.values():
        if not each.meets(step.since, step.until):
            continue
        if each.staff_id == step.staff_id:
            raise Refused("delegate_already_named", until=str(each.until))
        if each.staff_id == step.delegate:
            raise Refused("delegate_is_absent")
        if each.delegate == step.staff_id:
            raise Refused("absent_stands_in", until=str(each.until))
    return e.DelegateNamed(
        delegation_id=derived_id(ctx.command_id, "delegation"),
        staff_id=step.staff_id,
        delegate=step.delegate,
        since=step.since,
        until=step.until,
    )


def end(world: World, step: s.EndDelegation, ctx: Context) -> Event:
    """By either of the two, or their coordinator."""
    found = world.staff.delegations.get(step.delegation_id)
    if found is None:
        raise Refused("delegation_unknown")
    if ctx.actor.id != found.delegate:
        _of_their_centre(world.staff, found.staff_id, ctx.actor)
    if found.is_over(ctx.today):
        raise Refused("delegation_over", until=str(found.until))
    not_before(step.occurred_on, found.named_on)
    return e.DelegationEnded(delegation_id=found.delegation_id, staff_id=found.staff_id)


def _of_their_centre(staff: StaffState, staff_id: UUID, actor: Actor) -> Colleague:
    """Who is absent; raises `NotAllowed` unless it is the actor or, of a coordinator, a colleague.

    Who stands in for a coordinator names nobody in turn, nor themselves for longer.
    """
    absent = staff.staff.get(staff_id)
    if absent is None:
        raise Refused("staff_unknown")
    if absent.actor.centre != actor.centre:
        raise NotAllowed("other_centre")
    if absent.actor.role not in BOUND_TO_A_CENTRE or absent.left_on is not None:
        raise Refused("staff_left")
    own = staff.staff[actor.id].actor.role
    if staff_id != actor.id and own is not Role.COORDINATOR:
        raise NotAllowed("delegation_of_another")
    return absent
