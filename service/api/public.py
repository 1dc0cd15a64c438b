"""What is asked without an access key: health, metrics, and what the problems mean."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Request
from starlette.responses import Response

from domain.errors import NotAllowed
from domain.message import Message, Role
from domain.steps.warning import WarningCode
from service.api.admitting import admitted
from service.api.edge.forwarded import prefix_of
from service.api.metrics import MEDIA_TYPE, Metrics
from service.api.parsing import JSON, require_acceptable, require_no_parameters
from service.api.problems import language_of
from service.application import Application
from service.problems.problem import Rejected, text_of, text_of_warning
from service.problems.table import STATUS
from workflows.server.loopback import is_loopback

TAG = "operation"


class Health(Message):
    status: str


class ProblemPage(Message):
    """What a problem's code means."""

    type: str
    code: str
    status: int
    title: str
    detail: str
    """Where "…" stands, an answer names the number, date or code."""


class ProblemList(Message):
    problems: tuple[ProblemPage, ...]


class WarningPage(Message):
    """What a warning's code means: what a step that passed is told of besides."""

    code: str
    title: str
    detail: str
    """Where "…" stands, an answer names the number."""


class WarningList(Message):
    warnings: tuple[WarningPage, ...]


async def health() -> Health:
    """Whether this process runs."""
    return Health(status="running")


async def readiness(request: Request) -> Health:
    """Whether steps can be taken here, and what is missing where they cannot.

    The ledger can be written, the views answer, the process engine has a worker, and no finished
    upgrade left this process behind. A balancer sends nothing to an API that answers 503 here. One that was left behind goes on
    answering questions to whoever asks it, and `/healthz` says that it runs: it is not started again.
    """
    application: Application = request.app.state.application
    await application.require_ready()
    return Health(status="ready")


async def metrics(request: Request) -> Response:
    """Numbers to watch, in Prometheus's text format; from this machine, or as administrator."""
    client = request.client.host if request.client else ""
    forwarded = "forwarded" in request.headers or "x-forwarded-for" in request.headers
    # A page from elsewhere whose name was made to point here asks by that name, from here; so
    # does a proxy that does not say for whom it asks.
    named = is_loopback(request.url.hostname or "")
    if forwarded or not named or not is_loopback(client):
        await _require_administrator(request)
    application: Application = request.app.state.application
    counted: Metrics = request.app.state.metrics
    return Response(counted.exposition(await application.lag()), media_type=MEDIA_TYPE)


async def _require_administrator(request: Request) -> None:
    actor = await admitted(request)
    if actor.role is not Role.ADMINISTRATOR:
        raise NotAllowed(role=str(actor.role))


def _page(request: Request, code: str) -> ProblemPage:
    title, detail = text_of(code, {}, language_of(request.scope))
    return ProblemPage(
        type=f"{prefix_of(request.scope)}/problems/{code}",
        code=code,
        status=STATUS[code],
        title=title,
        detail=detail,
    )


async def list_problems(request: Request) -> ProblemList:
    """Every problem there is, in the language asked for."""
    return ProblemList(problems=tuple(_page(request, code) for code in sorted(STATUS)))


async def problem(
    request: Request, code: Annotated[str, Path(examples=["stale_version"])]
) -> ProblemPage:
    """What a problem means: the page its `type` leads to."""
    if code not in STATUS:
        raise Rejected("page_not_found")
    return _page(request, code)


async def list_warnings(request: Request) -> WarningList:
    """Every warning that an answer may have, in the language asked for."""
    language = language_of(request.scope)
    told = ((code, text_of_warning(code, {}, language)) for code in sorted(WarningCode))
    return WarningList(
        warnings=tuple(
            WarningPage(code=code, title=title, detail=detail) for code, (title, detail) in told
        )
    )


def _offering(kind: str) -> Any:
    """A dependency that refuses somebody who reads nothing of the kind, or asks for more."""

    def check(request: Request) -> None:
        require_acceptable(request.headers, kind)
        require_no_parameters(request.scope["query_string"])

    return Depends(check)


def add_public_routes(app: FastAPI) -> None:
    def add(
        path: str, name: str, endpoint: Callable[..., Any], kind: str = JSON, **described: Any
    ) -> None:
        offering = [_offering(kind)]
        app.get(path, operation_id=name, tags=[TAG], dependencies=offering, **described)(endpoint)

    add("/healthz", "get-health", health)
    add("/readyz", "get-readiness", readiness)
    text = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}
    add("/metrics", "get-metrics", metrics, "text/plain", response_class=Response, responses=text)
    add("/problems", "list-problems", list_problems)
    add("/problems/{code}", "get-problem", problem)
    add("/warnings", "list-warnings", list_warnings)
