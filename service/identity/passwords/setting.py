"""How a password is invited, set and changed: what is secret is kept first, then the ledger names it.

So there is nothing that the ledger names and that is not kept; what was kept and is not named, as of
the second of two who use one invitation, opens nothing and is forgotten.
"""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from domain.errors import Refused
from domain.message import Actor
from domain.staff.passwords import Password
from domain.staff.steps import AcceptInvitation, ChangePassword, InvitePassword
from service.application import Ask, command_of
from service.identity.directory import STRANGER_SECONDS
from service.identity.passwords.checking import spelled
from service.identity.passwords.codes import (
    digest_of_code,
    invitation_code,
    recovery_codes,
    step_of,
)
from service.identity.passwords.common import require_suitable
from service.identity.passwords.parts import Passwords
from service.identity.passwords.refusals import NotSignedIn
from service.identity.passwords.store import Kind
from service.identity.passwords.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Invited:
    """What a sign-in sheet says."""

    name: str
    code: str
    until: date


async def invite(passwords: Passwords, ask: Ask) -> Invited:
    """Make an invitation; the same ask again is answered the same. `ask.step` says for whom.

    Raises `Refused`.
    """
    draft = ask.step
    assert isinstance(draft, InvitePassword)  # noqa: S101 - whoever calls made it
    code = invitation_code(passwords.secret, command_of(ask).id)
    step = draft.model_copy(update={"digest": digest_of_code(code)})
    await passwords.application.take(replace(ask, step=step))
    staff = await passwords.application.staff()
    made = next(each for each in staff.passwords.values() if each.digest == step.digest)
    return Invited(step.name, code, made.invited_until)


async def invitation(passwords: Passwords, name: str, code: str) -> Password:
    """What whoever comes with the sheet may set; raises `NotSignedIn`.

    A code of 80 bits is not guessed: who comes with the right one never waits for others' wrong ones,
    nor for the directory, which another process may have written to just now.
    """
    staff = await passwords.application.staff(STRANGER_SECONDS)
    found = staff.invitation(digest_of_code(code), passwords.today)
    if found is None or found.name != spelled(name):
        raise NotSignedIn
    return found


async def choose(
    passwords: Passwords, invited: Password, password: str, *known: str | None
) -> Ticket:
    """The password that is about to be set; raises `Unsuitable` and `TooManyTries`."""
    require_suitable(password, invited.name, *known)
    hashed = await passwords.hasher.hash(password)
    return Ticket(
        credential=invited.credential_id,
        made_at=passwords.now,
        hashed=hashed,
        invited_by=invited.digest,
    )


async def accept(passwords: Passwords, ticket: Ticket, code: str) -> tuple[Actor, tuple[str, ...]]:
    """Set it, once the authenticator shows the right code: who they are, and their recovery codes.

    Sent again it is answered the same. Raises `NotSignedIn`, and `Refused` for an invitation that
    somebody used, or that was ended meanwhile.
    """
    staff = await passwords.application.staff()
    invited = staff.passwords.get(ticket.credential)
    if invited is None or ticket.hashed is None or invited.digest != ticket.invited_by:
        raise NotSignedIn
    factor, sheet, codes = await _factor_and_sheet(passwords, ticket, code)
    hashed = uuid5(ticket.id, "password")
    await passwords.kept(passwords.store.keep, hashed, Kind.HASH, ticket.hashed, passwords.now)
    step = AcceptInvitation(
        occurred_on=passwords.today, password=hashed, second_factor=factor, recovery_sheet=sheet
    )
    actor = staff.holder(invited)
    await _record(passwords, Ask(actor, step, f"accept-{ticket.id}"), {hashed, factor, sheet})
    return actor, codes


async def change_password(
    passwords: Passwords, actor: Actor, password: str, once: UUID, *known: str | None
) -> None:
    """Raises `Unsuitable`, `TooManyTries` and `Refused`."""
    require_suitable(password, *known)
    hashed = await passwords.hasher.hash(password)
    name = uuid5(once, "password")
    await passwords.kept(passwords.store.keep, name, Kind.HASH, hashed, passwords.now)
    step = ChangePassword(occurred_on=passwords.today, password=name)
    await _record(passwords, Ask(actor, step, f"password-{once}"), {name})


async def change_factor(
    passwords: Passwords, actor: Actor, ticket: Ticket, code: str
) -> tuple[str, ...]:
    """A second factor anew, and with it a sheet; raises `NotSignedIn` and `Refused`."""
    if ticket.credential != actor.credential:
        raise NotSignedIn
    factor, sheet, codes = await _factor_and_sheet(passwords, ticket, code)
    step = ChangePassword(occurred_on=passwords.today, second_factor=factor, recovery_sheet=sheet)
    await _record(passwords, Ask(actor, step, f"factor-{ticket.id}"), {factor, sheet})
    return codes


async def new_sheet(passwords: Passwords, actor: Actor, once: UUID) -> tuple[str, ...]:
    """A recovery sheet in the place of the one before; raises `Refused`."""
    sheet = uuid5(once, "sheet")
    codes = await _keep_sheet(passwords, sheet)
    step = ChangePassword(occurred_on=passwords.today, recovery_sheet=sheet)
    await _record(passwords, Ask(actor, step, f"sheet-{once}"), {sheet})
    return codes


def shown_again(passwords: Passwords, own: Password, ticket: Ticket) -> tuple[str, ...] | None:
    """The codes of the sheet that came of a ticket; None where it is not the one that holds now."""
    sheet = uuid5(ticket.id, "sheet")
    if ticket.credential != own.credential_id or own.recovery_sheet != sheet:
        return None
    return recovery_codes(passwords.secret, sheet)


async def _factor_and_sheet(
    passwords: Passwords, ticket: Ticket, code: str
) -> tuple[UUID, UUID, tuple[str, ...]]:
    used = step_of(ticket.secret, code, passwords.now)
    if used is None:
        raise NotSignedIn
    factor, sheet = uuid5(ticket.id, "factor"), uuid5(ticket.id, "sheet")
    await passwords.kept(_keep_factor, passwords, factor, ticket.secret, used)
    return factor, sheet, await _keep_sheet(passwords, sheet)


def _keep_factor(passwords: Passwords, factor: UUID, secret: str, used: int) -> None:
    passwords.store.keep(factor, Kind.SECOND_FACTOR, secret, passwords.now, used=used)


async def _keep_sheet(passwords: Passwords, sheet: UUID) -> tuple[str, ...]:
    codes = recovery_codes(passwords.secret, sheet)
    await passwords.kept(passwords.store.keep_sheet, sheet, codes, passwords.now)
    return codes


async def _record(passwords: Passwords, ask: Ask, kept: set[UUID]) -> None:
    """Have the ledger name what was kept; what it refuses to is forgotten at once."""
    try:
        await passwords.application.take(ask)
    except Refused:
        staff = await passwords.application.staff()
        named = {each for password in staff.passwords.values() for each in password.kept}
        await passwords.kept(passwords.store.forget, kept - named)
        raise
    await passwords.forget_unnamed()
