"""The door of a witness: `POST /add-checkpoint`, and the last checkpoint of a log for whoever asks."""

import asyncio
import logging
import sqlite3

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from service.witness.cosigner import Cosigner
from service.witness.judging import MALFORMED, NotSigned, Submitted
from service.witness.memory import Memory

log = logging.getLogger("jisr.witness")

MOST_BYTES = 64 * 1024
SIZE = "text/x.tlog.size"
TOO_LARGE, NONE, AWAY = 413, 404, 503


def served(memory: Memory, cosigner: Cosigner) -> Starlette:
    """The application."""

    async def add_checkpoint(request: Request) -> Response:
        try:
            asked = Submitted.parsed(await _body(request))
            note = await asyncio.to_thread(memory.add, asked, cosigner)
        except NotSigned as refused:
            if refused.kind is not None:
                log.warning("not signed, and kept: %s", refused)
            if refused.size is not None:
                return Response(f"{refused.size}\n", refused.status, media_type=SIZE)
            return PlainTextResponse(f"{refused}\n", refused.status)
        except sqlite3.Error as error:  # a full disk: nothing is signed that is not kept
            log.error("nothing can be signed: %s", error)  # noqa: TRY400 - said whole
            return PlainTextResponse("nothing can be kept here now: ask again later\n", AWAY)
        return PlainTextResponse(note.signatures[-1].line)

    async def last(request: Request) -> Response:
        """As it was signed, with the log's own signatures."""
        found = await asyncio.to_thread(memory.last, request.path_params["origin"])
        return PlainTextResponse(str(found)) if found else PlainTextResponse("none\n", NONE)

    return Starlette(
        routes=[
            Route("/add-checkpoint", add_checkpoint, methods=["POST"]),
            Route("/checkpoint/{origin:path}", last, methods=["GET"]),
        ]
    )


async def _body(request: Request) -> bytes:
    """Raises `NotSigned` for one that is longer than any checkpoint with its proof."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise NotSigned(TOO_LARGE, "this is longer than any checkpoint")
    if not body:
        raise NotSigned(MALFORMED, "there is nothing to sign")
    return body
