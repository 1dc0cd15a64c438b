"""The rules of staff and keys, and their steps' table."""

from datetime import date
from uuid import UUID

from domain.errors import NotAllowed, Refused
from domain.message import Actor, Command, Event, Role, derived_id
from domain.registry.state import REGISTRY
from domain.staff import events as e
from domain.staff import steps as s
from domain.staff.keys import end_of
from domain.staff.notices import may_acknowledge, standing_for, to_be_told
from domain.staff.roles import BOUND_TO_A_CENTRE, HELD_BY_PEOPLE
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.roles import CENTRES, STAFF

FOUNDING_ADMINISTRATOR = Actor(id=UUID(int=1), role=Role.ADMINISTRATOR)
"""Who registers the first administrator of an installation."""


def of_oneself(_world: World, _state: object, _actor: Actor, _today: date) -> None:
    """Whose a notice is, the rule asks: each has their own."""


def reads_registry(_command: Command, _state: object) -> Roles:
    return {CENTRES: REGISTRY}


def register(world: World, step: s.RegisterStaff, ctx: Context) -> Event:
    if step.role not in HELD_BY_PEOPLE:
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


def issue(world: World, step: s.IssueAccessKey, ctx: Context) -> Events:
    """A key for a year at most, and in the same commit the notice of it."""
    colleague = world.staff.staff.get(step.staff_id)
    if colleague is None:
        raise Refused("staff_unknown")
    not_before(step.occurred_on, colleague.since_on)
    if step.digest in world.staff.digests:
        raise Refused("key_already_issued")
    key_id = derived_id(ctx.command_id, "key")
    issued = e.AccessKeyIssued(
        key_id=key_id,
        staff_id=step.staff_id,
        digest=step.digest,
        expires_on=end_of(ctx.today, step.expires_on),
    )
    announced = e.AccessKeyAnnounced(
        notice_id=derived_id(ctx.command_id, "notice"),
        key_id=key_id,
        staff_id=step.staff_id,
        told=to_be_told(world.staff, colleague.actor),
    )
    return [(STAFF, issued), (STAFF, announced)]


def acknowledge(world: World, step: s.AcknowledgeNotices, ctx: Context) -> Event:
    """Only what stands on one's own page, with a key that was not just issued in one's name."""
    standing = {
        notice.notice_id: notice for notice in standing_for(world.staff, ctx.actor.id, ctx.today)
    }
    for notice_id in step.notices:
        notice = standing.get(notice_id)
        if notice is None:
            raise Refused("notice_not_standing")
        not_before(step.occurred_on, notice.on)
        if not may_acknowledge(world.staff, notice, ctx.actor, ctx.today):
            raise NotAllowed("older_key_needed")
    return e.NoticesAcknowledged(notices=step.notices)


def revoke(world: World, step: s.RevokeAccessKey, _: Context) -> Event:
    key = world.staff.keys.get(step.key_id)
    if key is None or key.revoked_at is not None:
        raise Refused("key_unknown")
    not_before(step.occurred_on, key.issued_on)
    return e.AccessKeyRevoked(key_id=step.key_id)
