"""Problems as HTTP answers, and the pages that explain them."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from http import HTTPStatus
from itertools import islice
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from domain.errors import JisrError
from service.api.edge.forwarded import prefix_of
from service.problems.faults import MOST_NAMED, Faults, fault_of, pointer
from service.problems.problem import MEDIA_TYPE, Rejected, body_of, problem_of
from service.words.language import Language, preferred

Scope = MutableMapping[str, Any]
Answer = Callable[[JisrError, Scope], Response]
"""How whoever asked is told what went wrong: `app.state.answer`, which a mount may have answer
people in its own way."""

RETRY_AFTER = "2"
"""Seconds."""
LONGEST_ACCEPT_LANGUAGE = 100
ANYWHERE, EVERY_METHOD = "*", "GET, HEAD, OPTIONS, POST"
"""`OPTIONS *` asks about the whole server."""
HTTP_CODES: Mapping[int, str] = {
    404: "page_not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "body_too_large",
    415: "media_type_unsupported",
}
"""What the web framework raises by itself, as codes; anything else is `request_malformed`."""


def language_of(scope: Scope) -> Language:
    for name, value in scope["headers"]:
        if name == b"accept-language":
            return preferred(value[:LONGEST_ACCEPT_LANGUAGE].decode("latin-1"))
    return Language.ENGLISH


def problem_response(error: JisrError, scope: Scope) -> Response:
    """The answer to a request that failed with `error`."""
    language = language_of(scope)
    problem = problem_of(error, language, prefix_of(scope))
    headers = {"Content-Language": str(language), "Vary": "Accept-Language"}
    if problem.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    headers |= when_to_come_back(error, problem.status)
    return Response(body_of(problem), problem.status, headers, MEDIA_TYPE)


def when_to_come_back(error: JisrError, status: int) -> dict[str, str]:
    """The header that says so, of an answer that says to come back."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return {"Retry-After": str(error.params["seconds"])}
    return {"Retry-After": RETRY_AFTER} if status in (503, 504) else {}


def _of_parameters(found: Sequence[Mapping[str, Any]]) -> Rejected:
    named = (
        fault_of(each, pointer(each["loc"][1:], "parameter")) for each in islice(found, MOST_NAMED)
    )
    return Rejected("validation_failed", Faults(tuple(named), len(found)))


def _methods(request: Request) -> set[str]:
    """The methods that some route takes at this address; where it can be read, HEAD is one."""
    # As it came in: where something is mounted, the scope has moved below it.
    scope = {**request.scope, "root_path": prefix_of(request.scope)}
    taken = {
        method
        for route in request.app.routes
        if route.matches(scope)[0] is not Match.NONE
        # What is mounted there is read: it names no methods.
        for method in getattr(route, "methods", None) or ("GET",)
    }
    return taken | {"OPTIONS"} | ({"HEAD"} if "GET" in taken else set())


def install_problem_handlers(app: FastAPI) -> None:
    """Have every named error answered as a problem; the edge sees to the others."""
    app.state.answer = problem_response

    async def jisr_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, JisrError)  # noqa: S101 - registered for it below
        response: Response = request.app.state.answer(error, request.scope)
        return response

    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - as above
        if request.method == "OPTIONS" and request.scope["path"] == ANYWHERE:
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": EVERY_METHOD})
        rejected = Rejected(HTTP_CODES.get(error.status_code, "request_malformed"))
        response: Response = request.app.state.answer(rejected, request.scope)
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            if request.method == "OPTIONS":  # no route takes it: the answer is the same for all
                response = Response(status_code=HTTPStatus.NO_CONTENT)
            response.headers["Allow"] = ", ".join(sorted(_methods(request)))
        return response

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
        response: Response = request.app.state.answer(_of_parameters(error.errors()), request.scope)
        return response

    app.add_exception_handler(JisrError, jisr_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, invalid)
