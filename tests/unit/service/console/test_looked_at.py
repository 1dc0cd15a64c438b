"""Each page that stands at an address is looked at in a browser: one that is new is not forgotten."""

from types import SimpleNamespace
from uuid import uuid4

from starlette.routing import Match, Route

from service.console.pages.routes import PAGES as ROUTES
from tests.browser.odd import NOT_LOOKED_AT, looked_at
from tests.browser.test_pages import PAGES


class AnyHouse:
    """One in which everything has an id; pages' visits say where they go in it."""

    def __getattr__(self, name: str) -> object:
        somebody = SimpleNamespace(staff_id=str(uuid4()), key="")
        return AnyOffice(somebody) if name == "office" else str(uuid4())


class AnyOffice:
    def __init__(self, somebody: object) -> None:
        self.somebody = somebody

    def __getattr__(self, _: str) -> object:
        return self.somebody


def answered(_: object) -> None:
    raise AssertionError("nobody asks")


ROUTED = [Route(path, answered, methods=[method]) for method, path, _ in ROUTES if method == "GET"]


def route_of(address: str) -> str:
    """Which route answers; empty where none does."""
    scope = {"type": "http", "method": "GET", "path": address.partition("?")[0], "headers": []}
    return next((each.path for each in ROUTED if each.matches(scope)[0] is Match.FULL), "")


def test_every_page_of_the_routes_is_visited() -> None:
    house = AnyHouse()
    visited = {route_of(address(house)) for _, address in PAGES.values()}  # type: ignore[arg-type]
    assert set(looked_at()) - visited == set()


def test_what_is_not_looked_at_is_still_there() -> None:
    assert NOT_LOOKED_AT.keys() <= {each.path for each in ROUTED}
