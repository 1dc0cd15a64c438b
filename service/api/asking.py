"""What all queries share: who asks, and their answer as HTTP has it."""

from collections.abc import Callable, Coroutine
from inspect import getdoc
from typing import Annotated, Any, Protocol, TypeVar
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.responses import Response

from domain.message import Actor
from service.access.reader import Reader
from service.api.admitting import admitted
from service.api.edge.bodies import Message, body_within
from service.api.edge.limits import SEARCH_BODY
from service.api.parsing import (
    JSON,
    body_as,
    require_acceptable,
    require_json,
    require_no_parameters,
)
from service.api.problems import language_of
from service.application import Application
from service.exchange.files import Xes
from service.printing.pdf import Pdf
from service.queries.papers_out.sheets import Printout

T = TypeVar("T")

FILES = (Pdf, Xes)
"""Answers that are no JSON."""


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
        return Response(body.encode(), 200, media_type=JSON)

    async def thing(self, query: Callable[..., Versioned], name: UUID, *asked: object) -> Response:
        """One thing of that id, with its version as `ETag`."""
        found = await self._application.ask(self._reader, query, name, *asked)
        headers = {"ETag": f'"{found.version}"'}
        return Response(found.model_dump_json().encode(), 200, headers, JSON)

    async def paper(self, name: str, query: Callable[..., Printout], *asked: object) -> Response:
        """What they may see of it, to print; `name`: the file's, without its ending."""
        return Pdf.of(await self._application.print(self._reader, query, *asked), name)

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return self._reader.actor

    async def found(self, query: Callable[..., T], *asked: object) -> T:
        """What they may see of it, before it is written down."""
        return await self._application.ask(self._reader, query, *asked)

    async def stands(self) -> bool:
        """Whether they still are who they were, with the same key."""
        return await self._application.stands(self.actor)

    async def caught_up(self, position: int) -> None:
        """Wait until the views show `position`; raises when they do not in time."""
        await self._application.caught_up(position)


async def _asking(request: Request) -> Asking:
    return await asking(request, offered_by(request.scope["route"]))


async def asking(request: Request, offered: str) -> Asking:
    """Who asks, and reads an answer of that kind."""
    application: Application = request.app.state.application
    actor = await admitted(request)
    route: APIRoute = request.scope["route"]
    require_acceptable(request.headers, offered)
    if not route.dependant.query_params:  # else its own model refuses what it does not know
        require_no_parameters(request.scope["query_string"])
    return Asking(application, Reader(actor, language_of(request.scope)))


def offered_by(route: APIRoute) -> str:
    """The kind of answer there is at an address."""
    return next((str(each.media_type) for each in FILES if route.response_class is each), JSON)


Asker = Annotated[Asking, Depends(_asking)]


def asked_in(form: type[BaseModel]) -> type[APIRoute]:
    """The kind of route whose question comes in a body: read as strictly as a step's."""

    class Route(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            answer = super().get_route_handler()

            async def strictly(request: Request) -> Response:
                await admitted(request)
                headers = request.headers
                require_json(headers.get("content-type"), headers.get("content-encoding"))
                raw = await body_within(request, SEARCH_BODY)
                body_as(form, raw)

                async def again() -> Message:
                    return {"type": "http.request", "body": raw}

                return await answer(Request(request.scope, again))

            return strictly

    return Route


def add_query(
    app: FastAPI,
    name: str,
    path: str,
    tag: str,
    endpoint: Callable[..., Any],
    answer: Any,
    form: type[BaseModel] | None = None,
) -> None:
    """A query under its name in `service.access.table.QUERIES`; its docstring describes it.

    `form` is what is asked in, where that is a body.
    """
    summary, _, rest = (getdoc(endpoint) or "").partition("\n")
    app.router.add_api_route(
        path,
        endpoint,
        methods=["GET"] if form is None else ["POST"],
        operation_id=name,
        name=name,
        tags=[tag],
        summary=summary.rstrip("."),
        description=rest.strip() or summary,
        response_model=answer,
        route_class_override=APIRoute if form is None else asked_in(form),
    )


def add_paper(app: FastAPI, name: str, path: str, tag: str, endpoint: Callable[..., Any]) -> None:
    """As `add_query`, of what is answered as a PDF."""
    add_file(app, name, path, tag, endpoint, Pdf)


def add_file(
    app: FastAPI,
    name: str,
    path: str,
    tag: str,
    endpoint: Callable[..., Any],
    kind: type[Response],
) -> None:
    """As `add_query`, of what is answered as a file of that kind."""
    summary, _, rest = (getdoc(endpoint) or "").partition("\n")
    app.router.add_api_route(
        path,
        endpoint,
        operation_id=name,
        name=name,
        tags=[tag],
        summary=summary.rstrip("."),
        description=rest.strip() or summary,
        response_model=None,
        response_class=kind,
    )
