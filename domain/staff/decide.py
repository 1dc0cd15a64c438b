"""The rules of staff and keys, and their steps' table."""

from uuid import UUID

from domain.errors import Refused
from domain.message import Actor, Command, Event, Role, derived_id
from domain.registry.state import REGISTRY
from domain.staff import events as e
from domain.staff import steps as s
from domain.steps.handling import Context, Roles, World
from domain.steps.roles import CENTRES

BOUND_TO_A_CENTRE = frozenset({Role.CASEWORKER, Role.COORDINATOR})
FOUNDING_ADMINISTRATOR = Actor(id=UUID(int=1), role=Role.ADMINISTRATOR)
"""Who registers the first administrator of an installation."""


def reads_registry(_command: Command, _state: object) -> Roles:
    return {CENTRES: REGISTRY}


def register(world: World, step: s.RegisterStaff, ctx: Context) -> Event:
    if step.role is Role.TIMER:
        raise Refused("role_not_for_people")
    if (step.centre is not None) != (step.role in BOUND_TO_A_CENTRE):
        raise Refused("role_and_centre_disagree", role=str(step.role))
    if step.centre is not None and step.centre not in world.registry.centres:
        raise Refused("centre_unknown", centre=step.centre)
    if any(colleague.label == step.label for colleague in world.staff.staff.values()):
        raise Refused("label_taken")
    return e.StaffRegistered(
        staff_id=derived_id(ctx.command_id, "staff"),
        label=step.label,
        role=step.role,
        centre=step.centre,
    )


def issue(world: World, step: s.IssueAccessKey, ctx: Context) -> Event:
    if step.staff_id not in world.staff.staff:
        raise Refused("staff_unknown")
    if step.digest in world.staff.keys:
        raise Refused("key_already_issued")
    key_id = derived_id(ctx.command_id, "key")
    return e.AccessKeyIssued(key_id=key_id, staff_id=step.staff_id, digest=step.digest)


def revoke(world: World, step: s.RevokeAccessKey, _: Context) -> Event:
    if step.key_id not in world.staff.keys.values():
        raise Refused("key_unknown")
    return e.AccessKeyRevoked(key_id=step.key_id)
