"""The endpoint of one step: documented by its signature, answered by hand.

FastAPI describes the endpoint and routes to it. The way of a request is written out here,
because it is the busiest one: the key, the body, the step, and the stored answer as it is.
"""

import inspect
import json
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Annotated, Any
from uuid import UUID

from fastapi import Body, Header, Path, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.responses import Response

from domain.commands import step_name
from domain.errors import JisrError
from domain.message import Step, name_of
from service.access.table import require
from service.api.admitting import admitted
from service.api.edge.bodies import body_within
from service.api.edge.forwarded import prefix_of
from service.api.edge.limits import STEP_BODY
from service.api.parsing import (
    DEVICE,
    JSON,
    body_as,
    expected_version,
    idempotency_key,
    require_acceptable,
    require_json,
    require_no_parameters,
    said_device,
)
from service.api.problems import problem_response
from service.api.steps.answers import StepAnswer
from service.application import Application, Ask, Taken
from service.identity.sign_ins.devices import DEVICES, mark_of_device
from service.problems.problem import Rejected

REPEATED = "Idempotent-Replayed"
"""The header that tells a repetition from the first time; the body does not."""

Take = Callable[[Request, Ask, BaseModel], Awaitable[Taken]]


async def take(request: Request, ask: Ask, _body: BaseModel) -> Taken:
    """Take the step as it was read from the body."""
    application: Application = request.app.state.application
    return await application.take(ask)


@dataclass(frozen=True)
class StepOperation:
    """How one step looks over HTTP."""

    step: type[Step]
    path: str
    tag: str
    body: type[BaseModel]
    example: dict[str, Any]
    parameter: str | None = None
    """The path's parameter that names what the step is taken on."""
    status: int = 200
    location: str | None = None
    """Where what it makes can be read; `name`, `stored` and `body` fill it in."""
    answer: type[BaseModel] = StepAnswer
    take: Take = field(default=take)
    limit: int = STEP_BODY
    """Bytes that its body may have."""

    @property
    def name(self) -> str:
        return step_name(self.step)


class StepRoute(APIRoute):
    """A route whose endpoint is an `endpoint_of` some operation."""

    @property
    def operation(self) -> StepOperation:
        found: StepOperation = self.endpoint.operation  # type: ignore[attr-defined]  # set by endpoint_of
        return found

    async def answer(self, request: Request) -> Response:
        """Take the step; what it came to, or the problem that says why not."""
        try:
            return await _answer(request, self.operation)
        except JisrError as error:
            return problem_response(error, request.scope)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        return self.answer


async def _answer(request: Request, operation: StepOperation) -> Response:
    headers = request.headers
    actor = await admitted(request)
    require(actor, operation.name)
    require_acceptable(headers)
    require_no_parameters(request.scope["query_string"])
    key = idempotency_key(headers.get("idempotency-key"))
    version = expected_version(headers.get("if-match"))
    name = _name(request, operation)
    require_json(headers.get("content-type"), headers.get("content-encoding"))
    body = body_as(operation.body, await body_within(request, operation.limit))
    device = said_device(headers.get(DEVICE))
    ask = Ask(
        actor=actor,
        step=body,  # type: ignore[arg-type]  # not a step only where the operation's own take makes one
        key=key,
        name=name,
        expected_version=version,
        request=request.state.request_id,
        device=_mark(request, device) if device else None,
    )
    taken = await operation.take(request, ask, body)
    return _response(taken, operation, body, prefix_of(request.scope))


def _mark(request: Request, device: str) -> str:
    """The number itself is kept nowhere."""
    application: Application = request.app.state.application
    return mark_of_device(application.derived(DEVICES), device)


def _name(request: Request, operation: StepOperation) -> UUID | None:
    if operation.parameter is None:
        return None
    try:
        return UUID(request.path_params[operation.parameter])
    except ValueError:
        raise Rejected("not_found") from None


def _response(taken: Taken, operation: StepOperation, body: BaseModel, prefix: str) -> Response:
    stored = json.loads(taken.answer)
    headers = {"ETag": f'"{stored["version"]}"'}
    if taken.repeated:
        headers[REPEATED] = "true"
    if operation.location is not None:
        headers["Location"] = prefix + operation.location.format(
            name=name_of(stored["stream"]), stored=stored, body=body
        )
    return Response(taken.answer.encode(), operation.status, headers, JSON)


def endpoint_of(operation: StepOperation) -> Callable[..., Any]:
    """A function whose signature says what the operation takes; its route never calls it."""

    def endpoint() -> None:
        """See `StepRoute`."""

    parameters = [
        _parameter("body", operation.body, Body(openapi_examples=_examples(operation))),
        _parameter(
            "idempotency_key",
            str,
            Header(
                alias="Idempotency-Key",
                description="A new UUID for each step; the same one to repeat it safely.",
                min_length=1,
                max_length=255,
                pattern=r"^[\x21-\x7e]+$",
                examples=["018f6a4e-5b0c-7c3e-9a57-3c1c1f0c8a07"],
            ),
        ),
        _parameter(
            "if_match",
            str,
            Header(
                alias="If-Match",
                description="The ETag you saw: the step is refused when things changed since.",
                pattern=r'^("[0-9]{1,9}"|\*)$',
            ),
            default=None,
        ),
    ]
    if operation.parameter is not None:
        parameters.append(_parameter(operation.parameter, UUID, Path()))
    endpoint.__name__ = operation.name.replace("-", "_")
    endpoint.__doc__ = operation.step.__doc__
    endpoint.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what FastAPI reads
    endpoint.operation = operation  # type: ignore[attr-defined]  # for StepRoute
    return endpoint


def _parameter(
    name: str, kind: Any, described: Any, default: Any = inspect.Parameter.empty
) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[kind if default is not None else kind | None, described],
    )


def _examples(operation: StepOperation) -> dict[str, Any]:
    return {operation.name: {"summary": "As in the example case", "value": operation.example}}
