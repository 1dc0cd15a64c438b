"""Whose case is meant by the number, and that it is another centre's."""

from domain.case.emergency import events as e
from domain.case.emergency import steps as s
from domain.case.moment import day_of
from domain.case.referral.asking.decide import open_cases
from domain.errors import Refused
from domain.staff.emergencies.events import OpenedCaseInEmergency
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, World
from domain.steps.roles import STAFF


def open_in_emergency(world: World, step: s.OpenInEmergency, ctx: Context) -> Events:
    """Of several with the number the first whose case is open elsewhere is meant."""
    own = known(ctx.actor.centre)
    cases = list(open_cases(world))
    elsewhere = [(role, case_id) for role, case_id in cases if world[role].centre != own]
    if not elsewhere:
        raise Refused("number_known_here" if cases else "nobody_to_open")
    role, case_id = elsewhere[0]
    case = world[role]
    not_before(step.occurred_on, day_of(case.opened))
    told = OpenedCaseInEmergency(
        staff_id=ctx.actor.id,
        case_id=case_id,
        of_centre=known(case.centre),
        by_centre=own,
        hours=case.rules_on(step.occurred_on).emergency_hours,
    )
    opened = e.OpenedInEmergency(
        by_centre=own, opened_by=ctx.actor.id, explanation=step.explanation
    )
    return [(STAFF, told), (role, opened)]
