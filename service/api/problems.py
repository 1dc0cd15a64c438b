"""Problems as HTTP answers, and the pages that explain them."""

from collections.abc import Iterable, Mapping, MutableMapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from domain.errors import JisrError
from service.problems.problem import MEDIA_TYPE, FieldError, Rejected, body_of, problem_of
from service.words.language import Language, preferred

RETRY_AFTER = "2"
"""Seconds."""
LONGEST_ACCEPT_LANGUAGE = 100
HTTP_CODES: Mapping[int, str] = {
    404: "page_not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    413: "body_too_large",
    415: "media_type_unsupported",
}
"""What the web framework raises by itself, as codes; anything else is `request_malformed`."""


def language_of(scope: MutableMapping[str, Any]) -> Language:
    for name, value in scope["headers"]:
        if name == b"accept-language":
            return preferred(value[:LONGEST_ACCEPT_LANGUAGE].decode("latin-1"))
    return Language.ENGLISH


def problem_response(error: JisrError, scope: MutableMapping[str, Any]) -> Response:
    """The answer to a request that failed with `error`."""
    language = language_of(scope)
    problem = problem_of(error, language)
    headers = {"Content-Language": str(language), "Vary": "Accept-Language"}
    if problem.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if problem.status in (503, 504):
        headers["Retry-After"] = RETRY_AFTER
    return Response(body_of(problem), problem.status, headers, MEDIA_TYPE)


def field_errors(error: ValidationError, where: str = "") -> tuple[FieldError, ...]:
    """What pydantic found, without the values it found it in."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return tuple(_field_error(each, where) for each in found)


def _field_error(found: Mapping[str, Any], where: str) -> FieldError:
    pointer = "".join(f"/{part}" for part in found["loc"])
    # A value error's message is our own text; pydantic's messages never quote the input.
    return FieldError(field=where + pointer, code=found["type"], message=found["msg"])


def _of_parameters(found: Iterable[Mapping[str, Any]]) -> Rejected:
    errors = [
        FieldError(
            field="parameter/" + "/".join(str(part) for part in each["loc"][1:]),
            code=each["type"],
            message=each["msg"],
        )
        for each in found
    ]
    return Rejected("validation_failed", errors)


def _methods(request: Request) -> set[str]:
    """The methods that some route takes at this address."""
    return {
        method
        for route in request.app.routes
        if route.matches(request.scope)[0] is not Match.NONE
        for method in getattr(route, "methods", None) or ()
    }


def install_problem_handlers(app: FastAPI) -> None:
    """Have every named error answered as a problem; the edge sees to the others."""

    async def jisr_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, JisrError)  # noqa: S101 - registered for it below
        return problem_response(error, request.scope)

    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - as above
        rejected = Rejected(HTTP_CODES.get(error.status_code, "request_malformed"))
        response = problem_response(rejected, request.scope)
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.headers["Allow"] = ", ".join(sorted(_methods(request)))
        return response

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
        return problem_response(_of_parameters(error.errors()), request.scope)

    app.add_exception_handler(JisrError, jisr_error)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(RequestValidationError, invalid)
