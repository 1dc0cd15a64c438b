"""What every request passes, written on bare ASGI because it is on everybody's way.

What a trusted proxy says is taken first; a head or a body over its bounds is refused before it
is read whole; HEAD is asked as GET; what escapes all handlers is answered too; every answer
gets its safeguards; each request is logged and counted, by who asked, operation and ids, without the
rest of its address and without its body.
"""

import re
import secrets
import time
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from uuid import UUID

import structlog
from starlette.requests import ClientDisconnect

from domain.commands import outward_step
from domain.errors import JisrError
from domain.message import Actor
from domain.values.looking import Door
from ledger.faults import unexpected
from service.access.asker import Asker, begin, in_log, present
from service.api.edge.bodies import limited, refuse_longer
from service.api.edge.forwarded import Proxies, path_within, prefix_of
from service.api.edge.heads import require_plain_head
from service.api.edge.limits import FORM_BODY, LARGE_STEP_BODY
from service.api.edge.safeguards import safeguarded
from service.api.metrics import Metrics
from service.api.parsing import bearer_key
from service.api.problems import Answer

STEPS = "/steps/"
"""In the address of a step, which may have long lists by its form too."""
API = "/v1/"
ONLY_HEAD = "only_head"
"""Of a request's state: that no body is read, so one that goes on would end for nobody."""
PAPERS = re.compile(r"(/v1)?/(cases|agreements|orders|sessions|ceremonies)/[^/]+/papers")
"""Where papers are sent."""

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Recognise = Callable[[Scope], Awaitable[Actor | None]]
"""Who asks, by something else than `Authorization`; for the log, and it opens no door."""
App = Callable[[Scope, Receive, Send], Awaitable[None]]

log = structlog.get_logger()


class Edge:
    """Wraps the application."""

    def __init__(self, app: App, metrics: Metrics, proxies: Proxies, answer: Answer) -> None:
        """`answer`: how whoever asked is told what no handler has answered."""
        self._app = app
        self._answer = answer
        self._metrics = metrics
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, request_id = time.perf_counter(), secrets.token_hex(8)
        asker = begin(request_id)
        # A scope of our own: the server's goes on to say that a HEAD's answer has no body.
        asked = {**scope, "state": {**scope.get("state", {}), "request_id": request_id}}
        status = 0
        begun: float | None = None

        unwritten: JisrError | None = None

        async def answering(message: Message) -> None:
            nonlocal status, begun, unwritten
            if message["type"] == "http.response.start":
                try:
                    await _write_readings(asked, asker)
                except JisrError as error:
                    unwritten = error
                    raise
                status = message["status"]
                begun = time.perf_counter() if goes_on(message.get("headers", ())) else None
                headers = safeguarded(message.get("headers", ()), tls=asked["scheme"] == "https")
                message["headers"] = [*headers, (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._pass_on(asked, receive, answering)
        except JisrError as error:
            if not status:
                await self._answer(error, asked)(asked, receive, answering)
        except ClientDisconnect:
            log.info("gone", request=request_id)
        except Exception as error:  # noqa: BLE001 - the edge of the process
            # What could not be written down is not shown: its own reason, and not what came of it.
            fault = unwritten or unexpected(error, "request")
            if not status:
                await self._answer(fault, asked)(asked, receive, answering)
        finally:
            operation = _operation(asked)
            seconds = (begun or time.perf_counter()) - started
            self._metrics.answered(operation, status, seconds)
            actor = asker.actor or await _holder(asked)
            log.info(
                "request",
                request=request_id,
                method=scope["method"],
                operation=outward_step(operation),
                on=_names_in(asked),
                status=status,
                ms=round(seconds * 1000, 1),
                **in_log(actor),
            )

    async def _pass_on(self, asked: Scope, receive: Receive, send: Send) -> None:
        self._proxies.believe(asked)
        require_plain_head(asked)
        if asked["method"] == "HEAD":
            asked["method"] = "GET"
            asked["state"][ONLY_HEAD] = True
        within_api = asked["path"].startswith(prefix_of(asked) + API)
        present().door = Door.API if within_api else Door.CONSOLE
        if asked["method"] == "POST" and PAPERS.fullmatch(path_within(asked)):
            await self._app(asked, receive, send)  # bounded by who reads it, piece by piece
            return
        limit = LARGE_STEP_BODY if within_api or STEPS in asked["path"] else FORM_BODY
        refuse_longer(asked, limit)
        await self._app(asked, limited(receive, limit), send)


async def _write_readings(scope: Scope, asker: Asker) -> None:
    """What of people the answer shows is written down before it leaves."""
    if asker.gathered:
        await scope["app"].state.application.write_readings(asker)
    asker.gathers = False


def goes_on(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether an answer is one that has no end of its own: its time is that until it began."""
    kinds = (value for name, value in headers if name.lower() == b"content-type")
    return any(kind.startswith(b"text/event-stream") for kind in kinds)


def _operation(scope: Scope) -> str:
    """What was asked for, by its name in the API, also where a page asked for the same."""
    named = scope.get("operation") or getattr(scope.get("route"), "operation_id", None)
    return named or "other"


def _names_in(scope: Scope) -> list[str]:
    """The ids in the address, however they are written there, in the one form in which the log has
    them. The rest of it stays out of the log: anybody can type anything.
    """
    values = scope.get("path_params", {}).values()
    return [str(name) for value in values if (name := _id_of(value)) is not None]


def _id_of(value: Any) -> UUID | None:
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError):
        return None


async def recognise_nobody(_: Scope) -> Actor | None:
    """Where there is no other way to show who asks than `Authorization`."""
    return None


async def _holder(scope: Scope) -> Actor | None:
    """Who asked what no door asks a key for, or with one that ended."""
    state = scope["app"].state if "app" in scope else None
    application = getattr(state, "application", None)
    if state is None or application is None:
        return None
    shown = next((value for name, value in scope["headers"] if name == b"authorization"), None)
    recognise: Recognise = state.recognise
    try:
        if shown is None:
            return await recognise(scope)
        found: Actor | None = application.holder_of(bearer_key(shown.decode("latin-1")))
    except JisrError:  # the log can do without
        return None
    return found
