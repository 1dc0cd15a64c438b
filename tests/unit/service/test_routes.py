"""What holds at every address of the API: no parameter is passed over, what is made can be read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount, Route

from domain.message import Actor, Role
from service.access.table import QUERIES, STEPS
from service.api.app import create_app
from service.api.steps.examples import EXAMPLES
from service.api.steps.routes import operations
from service.console.pages.routes import PAGES, mount_console

NAME = str(UUID(int=7))
ASKED: dict[str, Any] = {
    "search-cases": {"text": "Salma"},
    "find-similar-people": {"name_latin": "Salma"},
}
ASKED["send-again"] = {"message_ids": ["6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1"]}
ASKED["find-batch-lines"] = {"text": "TAZ-23-0001"}
ASKED |= {"search-registry": {"text": "Atlas"}, "find-similar-entries": {"kind": "supplier"}}
ASKED["check-proof"] = {"text": "no proof"}
"""What is asked in a body."""
VALUES = {
    "version": "v1",
    "centre": "taza",
    "dimension": "trade",
    "code": "stale_version",
    "idempotency_key": "k",
    "kind": "prison",
    "entry": "prison-taza",
    "position": "1",
    "known_on": "1",
    "begin": "3f0",
}
"""Of the parts of an address that are no ids."""
PATHS_OF_PAGES = {path for _, path, _ in PAGES}
"""Pages show which filters hold, and pass over what a link from elsewhere may have added."""


@dataclass
class Application:
    """Lets everybody in, in the role that the test says; nobody comes further than the address."""

    role: Role = Role.ADMINISTRATOR

    def is_strange(self, _: str) -> bool:
        return False

    def holder_of(self, _: str) -> None:
        return None

    async def actor_with(self, _: str) -> Actor:
        return Actor(id=UUID(int=7), role=self.role, centre="taza")


APP = create_app(None, mount_console)


def routes(app: FastAPI) -> Iterator[BaseRoute]:
    """All that the application answers at, but files (which have their hash there) and pages."""
    for route in app.routes:
        if not isinstance(route, Mount) and getattr(route, "path", "") not in PATHS_OF_PAGES:
            yield route


def method_of(route: Route) -> str:
    return "POST" if "POST" in (route.methods or ()) else "GET"


def address_of(route: Route) -> str:
    parts = re.findall(r"\{(\w+)(?::\w+)?\}", route.path)
    return re.sub(r":\w+\}", "}", route.path).format(**{p: VALUES.get(p, NAME) for p in parts})


@pytest.mark.parametrize("route", list(routes(APP)), ids=lambda each: f"{each.name}")
async def test_a_parameter_that_is_not_known_is_refused_and_named(route: Route) -> None:
    assert isinstance(route, Route), "another kind of route needs a check of its own"
    name = route.operation_id if isinstance(route, APIRoute) else None
    row = STEPS.get(str(name)) or QUERIES.get(str(name))
    role = min(row.who) if row else Role.ADMINISTRATOR
    APP.state.application = Application(role)
    transport = httpx.ASGITransport(APP)
    headers = {"Authorization": "Bearer k", "Idempotency-Key": "k", "Accept-Language": "fr"}
    async with httpx.AsyncClient(transport=transport, base_url="http://jisr") as http:
        response = await http.request(
            method_of(route),
            address_of(route),
            params={"surprise": "1", "and/more": ""},
            headers=headers,
            json=ASKED.get(str(name)) or EXAMPLES.get(str(name)),
        )
    problem = response.json()
    assert (response.status_code, problem["code"]) == (422, "validation_failed"), problem
    found = {each["field"]: each["message"] for each in problem["errors"]}
    assert found == dict.fromkeys(
        ("parameter/surprise", "parameter/and~1more"), "Ce champ n’existe pas ici"
    )


def test_whatever_is_made_has_an_address_at_which_it_can_be_read() -> None:
    made = [operation for operation in operations() if operation.status == httpx.codes.CREATED]
    assert {"issue-access-key", "register-staff", "open-case"} <= {each.name for each in made}
    readable = [route for route in APP.routes if isinstance(route, APIRoute)]
    for operation in made:
        assert operation.location is not None, operation.name
        address = re.sub(r"\{[^}]+(\]|\w)\}", NAME, operation.location)
        assert any(
            "GET" in (route.methods or ()) and route.path_regex.match(address) for route in readable
        ), operation.name
