"""What all queries share: who asks, whether they may, and the answer cut to what they may see."""

from collections.abc import Callable
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar

from fastapi import Depends, FastAPI, Request
from pydantic import BaseModel
from starlette.responses import Response

from domain.message import Actor
from service.access.masking import masked
from service.access.table import require
from service.api.answers import QUERY_PROBLEMS
from service.api.parsing import bearer_key, require_acceptable
from service.application import Application
from service.problems.problem import Rejected
from service.queries.sources import Reading

P = ParamSpec("P")
A = TypeVar("A")


class Asking:
    """Somebody who may ask this query, and what it is asked of."""

    def __init__(self, request: Request, actor: Actor) -> None:
        self.request = request
        self.actor = actor
        self._application: Application = request.app.state.application

    async def answer(
        self,
        query: Callable[Concatenate[Reading, P], A],
        *arguments: P.args,
        **options: P.kwargs,
    ) -> A:
        """Run the query in a thread."""
        return await self._application.ask(query, *arguments, **options)

    async def caught_up(self, position: int) -> None:
        """Wait until the views show `position`; raises when they do not in time."""
        await self._application.caught_up(position)

    def reply(self, found: BaseModel, etag: int | None = None) -> Response:
        """The answer, masked for the asker's role."""
        headers = {"Cache-Control": "no-store"}
        if etag is not None:
            headers["ETag"] = f'"{etag}"'
        body = masked(found, self.actor.role).model_dump_json().encode()
        return Response(body, 200, headers, "application/json")


async def _asking(request: Request) -> Asking:
    application: Application = request.app.state.application
    actor = await application.actor_with(bearer_key(request.headers.get("authorization")))
    if actor is None:
        raise Rejected("unauthenticated")
    require(actor, request.scope["route"].operation_id)
    require_acceptable(request.headers.get("accept"))
    return Asking(request, actor)


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
