"""What every request passes, written on bare ASGI because it is on everybody's way.

A body over the limit is refused before it is read whole; what escapes all handlers becomes
a problem; each request is logged and counted, by operation and ids, without the rest of its address and without its body.
"""

import re
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import structlog
from starlette.requests import ClientDisconnect

from domain.commands import outward_step
from ledger.faults import unexpected
from service.api.metrics import Metrics
from service.api.problems import problem_response
from service.problems.problem import Rejected

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
BODY_LIMIT = 1024 * 1024
"""Bytes."""

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

log = structlog.get_logger()


class TooLarge(Rejected):
    def __init__(self) -> None:
        super().__init__("body_too_large", limit=BODY_LIMIT)


class Edge:
    """Wraps the application."""

    def __init__(self, app: App, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, request_id = time.perf_counter(), secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        status = 0

        async def answering(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", request_id.encode()),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        try:
            _refuse_long(scope)
            await self._app(scope, limited(receive), answering)
        except TooLarge as error:
            if not status:
                await problem_response(error, scope)(scope, receive, answering)
        except ClientDisconnect:
            log.info("gone", request=request_id)
        except Exception as error:  # noqa: BLE001 - the edge of the process
            fault = unexpected(error, "request")
            if not status:
                await problem_response(fault, scope)(scope, receive, answering)
        finally:
            operation = getattr(scope.get("route"), "operation_id", None) or "other"
            seconds = time.perf_counter() - started
            self._metrics.answered(operation, status, seconds)
            log.info(
                "request",
                request=request_id,
                method=scope["method"],
                operation=outward_step(operation),
                on=_names_in(scope),
                status=status,
                ms=round(seconds * 1000, 1),
            )


def _names_in(scope: Scope) -> list[str]:
    """The ids in the address. The rest of it stays out of the log: anybody can type anything."""
    values = scope.get("path_params", {}).values()
    return [value for value in values if isinstance(value, str) and ID.fullmatch(value)]


def _refuse_long(scope: Scope) -> None:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > BODY_LIMIT:
            raise TooLarge


def limited(receive: Receive) -> Receive:
    """Raises `TooLarge` as soon as more than the limit has come in."""
    total = 0

    async def counting() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > BODY_LIMIT:
            raise TooLarge
        return message

    return counting
