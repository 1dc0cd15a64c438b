"""The rules of staff and keys, and their steps' table."""

from datetime import date
from uuid import UUID

from domain.errors import NotAllowed, Refused
from domain.message import Actor, Command, Event, Role, derived_id
from domain.registry.state import REGISTRY
from domain.staff import events as e
from domain.staff import steps as s
from domain.staff.calendar_link.events import CalendarLinkEnded
from domain.staff.keys import end_of
from domain.staff.notices import may_acknowledge, standing_for, to_be_told
from domain.staff.passwords import INVITED_FOR, Password, standing_of
from domain.staff.roles import BOUND_TO_A_CENTRE, HELD_BY_PEOPLE
from domain.staff.state import Colleague, StaffState
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.roles import CENTRES, STAFF, StreamRole

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
    colleague = _working(world.staff, step.staff_id, step.occurred_on)
    if step.digest in world.staff.digests:
        raise Refused("key_already_issued")
    key_id = derived_id(ctx.command_id, "key")
    issued = e.AccessKeyIssued(
        key_id=key_id,
        staff_id=step.staff_id,
        digest=step.digest,
        expires_on=end_of(ctx.today, step.expires_on),
        purpose=step.purpose,
    )
    return [(STAFF, issued), (STAFF, _announced(world.staff, colleague, key_id, ctx))]


def _working(staff: StaffState, staff_id: UUID, day: date) -> Colleague:
    """Raises `Refused` unless they work here, and did on that day."""
    colleague = staff.staff.get(staff_id)
    if colleague is None:
        raise Refused("staff_unknown")
    if colleague.left_on is not None:
        raise Refused("staff_left")
    not_before(day, colleague.since_on)
    return colleague


def _announced(staff: StaffState, holder: Colleague, credential: UUID, ctx: Context) -> Event:
    return e.CredentialAnnounced(
        notice_id=derived_id(ctx.command_id, "notice"),
        credential_id=credential,
        staff_id=holder.actor.id,
        told=to_be_told(staff, holder.actor),
    )


def invite(world: World, step: s.InvitePassword, ctx: Context) -> Events:
    """In the place of an earlier invitation; a password that is set goes on until this one is."""
    colleague = _working(world.staff, step.staff_id, step.occurred_on)
    staff = world.staff
    if any(p.name == step.name and p.staff_id != step.staff_id for p in staff.passwords.values()):
        raise Refused("login_name_taken", name=step.name)
    credential = derived_id(ctx.command_id, "password")
    invited = e.PasswordInvited(
        credential_id=credential,
        staff_id=step.staff_id,
        name=step.name,
        digest=step.digest,
        invited_until=ctx.today + INVITED_FOR,
    )
    standing = standing_of(staff.passwords.values(), step.staff_id, ctx.today)
    earlier = [_end(each) for each in standing if not each.is_set]
    return [*earlier, (STAFF, invited), (STAFF, _announced(staff, colleague, credential, ctx))]


def accept(world: World, step: s.AcceptInvitation, ctx: Context) -> Events:
    """Once: of two who use one invitation the first. What they signed in with before ends."""
    passwords = world.staff.passwords
    invited = passwords.get(ctx.actor.credential) if ctx.actor.credential else None
    if invited is None or not invited.can_be_set(ctx.today):
        raise Refused("invitation_over")
    not_before(step.occurred_on, invited.issued_on)
    standing = standing_of(passwords.values(), ctx.actor.id, ctx.today)
    before = [_end(each) for each in standing if each.is_set]
    return [*before, *_set(invited, step)]


def change(world: World, step: s.ChangePassword, ctx: Context) -> Events:
    """By whoever is signed in with it; somebody's key does not change their password."""
    own = world.staff.passwords.get(ctx.actor.credential) if ctx.actor.credential else None
    if own is None or not own.opens(ctx.today):
        raise Refused("own_password_needed")
    not_before(step.occurred_on, own.issued_on)
    return _set(own, step)


def _set(own: Password, step: s.AcceptInvitation | s.ChangePassword) -> Events:
    whose = {"credential_id": own.credential_id, "staff_id": own.staff_id}
    made: list[Event] = []
    if step.password:
        made.append(e.PasswordSet(**whose, password=step.password))
    if step.second_factor:
        made.append(e.SecondFactorSet(**whose, second_factor=step.second_factor))
    if step.recovery_sheet:
        made.append(e.RecoverySheetMade(**whose, recovery_sheet=step.recovery_sheet))
    return [(STAFF, each) for each in made]


def _end(password: Password) -> tuple[StreamRole[StaffState], Event]:
    credential, holder = password.credential_id, password.staff_id
    return (STAFF, e.PasswordEnded(credential_id=credential, staff_id=holder))


def end_all(world: World, step: s.EndCredentials, ctx: Context) -> Events:
    """Whatever they could sign in with, and the link to their calendar; raises `Refused` where that is
    nothing.
    """
    _working(world.staff, step.staff_id, step.occurred_on)
    ended = _ended(world.staff, step.staff_id, ctx)
    if (link := world.staff.calendar_links.get(step.staff_id)) is not None:
        over = CalendarLinkEnded(link_id=link.link_id, staff_id=step.staff_id)
        ended = [*ended, (STAFF, over)]
    if not ended:
        raise Refused("nothing_to_end")
    return ended


def depart(world: World, step: s.RecordDeparture, ctx: Context) -> Events:
    _working(world.staff, step.staff_id, step.occurred_on)
    left = e.StaffLeft(staff_id=step.staff_id)
    return [*_ended(world.staff, step.staff_id, ctx), (STAFF, left)]


def _ended(staff: StaffState, staff_id: UUID, ctx: Context) -> Events:
    """All ends of somebody's; raises `Refused` where nobody could administer any more."""
    others = (each for each in staff.credentials if each.staff_id != staff_id)
    goes_on = any(staff.administers(each, ctx.today) for each in others)
    administrator = staff.staff[staff_id].actor.role is Role.ADMINISTRATOR
    if administrator and not goes_on and ctx.actor.id != FOUNDING_ADMINISTRATOR.id:
        raise Refused("last_administrator")
    keys = [k for k in staff.keys.values() if k.staff_id == staff_id and k.opens(ctx.today)]
    passwords = standing_of(staff.passwords.values(), staff_id, ctx.today)
    return [
        *((STAFF, e.AccessKeyRevoked(key_id=key.key_id)) for key in keys),
        *(_end(each) for each in passwords),
    ]


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
