"""Sending a paper, and having it: in pieces both ways, never whole in memory.

A paper is sent with its own bytes as the body; the step that attaches it names it by the id that
is answered here. What it is, its content says: the `Content-Type` may only agree.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import FastAPI, Header, Path, Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from domain.message import StreamKind
from service.access.reader import Reader
from service.api.admitting import admitted
from service.api.asking import Asker, add_query
from service.api.parsing import (
    JSON,
    idempotency_key,
    require_acceptable,
    require_no_parameters,
)
from service.api.problems import language_of
from service.api.steps.endpoint import REPEATED
from service.application import Application
from service.papers.taking import PaperSent, Sending
from service.queries import papers
from service.queries.papers import PaperFile, PapersAnswer

KINDS: tuple[tuple[StreamKind, str, Any, Any], ...] = (
    (StreamKind.CASE, "cases", papers.list_case_papers, papers.get_case_paper),
    (StreamKind.AGREEMENT, "agreements", papers.list_agreement_papers, papers.get_agreement_paper),
    (StreamKind.ORDER, "orders", papers.list_order_papers, papers.get_order_paper),
    (StreamKind.SESSION, "sessions", papers.list_session_papers, papers.get_session_paper),
    (StreamKind.CEREMONY, "ceremonies", papers.list_ceremony_papers, papers.get_ceremony_paper),
)
PIECE = 64 * 1024
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"
ANY_BYTES = "application/octet-stream"
BINARY = {
    "schema": {"type": "string", "format": "binary"},
    "examples": {"paper": {"summary": "The paper itself", "value": "%PDF-1.7…"}},
}


async def handed_out(
    application: Application, reader: Reader, query: Any, *asked: UUID
) -> Response:
    """The paper itself, to be saved and not shown; it is opened where it was saved."""
    file: PaperFile = await application.ask(reader, query, *asked)
    opened = await run_in_threadpool(application.papers.opened, file.place)

    async def pieces() -> AsyncIterator[bytes]:
        with opened:
            while piece := await run_in_threadpool(opened.read, PIECE):
                yield piece

    headers = {
        "Content-Length": str(file.size),
        "Content-Disposition": f'attachment; filename="{file.name}"',
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "no-store",
    }
    return StreamingResponse(pieces(), 200, headers, file.media_type.value)


async def _sent(request: Request, kind: StreamKind, name: UUID) -> Response:
    actor = await admitted(request)
    require_acceptable(request.headers)
    require_no_parameters(request.scope["query_string"])
    said = (request.headers.get("content-type") or ANY_BYTES).partition(";")[0].strip().lower()
    key = idempotency_key(request.headers.get("idempotency-key"))
    application: Application = request.app.state.application
    sending = Sending(actor, kind, name, key, said)
    paper, repeated = await application.papers.take(sending, request.stream())
    headers = {REPEATED: "true"} if repeated else {}
    return Response(paper.model_dump_json().encode(), 201, headers, JSON)


def _sender(kind: StreamKind, parameter: str) -> Callable[..., Awaitable[Response]]:
    async def send_paper(
        request: Request,
        name: Annotated[UUID, Path(alias=parameter)],
        idempotency_key: Annotated[  # noqa: ARG001 (for the document; read from the head)
            str,
            Header(
                alias="Idempotency-Key",
                description="A new UUID for each paper; the same one to send it again safely.",
                min_length=1,
                max_length=255,
                pattern=r"^[\x21-\x7e]+$",
                examples=["018f6a4e-5b0c-7c3e-9a57-3c1c1f0c8a07"],
            ),
        ],
    ) -> Response:
        return await _sent(request, kind, name)

    return send_paper


def _getter(query: Any, parameter: str) -> Callable[..., Awaitable[Response]]:
    async def get_paper(
        request: Request, name: Annotated[UUID, Path(alias=parameter)], paper_id: UUID
    ) -> Response:
        actor = await admitted(request)
        require_no_parameters(request.scope["query_string"])
        reader = Reader(actor, language_of(request.scope))
        return await handed_out(request.app.state.application, reader, query, name, paper_id)

    return get_paper


def _lister(query: Any, parameter: str) -> Callable[..., Awaitable[Response]]:
    async def list_papers(asker: Asker, name: Annotated[UUID, Path(alias=parameter)]) -> Response:
        """What papers there are, until when each holds, and what is missing."""
        return await asker.thing(query, name)

    return list_papers


def add_papers(app: FastAPI) -> None:
    for kind, collection, listing, getting in KINDS:
        parameter = f"{kind}_id"
        path = f"/v1/{collection}/{{{parameter}}}/papers"
        add_query(
            app, f"list-{kind}-papers", path, "papers", _lister(listing, parameter), PapersAnswer
        )
        app.router.add_api_route(
            path,
            _sender(kind, parameter),
            methods=["POST"],
            operation_id=f"send-{kind}-paper",
            name=f"send-{kind}-paper",
            tags=["papers"],
            summary=f"Send a paper for the {kind}",
            description=(
                f"It waits a day to be attached to the {kind} by the id that is answered. A PDF, a"
                " JPEG, a PNG or a WebP, told by its content."
            ),
            status_code=201,
            response_model=PaperSent,
            response_description="Kept, now or before",
            openapi_extra={
                "requestBody": {
                    "required": True,
                    "content": {ANY_BYTES: BINARY},
                }
            },
        )
        app.router.add_api_route(
            path + "/{paper_id}",
            _getter(getting, parameter),
            methods=["GET"],
            operation_id=f"get-{kind}-paper",
            name=f"get-{kind}-paper",
            tags=["papers"],
            summary=f"A paper of the {kind}",
            description="The paper itself, to be saved.",
            response_class=Response,
            responses={200: {"content": {ANY_BYTES: BINARY}}},
            route_class_override=APIRoute,
        )
