"""What every request passes, written on bare ASGI because it is on everybody's way.

What a trusted proxy says is taken first; a head or a body over its bounds is refused before it
is read whole; HEAD is asked as GET; what escapes all handlers becomes a problem; every answer
gets its safeguards; each request is logged and counted, by who asked, operation and ids, without the
rest of its address and without its body.
"""

import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import structlog
from starlette.requests import ClientDisconnect

from domain.commands import outward_step
from domain.errors import JisrError
from domain.message import Actor
from ledger.faults import unexpected
from service.access.asker import begin, in_log
from service.api.edge.bodies import limited, refuse_longer
from service.api.edge.forwarded import Proxies, prefix_of
from service.api.edge.heads import require_plain_head
from service.api.edge.limits import FORM_BODY, LARGE_STEP_BODY
from service.api.edge.safeguards import safeguarded
from service.api.metrics import Metrics
from service.api.parsing import bearer_key
from service.api.problems import problem_response
from service.problems.problem import Rejected

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
API = "/v1/"

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

log = structlog.get_logger()


class Edge:
    """Wraps the application."""

    def __init__(self, app: App, metrics: Metrics, proxies: Proxies) -> None:
        self._app = app
        self._metrics = metrics
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, request_id, asker = time.perf_counter(), secrets.token_hex(8), begin()
        # A scope of our own: the server's goes on to say that a HEAD's answer has no body.
        asked = {**scope, "state": {**scope.get("state", {}), "request_id": request_id}}
        status = 0

        async def answering(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = safeguarded(message.get("headers", ()), tls=asked["scheme"] == "https")
                message["headers"] = [*headers, (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self._pass_on(asked, receive, answering)
        except JisrError as error:
            if not status:
                await problem_response(error, asked)(asked, receive, answering)
        except ClientDisconnect:
            log.info("gone", request=request_id)
        except Exception as error:  # noqa: BLE001 - the edge of the process
            fault = unexpected(error, "request")
            if not status:
                await problem_response(fault, asked)(asked, receive, answering)
        finally:
            operation = getattr(asked.get("route"), "operation_id", None) or "other"
            seconds = time.perf_counter() - started
            self._metrics.answered(operation, status, seconds)
            log.info(
                "request",
                request=request_id,
                method=scope["method"],
                operation=outward_step(operation),
                on=_names_in(asked),
                status=status,
                ms=round(seconds * 1000, 1),
                **in_log(asker.actor or _holder(asked)),
            )

    async def _pass_on(self, asked: Scope, receive: Receive, send: Send) -> None:
        self._proxies.believe(asked)
        require_plain_head(asked)
        if asked["method"] == "HEAD":
            asked["method"] = "GET"
        within_api = asked["path"].startswith(prefix_of(asked) + API)
        limit = LARGE_STEP_BODY if within_api else FORM_BODY
        refuse_longer(asked, limit)
        await self._app(asked, limited(receive, limit), send)


def _names_in(scope: Scope) -> list[str]:
    """The ids in the address. The rest of it stays out of the log: anybody can type anything."""
    values = scope.get("path_params", {}).values()
    return [value for value in values if isinstance(value, str) and ID.fullmatch(value)]


def _holder(scope: Scope) -> Actor | None:
    """Whose key it showed that no door let in: at an address that is none, or with one that ended."""
    application = getattr(scope["app"].state, "application", None) if "app" in scope else None
    shown = next((value for name, value in scope["headers"] if name == b"authorization"), None)
    if application is None or shown is None:
        return None
    try:
        found: Actor | None = application.holder_of(bearer_key(shown.decode("latin-1")))
    except Rejected:
        return None
    return found
