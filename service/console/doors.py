"""What stands before every page: where a form comes from, who is signed in, what went wrong."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from domain.errors import JisrError, Refused, Unavailable
from service.console.origin import is_from_here
from service.console.visit import Signed, Visit, signed, visit_of
from service.problems.problem import Rejected, text_of
from service.problems.table import status_of
from service.words.language import Language
from service.words.store import words

UNPROCESSABLE = 422
"""Of what was asked itself, which says nothing of what is there."""

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
        try:
            return await page(found)
        except JisrError as error:
            return failed(found, error)

    return open_to_all(asked)


async def ask_to_sign_in(visit: Visit) -> Response:
    """The sign-in page. What was sent meanwhile it keeps, to go on with."""
    sent = visit.request.method == "POST"
    kept = (await visit.request.body()).decode(errors="replace") if sent else ""
    return visit.page("sign_in.html", failed="", back=visit.here, kept=kept)


def _may_be_answered(request: Request) -> bool:
    return request.method in {"GET", "HEAD"} or is_from_here(request)


def failed(visit: Visit, error: JisrError) -> Response:
    """A page that says what happened, without saying what another centre has."""
    message, status = _said(error, visit.language)
    return visit.page("message.html", status=status, message=message, way_on=visit.here != "/")


def _said(error: JisrError, language: Language) -> tuple[str, int]:
    page = words(language).page
    if isinstance(error, Unavailable):
        return page["unavailable"], 503
    status = status_of(error.code)
    if isinstance(error, Rejected) or status == UNPROCESSABLE:
        return text_of(error.code, error.params, language)[1], status
    if isinstance(error, Refused):
        return page["not_here"], 404
    return page["unexpected"], 500
