"""What all queries share: who asks, and their answer as HTTP has it."""

from collections.abc import Callable
from typing import Annotated, Any, Protocol
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from pydantic import BaseModel
from starlette.responses import Response

from service.access.reader import Reader
from service.api.answers import QUERY_PROBLEMS
from service.api.parsing import bearer_key, require_acceptable
from service.api.problems import language_of
from service.application import Application
from service.problems.problem import Rejected

NOT_KEPT = {"Cache-Control": "no-store"}


class Versioned(Protocol):
    """An answer about one thing."""

    @property
    def version(self) -> int: ...
    def model_dump_json(self) -> str: ...


class Asking:
    """Somebody with a key, at the application's door."""

    def __init__(self, application: Application, reader: Reader) -> None:
        self._application = application
        self._reader = reader

    async def answer(self, query: Callable[..., BaseModel | str], *asked: object) -> Response:
        """What they may see of it."""
        found = await self._application.ask(self._reader, query, *asked)
        body = found if isinstance(found, str) else found.model_dump_json()
        return Response(body.encode(), 200, NOT_KEPT, "application/json")

    async def thing(self, query: Callable[..., Versioned], name: UUID) -> Response:
        """One thing of that id, with its version as `ETag`."""
        found = await self._application.ask(self._reader, query, name)
        headers = {**NOT_KEPT, "ETag": f'"{found.version}"'}
        return Response(found.model_dump_json().encode(), 200, headers, "application/json")

    async def caught_up(self, position: int) -> None:
        """Wait until the views show `position`; raises when they do not in time."""
        await self._application.caught_up(position)


async def _asking(request: Request) -> Asking:
    application: Application = request.app.state.application
    actor = await application.actor_with(bearer_key(request.headers.get("authorization")))
    if actor is None:
        raise Rejected("unauthenticated")
    require_acceptable(request.headers.get("accept"))
    return Asking(application, Reader(actor, language_of(request.scope)))


Asker = Annotated[Asking, Depends(_asking)]


def add_query(
    app: FastAPI,
    name: str,
    path: str,
    tag: str,
    endpoint: Callable[..., Any],
    answer: Any,
    method: str = "GET",
) -> None:
    """A query under its name in `service.access.table.QUERIES`; its docstring describes it."""
    summary, _, rest = (endpoint.__doc__ or "").partition("\n")
    app.add_api_route(
        path,
        endpoint,
        methods=[method],
        operation_id=name,
        name=name,
        tags=[tag],
        summary=summary.rstrip("."),
        description=rest.strip() or summary,
        response_model=answer,
        responses=QUERY_PROBLEMS,
    )
