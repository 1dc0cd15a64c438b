"""The rules of how staff are reached."""

from domain.errors import NotAllowed, Refused
from domain.message import Actor, Event, Role
from domain.staff.reach import events as e
from domain.staff.reach import steps as s
from domain.staff.reach.vocabulary import StaffChannel
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo

NEEDS = {StaffChannel.EMAIL: "email", StaffChannel.SMS: "telephone"}
"""What each channel reaches somebody at, by the step's field."""


def change(world: World, step: s.ChangeReach, ctx: Context) -> Event:
    """By oneself, of oneself: nobody is sent to an address that another gave."""
    own = world.staff.staff.get(ctx.actor.id)
    if own is None:
        raise Refused("staff_unknown")
    not_before(step.occurred_on, own.since_on)
    if len(set(step.channels)) < len(step.channels):
        raise Refused("channel_named_twice")
    for channel in step.channels:
        if getattr(step, NEEDS[channel]) is None:
            raise Refused("channel_without_address", field=NEEDS[channel])
    return echo(e.ReachChanged, step, staff_id=ctx.actor.id)


def end(world: World, step: s.EndReach, ctx: Context) -> Event:
    require_own_or_administrator(step, ctx.actor)
    standing = world.staff.reach.get(step.staff_id)
    if standing is None:
        raise Refused("reach_not_said")
    not_before(step.occurred_on, standing.said_on)
    return e.ReachEnded(staff_id=step.staff_id)


def require_own_or_administrator(step: s.EndReach, actor: Actor) -> None:
    if step.staff_id != actor.id and actor.role is not Role.ADMINISTRATOR:
        raise NotAllowed("reach_of_another")
