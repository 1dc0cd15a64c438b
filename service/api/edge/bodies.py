"""A body's bound, whether it says how long it is or not."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.requests import Request

from service.problems.problem import Rejected

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]


class TooLarge(Rejected):
    def __init__(self, limit: int) -> None:
        super().__init__("body_too_large", limit=limit)


async def body_within(request: Request, limit: int) -> bytes:
    """The body; raises `TooLarge` before it is read whole."""
    refuse_longer(request.scope, limit)
    return await Request(request.scope, limited(request.receive, limit)).body()


def refuse_longer(scope: Scope, limit: int) -> None:
    """Raises `TooLarge` for a body that says of itself that it is longer."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > limit:
            raise TooLarge(limit)


def limited(receive: Receive, limit: int) -> Receive:
    """Raises `TooLarge` as soon as more than the limit has come in."""
    total = 0

    async def counting() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > limit:
            raise TooLarge(limit)
        return message

    return counting
