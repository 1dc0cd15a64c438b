"""A step's own door: from its address straight to its endpoint.

FastAPI would try a hundred routes one after another, and wrap the one it finds several times
over for what a step's endpoint does not use. Both together take nearly half of what a step
costs between the wire and its endpoint. Whatever is no step goes on to FastAPI.
"""

from collections.abc import Iterable, Iterator

from starlette.requests import Request
from starlette.routing import BaseRoute

from service.api.edge.forwarded import path_within
from service.api.edge.gate import App, Receive, Scope, Send
from service.api.steps.endpoint import StepRoute

ANY = "*"
"""Stands where an address names what the step is taken on."""
NAMED = 3
"""Where that is, in `/v1/<collection>/<id>/steps/<step>` split at the slashes."""
LENGTH = 6


class StepDoor:
    """Wraps the application."""

    def __init__(self, app: App, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        self._doors = dict(_doors(routes))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._find(scope) if scope["type"] == "http" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        route, name = found
        parameter = route.operation.parameter
        scope["route"] = route
        scope["path_params"] = {parameter: name} if parameter else {}
        response = await route.answer(Request(scope, receive))
        await response(scope, receive, send)

    def _find(self, scope: Scope) -> tuple[StepRoute, str] | None:
        """The step's route, and the id in the address."""
        if scope["method"] != "POST":
            return None
        parts, name = path_within(scope).split("/"), ""
        if len(parts) == LENGTH:
            name, parts[NAMED] = parts[NAMED], ANY
            if not name:
                return None
        route = self._doors.get("/".join(parts))
        return (route, name) if route else None


def _doors(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, StepRoute]]:
    for route in routes:
        if isinstance(route, StepRoute):
            operation = route.operation
            yield operation.path.replace(f"{{{operation.parameter}}}", ANY), route
