"""My account: one's password, its second factor and recovery sheet; where one is signed in."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from starlette.responses import Response

from domain.errors import Refused
from domain.message import Role
from domain.staff.passwords import Password
from domain.values.looking import ReadingPurpose
from service.console.doors import why_form
from service.console.pages.calendar_link import MAKE
from service.console.pages.drawing import qr_of
from service.console.pages.noted import lead_to, said_at
from service.console.pages.signing_in import keep_language, led_back, too_many
from service.console.visit import Signed, Visit
from service.identity.passwords.checking import require_present
from service.identity.passwords.codes import address_of, grouped
from service.identity.passwords.refusals import NotSignedIn, TooManyTries, Unsuitable
from service.identity.passwords.setting import (
    change_factor,
    change_password,
    new_sheet,
    shown_again,
)
from service.identity.passwords.tickets import SHEET, Ticket, opened, sealed
from service.problems.problem import Rejected
from service.queries.own_reach import own_reach
from service.words.language import Language
from service.words.store import words

PATH = "/account"
CHANGED, TOO_LATE = "password_changed", "took_too_long"


async def account_page(visit: Signed) -> Response:
    """Also what came of what was sent: why not, the new telephone to set up, or the new sheet."""
    if visit.request.query_params.get("done") == CHANGED:
        return await _shown(visit, done=CHANGED)
    return await _told(visit, await said_at(visit))


async def send_password(visit: Signed) -> Response:
    """Change it, and end all other sessions."""
    form, own = await visit.form(), await _own(visit)
    try:
        await require_present(visit.passwords, own, form.get("present", ""))
        label = (await visit.application.staff()).staff[own.staff_id].label
        known = (own.name, label)
        await change_password(
            visit.passwords, visit.actor, form.get("new", ""), _once(form), *known
        )
    except Unsuitable as error:
        return await _lead(visit, failed=error.why, at="new")
    except (NotSignedIn, TooManyTries) as error:
        return await _not_theirs(visit, error, "password")
    await _end_others(visit)
    return visit.redirect(f"{PATH}?done={CHANGED}")


async def send_factor(visit: Signed) -> Response:
    """Begin with the present password; then the code of the new telephone, sealed in between."""
    form, own = await visit.form(), await _own(visit)
    if "ticket" not in form:
        try:
            await require_present(visit.passwords, own, form.get("present", ""))
        except (NotSignedIn, TooManyTries) as error:
            return await _not_theirs(visit, error, "factor")
        ticket = Ticket(credential=own.credential_id, made_at=visit.passwords.now)
        return await _lead(visit, ticket=sealed(ticket, visit.passwords.secret))
    if other := _in_another_language(visit, form):
        return _spoken(other, await _lead(other, ticket=form["ticket"]))
    kept = opened(form["ticket"], visit.passwords.secret, visit.passwords.now)
    if kept is None:
        return await _lead(visit, failed=TOO_LATE, at="factor")
    try:
        await change_factor(visit.passwords, visit.actor, kept, form.get("factor", ""))
    except NotSignedIn:
        return await _lead(visit, ticket=form["ticket"], failed="code_wrong")
    await _end_others(visit)
    return await _lead(visit, sheet=sealed(kept, visit.passwords.secret, SHEET))


async def send_sheet(visit: Signed) -> Response:
    """A new one; or the one that was just shown, in another language."""
    form, own = await visit.form(), await _own(visit)
    if other := _in_another_language(visit, form):
        return _spoken(other, await _lead(other, sheet=form.get("shown", "")))
    try:
        await require_present(visit.passwords, own, form.get("present", ""))
    except (NotSignedIn, TooManyTries) as error:
        return await _not_theirs(visit, error, "sheet")
    made = Ticket(id=_once(form), credential=own.credential_id, made_at=visit.passwords.now)
    await new_sheet(visit.passwords, visit.actor, made.id)
    return await _lead(visit, sheet=sealed(made, visit.passwords.secret, SHEET))


async def send_sessions(visit: Signed) -> Response:
    """End the one named, of one's own; else all others."""
    form = await visit.form()
    if only := form.get("session"):
        await asyncio.to_thread(visit.sign_ins.end_of, visit.actor.id, only=only)
    else:
        await _end_others(visit)
    return visit.redirect(PATH)


async def send_purpose(visit: Signed) -> Response:
    """Why they read from now on, in this sign-in; each reading is written down with it."""
    form = await visit.form()
    said, back, kept = form.get("purpose", ""), form.get("back", PATH), form.get("kept", "")
    if other := _in_another_language(visit, form):
        return _spoken(other, why_form(other, back, kept))
    if said not in set(ReadingPurpose):
        raise Refused("purpose_unknown")
    await asyncio.to_thread(visit.sign_ins.say, visit.sign_in, ReadingPurpose(said))
    return await led_back(visit, visit.actor, back, kept)


async def _own(visit: Signed) -> Password:
    """The password they came with; raises `Refused` for who came with a key."""
    staff = await visit.application.staff()
    own = staff.passwords.get(visit.sign_in.credential)
    if own is None:
        raise Refused("own_password_needed")
    return own


def _once(form: dict[str, str]) -> UUID:
    """The form's own number: pressed twice, it is changed once."""
    try:
        return UUID(form.get("once", ""))
    except ValueError:
        raise Rejected("page_not_found") from None


async def _end_others(visit: Signed) -> None:
    await asyncio.to_thread(visit.sign_ins.end_of, visit.actor.id, but=visit.sign_in.id)


async def _lead(visit: Signed, **said: object) -> Response:
    """To where it is told: no secret stands in the address, and no reload sends a password again."""
    return await lead_to(visit, PATH, said, _told)


async def _told(visit: Signed, said: Mapping[str, Any]) -> Response:
    if "ticket" in said:
        return await _telephone(visit, said["ticket"], said.get("failed", ""))
    if "sheet" in said:
        return await _sheet(visit, said["sheet"])
    failed, seconds = said.get("failed", ""), said.get("seconds", 0)
    if not failed and not seconds:
        return await _shown(visit)
    if not seconds:
        status = HTTPStatus.CONFLICT if failed == TOO_LATE else HTTPStatus.UNPROCESSABLE_ENTITY
        return await _shown(visit, words(visit.language).page[failed], said["at"], status)
    why = too_many(TooManyTries(seconds), visit.language)
    response = await _shown(visit, why, said["at"], HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(seconds)
    return response


async def _telephone(visit: Signed, sealed_: str, failed: str) -> Response:
    own = await _own(visit)
    ticket = opened(sealed_, visit.passwords.secret, visit.passwords.now)
    if ticket is None:
        return await _told(visit, {"failed": TOO_LATE, "at": "factor"})
    name = own.name or ""
    return visit.page(
        "new_factor.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if failed else HTTPStatus.OK,
        failed=words(visit.language).page[failed] if failed else "",
        name=name,
        secret=ticket.secret,
        ticket=sealed_,
        qr=qr_of(address_of(ticket.secret, name, visit.passwords.house.issuer)),
        house=visit.passwords.house,
    )


async def _sheet(visit: Signed, shown: str) -> Response:
    own = await _own(visit)
    made = opened(shown, visit.passwords.secret, visit.passwords.now, SHEET)
    codes = shown_again(visit.passwords, own, made) if made else None
    if made is None or codes is None:
        return await _told(visit, {"failed": TOO_LATE, "at": "sheet"})
    return recovery_sheet(visit, own.name, codes, made)


def recovery_sheet(
    visit: Visit, name: str | None, codes: tuple[str, ...], made: Ticket
) -> Response:
    """Shown this once; `made`: of what it came, by which it can be shown in another language."""
    return visit.page(
        "recovery.html",
        name=name or "",
        codes=[*map(grouped, codes)],
        house=visit.passwords.house,
        shown=sealed(made, visit.passwords.secret, SHEET),
    )


def _in_another_language(visit: Signed, form: dict[str, str]) -> Signed | None:
    """The visit in the language that was chosen on a page that shows a secret, where one was."""
    spoken = form.get("in_language")
    return replace(visit, language=Language(spoken)) if spoken in set(Language) else None


def _spoken(visit: Signed, response: Response) -> Response:
    keep_language(visit, response, visit.language)
    return response


async def _not_theirs(visit: Signed, error: NotSignedIn | TooManyTries, at: str) -> Response:
    if isinstance(error, TooManyTries):
        return await _lead(visit, seconds=error.seconds, at=at)
    return await _lead(visit, failed="present_wrong", at=at)


async def _shown(
    visit: Signed,
    failed: str = "",
    failed_at: str = "",
    status: int = HTTPStatus.OK,
    *,
    done: str = "",
) -> Response:
    staff, now = await visit.application.staff(), datetime.now(UTC)
    own = staff.passwords.get(visit.sign_in.credential)
    key = staff.keys.get(visit.sign_in.credential)
    theirs = (each for each in staff.passwords.values() if each.staff_id == visit.actor.id)
    store = visit.passwords.store
    return visit.page(
        "my_account.html",
        status=status,
        failed=failed,
        failed_at=failed_at,
        done=done,
        password=own,
        reach=own_reach(staff, visit.actor),
        has_calendar=MAKE in visit.steps,
        calendar=staff.calendar_links.get(visit.actor.id),
        key_until=key.expires_on if key else None,
        has_password=any(each.opens(visit.today) for each in theirs),
        may_invite=visit.actor.role is Role.ADMINISTRATOR,
        left=await visit.passwords.kept(store.recovery_left, own.recovery_sheet) if own else 0,
        sessions=await asyncio.to_thread(visit.sign_ins.sessions_of, visit.actor.id, now),
        once=uuid4(),
    )
