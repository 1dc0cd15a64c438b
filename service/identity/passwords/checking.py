"""Who comes: a name, a password and a code, all asked for at once and all found wrong in one text.

Every try costs the same, whether the name is anybody's or not: one hash, one comparison of a code.
It is counted before it is looked at. A code is used once: the authenticator's by its step of time,
the recovery sheet's by going. Neither is used up by whoever does not know the password.
"""

from domain.staff.passwords import Password
from service.identity.passwords.codes import DIGITS, new_secret, step_of, tidied
from service.identity.passwords.devices import counted_as
from service.identity.passwords.hashing import NOBODYS
from service.identity.passwords.parts import Passwords
from service.identity.passwords.refusals import NotSignedIn, TooManyTries
from service.identity.passwords.store import Kind

LONGEST_NAME = 40


def spelled(name: str) -> str:
    """A name as it is looked up: however it was typed."""
    return name.strip().casefold()[:LONGEST_NAME]


async def sign_in(
    passwords: Passwords, name: str, password: str, code: str, device: str = ""
) -> Password:
    """Whose it is; raises `NotSignedIn` and `TooManyTries`. `device`: what the browser kept."""
    staff = await passwords.application.staff()
    theirs = staff.password_named(spelled(name), passwords.today)
    counted = counted_as(passwords.secret, spelled(name), device)
    await _require(passwords, counted, theirs, password, code)
    assert theirs is not None  # noqa: S101 - nobody's hash is no password's
    return theirs


async def require_present(
    passwords: Passwords, theirs: Password, password: str, code: str | None = None
) -> None:
    """Ask whoever is signed in for their password, and a code where one is given.

    Raises as `sign_in` does: a page left open is nobody's way to change it.
    """
    await _require(passwords, theirs.name or str(theirs.credential_id), theirs, password, code)


async def _require(
    passwords: Passwords, name: str, theirs: Password | None, password: str, code: str | None
) -> None:
    passwords.hasher.require_room()
    if seconds := await passwords.kept(passwords.store.begin_try, name, passwords.now):
        raise TooManyTries(seconds)
    kept = await passwords.kept(
        passwords.store.read, theirs.password if theirs else None, Kind.HASH
    )
    right = await passwords.hasher.matches(password, kept or NOBODYS)
    if code is not None:
        right = await _used(passwords, theirs, code, may_use=right and theirs is not None)
    if not right or theirs is None:
        raise NotSignedIn
    await passwords.kept(passwords.store.succeeded, name)


async def _used(passwords: Passwords, theirs: Password | None, code: str, *, may_use: bool) -> bool:
    """Whether it is a code of theirs, which is used now where it may be."""
    factor = theirs.second_factor if theirs else None
    secret = await passwords.kept(passwords.store.read, factor, Kind.SECOND_FACTOR)
    step = step_of(secret or new_secret(), code, passwords.now)
    if not may_use:
        return False
    if len(tidied(code)) > DIGITS:
        sheet = theirs.recovery_sheet if theirs else None
        return await passwords.kept(passwords.store.use_recovery, sheet, code)
    if step is None or factor is None or secret is None:
        return False
    return await passwords.kept(passwords.store.use_step, factor, step)
