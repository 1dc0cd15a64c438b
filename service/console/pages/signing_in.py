"""Sign in, sign out, and the language."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.responses import Response

from domain.message import Actor
from domain.values.looking import ReadingPurpose
from service.api.admitting import holder_of
from service.console.browsers import browser_of
from service.console.doors import ask_to_sign_in, sign_in_form
from service.console.pages.kept import go_on_later
from service.console.visit import A_YEAR, LANGUAGE_COOKIE, Visit, signed
from service.identity.passwords.checking import sign_in as by_password
from service.identity.passwords.checking import spelled
from service.identity.passwords.devices import counted_as, device_of
from service.identity.passwords.refusals import NotSignedIn, TooManyTries
from service.identity.sign_ins.devices import DEVICES, mark_of_device, shared_number
from service.identity.sign_ins.store import LONGEST
from service.problems.problem import Rejected, text_of
from service.problems.table import status_of
from service.words import writing
from service.words.language import Language
from service.words.store import words

BY_KEY, BY_NAME = "key", "name"
"""The ways in."""


async def sign_in_page(visit: Visit) -> Response:
    return await ask_to_sign_in(visit) if await signed(visit) is None else visit.redirect("/")


async def sign_in(visit: Visit) -> Response:
    """Trade a key, or a name with its password and code, for a sign-in of its own, never one that
    was there before.
    """
    form = await visit.form()
    back, kept = form.get("back", ""), form.get("kept", "")
    if form.get("in_language") in set(Language):
        other = Visit(visit.request, Language(form["in_language"]))
        again = await sign_in_form(
            other, back, kept, name=form.get("name", ""), purpose=form.get("purpose", "")
        )
        keep_language(visit, again, form["in_language"])
        return again
    way = BY_KEY if form.get("key", "").strip() else BY_NAME
    try:
        actor = await _came(visit, way, form)
    except Rejected as error:
        seconds = int(str(error.params.get("seconds", 0)))
        why = _of_key(error, visit.language)
        return await _not_signed_in(visit, form, way, why, status_of(error.code), seconds)
    except NotSignedIn:
        why = words(visit.language).page["password_failed"]
        return await _not_signed_in(visit, form, way, why, HTTPStatus.UNAUTHORIZED)
    except TooManyTries as error:
        why = too_many(error, visit.language)
        status = HTTPStatus.TOO_MANY_REQUESTS
        return await _not_signed_in(visit, form, way, why, status, error.seconds)
    response = await led_back(visit, actor, back, kept)
    await begin(visit, response, actor, form.get("purpose", ""))
    if way == BY_NAME:
        know_again(visit, response, form.get("name", ""))
    return response


async def led_back(visit: Visit, actor: Actor, back: str, kept: str) -> Response:
    """To where they were going; with what they had sent there, to be sent on."""
    where, fields = local(back), parse_qsl(kept)
    if not kept or where == "/":
        return visit.redirect(where)
    on = await go_on_later(visit.sign_ins.drafts, actor.id, where, dict(fields))
    return visit.redirect(on) if on else visit.page("kept.html", where=where, fields=fields)


async def _came(visit: Visit, way: str, form: Mapping[str, str]) -> Actor:
    """Who signs in; raises `Rejected`, `NotSignedIn` and `TooManyTries`."""
    if way == BY_KEY:
        return await holder_of(visit.request, form["key"].strip())
    name, device = form.get("name", ""), visit.request.cookies.get(visit.device_cookie, "")
    strangers, address = visit.request.app.state.strangers, visit.address
    known = counted_as(visit.passwords.secret, spelled(name), device) != spelled(name)
    if not known and (wait := strangers.wait(address)):
        raise TooManyTries(wait)
    try:
        theirs = await by_password(
            visit.passwords, name, form.get("password", ""), form.get("code", ""), device
        )
    except NotSignedIn:
        strangers.failed(address)
        raise
    return (await visit.application.staff()).holder(theirs)


async def begin(visit: Visit, response: Response, actor: Actor, purpose: str = "") -> None:
    """Sign somebody in by a new cookie; whoever was signed in here before is not any more.

    `purpose`: why they will read, as they said; who said none is asked before the first page.
    """
    await _end(visit)
    browser = browser_of(visit.request.headers.get("user-agent", ""))
    said = ReadingPurpose(purpose) if purpose in set(ReadingPurpose) else None
    number = shared_number(visit.request.cookies.get(visit.shared_cookie, ""))
    device, now = mark_of_device(visit.application.derived(DEVICES), number), datetime.now(UTC)
    token = await asyncio.to_thread(visit.sign_ins.begin, actor, browser, now, device, said)
    visit.keep_cookie(response, visit.cookie, token, int(LONGEST.total_seconds()))
    visit.keep_cookie(response, visit.shared_cookie, number, A_YEAR)


def know_again(visit: Visit, response: Response, name: str) -> None:
    """Have wrong tries made elsewhere not shut this browser out."""
    device = device_of(visit.passwords.secret, spelled(name))
    visit.keep_cookie(response, visit.device_cookie, device, A_YEAR)


def too_many(error: TooManyTries, language: Language) -> str:
    return writing.counted(words(language).count["too_many_tries"], error.seconds, language)


def _of_key(error: Rejected, language: Language) -> str:
    if status_of(error.code) == HTTPStatus.TOO_MANY_REQUESTS:
        return text_of(error.code, error.params, language)[1]
    return words(language).page["sign_in_failed"]


async def _not_signed_in(
    visit: Visit, form: Mapping[str, str], way: str, why: str, status: int, seconds: int = 0
) -> Response:
    """The form again, with why; what was typed for a name stays, what is secret does not."""
    response = await sign_in_form(
        visit,
        form.get("back", ""),
        form.get("kept", ""),
        name=form.get("name", ""),
        purpose=form.get("purpose", ""),
        failed=why,
        by_key=way == BY_KEY,
        status=status,
    )
    if seconds:
        response.headers["Retry-After"] = str(seconds)
    return response


async def sign_out(visit: Visit) -> Response:
    await _end(visit)
    response = visit.redirect("/")
    response.delete_cookie(
        visit.cookie,
        path=visit.cookie_path,
        secure=visit.by_tls,
        httponly=True,
        samesite="strict",
    )
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


async def _end(visit: Visit) -> None:
    found = await signed(visit)
    if found is not None:
        await asyncio.to_thread(visit.sign_ins.end, found.sign_in)


async def choose_language(visit: Visit) -> Response:
    """Remember the language, and go back to the page it was chosen on, filters and all."""
    form = await visit.form()
    response = visit.redirect(local(form.get("back", "")))
    keep_language(visit, response, form.get("language", ""))
    return response


def keep_language(visit: Visit, response: Response, language: str) -> None:
    if language in set(Language):
        visit.keep_cookie(response, LANGUAGE_COOKIE, language, A_YEAR)


def local(back: str) -> str:
    """The address, where it is one of this console; else the first page."""
    ours = back.startswith("/") and not back.startswith(("//", "/\\", "/console/"))
    return back if ours and back.isprintable() else "/"
