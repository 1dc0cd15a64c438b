"""Sign in, sign out, and the language."""

import asyncio
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import parse_qsl

from starlette.responses import Response

from service.api.admitting import holder_of
from service.console.doors import ask_to_sign_in
from service.console.visit import A_YEAR, LANGUAGE_COOKIE, Visit, signed
from service.identity.access_keys import digest_of
from service.identity.sign_ins.store import LONGEST
from service.problems.problem import Rejected, text_of
from service.problems.table import status_of
from service.words.language import Language
from service.words.store import words


async def sign_in_page(visit: Visit) -> Response:
    return await ask_to_sign_in(visit) if await signed(visit) is None else visit.redirect("/")


async def sign_in(visit: Visit) -> Response:
    """Trade a key for a sign-in of its own, never one that was there before."""
    form = await visit.form()
    key, back, kept = (form.get(name, "").strip() for name in ("key", "back", "kept"))
    if form.get("language") in set(Language):
        return _in_another_language(visit, form["language"], back, kept)
    try:
        await holder_of(visit.request, key)
    except Rejected as error:
        return _not_signed_in(visit, error, back, kept)
    await _end(visit)
    token = await asyncio.to_thread(visit.sign_ins.begin, digest_of(key), datetime.now(UTC))
    where = local(back)
    response: Response = visit.redirect(where)
    if kept and where != "/":
        response = visit.page("kept.html", where=where, fields=parse_qsl(kept))
    visit.keep_cookie(response, visit.cookie, token, int(LONGEST.total_seconds()))
    return response


def _in_another_language(visit: Visit, language: str, back: str, kept: str) -> Response:
    """The form again, with where it leads and what was typed before the session ended."""
    other = Visit(visit.request, Language(language))
    response = other.page("sign_in.html", failed="", back=back, kept=kept)
    keep_language(visit, response, language)
    return response


def _not_signed_in(visit: Visit, error: Rejected, back: str, kept: str) -> Response:
    """The form again, with why: the key opens nothing, or too many did not."""
    status, why = status_of(error.code), words(visit.language).page["sign_in_failed"]
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        why = text_of(error.code, error.params, visit.language)[1]
    response = visit.page("sign_in.html", status=status, failed=why, back=back, kept=kept)
    if "seconds" in error.params:
        response.headers["Retry-After"] = str(error.params["seconds"])
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
