"""The rules of calendar links."""

from domain.errors import NotAllowed, Refused
from domain.message import Event, Role, derived_id
from domain.staff.calendar_link import events as e
from domain.staff.calendar_link import steps as s
from domain.steps.checks import not_before
from domain.steps.handling import Context, World


def make(world: World, step: s.MakeCalendarLink, ctx: Context) -> Event:
    own = world.staff.staff.get(ctx.actor.id)
    if own is None:
        raise Refused("staff_unknown")
    not_before(step.occurred_on, own.since_on)
    link_id = derived_id(ctx.command_id, "calendar link")
    return e.CalendarLinkMade(link_id=link_id, staff_id=ctx.actor.id, digest=step.digest)


def end(world: World, step: s.EndCalendarLink, ctx: Context) -> Event:
    if step.staff_id != ctx.actor.id and ctx.actor.role is not Role.ADMINISTRATOR:
        raise NotAllowed("calendar_of_another")
    link = world.staff.calendar_links.get(step.staff_id)
    if link is None:
        raise Refused("no_calendar_link")
    not_before(step.occurred_on, link.made_on)
    return e.CalendarLinkEnded(link_id=link.link_id, staff_id=step.staff_id)
