"""Whose case is meant by the number, and that it is another centre's."""

from domain.case.emergency import events as e
from domain.case.emergency import steps as s
from domain.case.moment import day_of
from domain.case.referral.asking.decide import open_cases, reads_number
from domain.errors import Refused
from domain.message import Command, StreamKind, stream_id
from domain.staff.emergencies.events import OpenedCaseInEmergency
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.roles import STAFF, numbered


def reads_somebody(command: Command, state: object) -> Roles:
    """By the number; where none is known those whom whoever sent it found by name."""
    if command.marks:
        return reads_number(command, state)
    found = enumerate(command.alike, 1)
    return {
        numbered(StreamKind.BENEFICIARY, at): stream_id(StreamKind.BENEFICIARY, person)
        for at, person in found
    }


def open_in_emergency(world: World, step: s.OpenInEmergency, ctx: Context) -> Events:
    """Of several with the number the first whose case is open elsewhere is meant; of somebody whose data
    is kept and not used nothing is opened, however they are found.
    """
    own = known(ctx.actor.centre)
    if step.number is None and (step.name is None or step.birth_year is None):
        raise Refused("nobody_named")
    cases = list(open_cases(world))
    elsewhere = [
        (role, case_id)
        for role, case_id in cases
        if world[role].centre != own and world[role].restricted is None
    ]
    if not elsewhere:
        here = step.number and any(world[role].centre == own for role, _ in cases)
        raise Refused("number_known_here" if here else "nobody_to_open")
    if step.number is None and len({case_id for _, case_id in elsewhere}) > 1:
        raise Refused("several_to_open")
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
