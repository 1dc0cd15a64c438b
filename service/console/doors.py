"""What stands before every page: where a form comes from, who is signed in, what went wrong."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from domain.errors import JisrError
from service.access.saying_why import USUAL_PURPOSE, reads_of_people
from service.console.failures import failed
from service.console.origin import is_from_here
from service.console.pages.kept import go_on_later
from service.console.visit import Signed, Visit, signed, visit_of
from service.problems.problem import Rejected

OF_SECRETS = "/account"
"""Where people look after their passwords: what was sent there is kept in no page."""
URLENCODED = "application/x-www-form-urlencoded"
UNSAID = "purpose_missing"
Endpoint = Callable[[Request], Awaitable[Response]]


def open_to_all(page: Callable[[Visit], Awaitable[Response]]) -> Endpoint:
    """A page for whoever comes."""

    async def endpoint(request: Request) -> Response:
        visit = visit_of(request)
        if not _may_be_answered(request):
            return failed(visit, Rejected("sent_from_elsewhere"))
        try:
            return await page(visit)
        except JisrError as error:
            return failed(visit, error)

    return endpoint


def signed_in(page: Callable[[Signed], Awaitable[Response]]) -> Endpoint:
    """A page for whoever is signed in; all others are asked to sign in, and led back to it."""

    async def asked(visit: Visit) -> Response:
        found = await signed(visit)
        if found is None:
            return await ask_to_sign_in(visit)
        if found.sign_in.purpose is None and reads_of_people(found.actor.role) and not _own(found):
            return await ask_why(found)
        try:
            return await page(found)
        except JisrError as error:
            if error.code == UNSAID:
                return await ask_why(found)
            return failed(found, error)

    return open_to_all(asked)


async def ask_to_sign_in(visit: Visit) -> Response:
    """The sign-in page. What was sent meanwhile it keeps, to go on with; nothing that is secret."""
    if _own(visit):
        return await sign_in_form(visit, OF_SECRETS, "")
    kept = await _sent(visit)
    if kept and (author := await _whose_it_was(visit)) is not None:
        fields = dict(parse_qsl(kept))
        if where := await go_on_later(visit.sign_ins.drafts, author, visit.here, fields):
            return visit.redirect(where)
    return await sign_in_form(visit, visit.here, kept)


async def ask_why(visit: Signed) -> Response:
    """For what they will read of people, before the first of them is shown: asked once a sign-in.

    What is usual for their role is proposed, and is said by them. It stands at every address until
    then; what was sent meanwhile it keeps, to go on with.
    """
    return why_form(visit, visit.here, await _sent(visit))


def why_form(visit: Signed, back: str, kept: str) -> Response:
    """The page, with where it leads."""
    usual = USUAL_PURPOSE[visit.actor.role]
    return visit.page("reading_why.html", back=back, kept=kept, usual=usual)


def _own(visit: Visit) -> bool:
    return visit.here.startswith(OF_SECRETS)


async def _sent(visit: Visit) -> str:
    """The fields of a form that came; nothing of what else did: a file is sent again."""
    form = visit.request.headers.get("content-type", "").startswith(URLENCODED)
    sent = visit.request.method == "POST" and form
    return (await visit.request.body()).decode(errors="replace") if sent else ""


async def _whose_it_was(visit: Visit) -> UUID | None:
    """Who was signed in here until it ended by itself, as long as that is known."""
    token = visit.request.cookies.get(visit.cookie)
    return await asyncio.to_thread(visit.sign_ins.holder_of, token) if token else None


async def sign_in_form(
    visit: Visit,
    back: str,
    kept: str,
    *,
    name: str = "",
    purpose: str = "",
    failed: str = "",
    by_key: bool = False,
    status: int = 200,
) -> Response:
    """The page, with where it leads; where nobody has a password yet it asks for a key first."""
    staff = await visit.application.staff()
    any_password = any(each.is_set for each in staff.passwords.values())
    return visit.page(
        "sign_in.html",
        status=status,
        failed=failed,
        back=back,
        kept=kept,
        name=name,
        purpose=purpose,
        by_key=by_key or not any_password,
        house=visit.passwords.house,
    )


def _may_be_answered(request: Request) -> bool:
    return request.method in {"GET", "HEAD"} or is_from_here(request)
