"""Once a second: connections that keep us waiting are closed, so that they cannot be collected.

A head has ten seconds from its first byte (or from the connection's opening), a body thirty from
the end of its head and longer for what it brings, and an answer is waited for to be taken for thirty. A request that is being
carried out is left alone; it has its own patience.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from socket import socket

import uvicorn
from starlette.types import ASGIApp

from service.api.edge.wire import Wire
from service.live.places import Places
from service.problems.problem import Rejected


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds."""

    head: float = 10.0
    body: float = 30.0
    bytes_a_second: float = 16_000.0
    """As much as a body brings, so much longer it may take: a paper over a poor line."""
    answer: float = 30.0
    """For the other side to take what was sent, before it is cut off."""


PATIENCE = Patience()


class Server(uvicorn.Server):
    """Lets those go who follow what changes: their answers do not end by themselves."""

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        places = getattr(getattr(self.config.app, "state", None), "places", None)
        if isinstance(places, Places):
            places.end()
        await super().shutdown(sockets)


def server_of(
    app: ASGIApp, host: str, port: int, *, grace: int, patience: Patience = PATIENCE
) -> uvicorn.Server:
    """A server of the application that keeps its bounds; `grace`: seconds to finish in."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=Wire,
        ws="none",
        loop="uvloop",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=grace,
    )
    server = Server(config)
    config.callback_notify, config.timeout_notify = _looking(server, patience), 1
    return server


def _looking(server: uvicorn.Server, patience: Patience) -> Callable[[], Awaitable[None]]:
    async def look() -> None:
        close_overdue(
            [each for each in server.server_state.connections if isinstance(each, Wire)], patience
        )

    return look


def close_overdue(connections: Iterable[Wire], patience: Patience) -> None:
    """Close those that have had their time."""
    too_slow = Rejected("request_too_slow", head=int(patience.head), body=int(patience.body))
    for wire in connections:
        now = wire.loop.time()
        if wire.transport.is_closing():
            wire.closing_since = wire.closing_since or now
        if _passed(wire.closing_since, patience.answer, now) or _passed(
            wire.unread_since, patience.answer, now
        ):
            wire.transport.abort()
        elif _is_late(wire, patience, now):
            wire.refuse(too_slow)


def _is_late(wire: Wire, patience: Patience, now: float) -> bool:
    if wire.head_is_whole:
        brought = wire.brought / patience.bytes_a_second
        return _passed(wire.coming_since, patience.body + brought, now)
    return not wire.is_answering and _passed(wire.coming_since, patience.head, now)


def _passed(since: float | None, seconds: float, now: float) -> bool:
    return since is not None and now - since > seconds
