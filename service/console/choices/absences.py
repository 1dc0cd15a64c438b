"""Who may be absent, and which delegations may be ended."""

from domain.message import Role
from service.console.choices.asking import Choosing
from service.console.choices.house import caseworkers
from service.console.choices.said import day, parts
from service.console.forms.questions import Options
from service.queries.absences import list_delegations
from service.queries.staff import list_staff


async def absentees(asked: Choosing) -> Options:
    """A caseworker is absent themselves; a coordinator may say it of any colleague of the centre."""
    found, actor = await caseworkers(asked), asked.visit.actor
    if actor.role is Role.COORDINATOR:
        return found
    own = str(actor.id)
    return {own: found[own]} if own in found else {}


async def delegations(asked: Choosing) -> Options:
    """By who is absent, who stands in, and until when; a caseworker's own alone."""
    staff = (await asked.visit.ask(list_staff)).staff
    posts = {each.staff_id: each.label or str(each.staff_id) for each in staff}
    actor = asked.visit.actor
    return {
        str(each.delegation_id): parts(
            asked.language,
            posts.get(each.staff_id, ""),
            posts.get(each.delegate, ""),
            day(each.until, asked.language),
        )
        for each in (await asked.visit.ask(list_delegations)).delegations
        if actor.role is Role.COORDINATOR or actor.id in (each.staff_id, each.delegate)
    }
