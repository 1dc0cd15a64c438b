"""Steps come in by a door of their own, which leads where FastAPI's routes would."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.routing import Match

from service.api.app import create_app
from service.api.edge.gate import Edge
from service.api.steps.door import StepDoor
from service.api.steps.endpoint import StepRoute
from service.api.steps.routes import operations

NAME = "018f6a4e-5b0c-7c3e-9a57-3c1c1f0c8a07"


class Application:
    """Nobody comes so far."""

    def actor_with(self, key: str) -> None:
        raise AssertionError("the request has no key")

    holder_of = actor_with


class Passage:
    """A request on its way: where it came to, and what was answered."""

    def __init__(self, app: FastAPI, path: str, method: str = "POST") -> None:
        self.passed_on = False
        self.status = 0
        self.scope: dict[str, Any] = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": b"",
            "headers": [],
            "app": app,
        }

    async def through(self, door: StepDoor) -> None:
        async def receive() -> dict[str, Any]:
            raise AssertionError("nobody reads the body of a stranger")

        async def send(message: Any) -> None:
            self.status = message.get("status", self.status)

        await door(self.scope, receive, send)

    async def application(self, scope: Any, receive: Any, send: Any) -> None:
        self.passed_on = True


@pytest.fixture(scope="module")
def app() -> FastAPI:
    app = create_app()
    app.state.application = Application()
    return app


async def test_every_step_comes_to_the_route_that_fastapi_would_choose(app: FastAPI) -> None:
    for operation in operations():
        passage = Passage(app, operation.path.replace(f"{{{operation.parameter}}}", NAME))
        await passage.through(StepDoor(passage.application, app.routes))
        assert (passage.passed_on, passage.status) == (False, 401)
        route = passage.scope["route"]
        assert isinstance(route, StepRoute)
        assert route.operation_id == operation.name
        chosen = [r for r in app.routes if r.matches(passage.scope)[0] is Match.FULL]
        assert chosen[0] is route
        assert passage.scope["path_params"] == (
            {operation.parameter: NAME} if operation.parameter else {}
        )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/cases"),
        ("GET", f"/v1/cases/{NAME}"),
        ("OPTIONS", f"/v1/cases/{NAME}/steps/add-note"),
        ("POST", f"/v1/cases/{NAME}/steps/no-such-step"),
        ("POST", "/v1/cases//steps/add-note"),
        ("POST", f"/v1/cases/{NAME}/steps/add-note/"),
        ("POST", f"/v1/agreements/{NAME}/steps/add-note"),
        ("POST", "/console/sign-in"),
    ],
)
async def test_whatever_is_no_step_is_passed_on(app: FastAPI, method: str, path: str) -> None:
    passage = Passage(app, path, method)
    await passage.through(StepDoor(passage.application, app.routes))
    assert passage.passed_on


def test_the_door_stands_behind_the_edge_which_logs_and_bounds_what_comes(app: FastAPI) -> None:
    classes: list[object] = [each.cls for each in app.user_middleware]
    assert classes == [Edge, StepDoor]
