"""Fixtures any test may ask for, and which tests run one after another.

Two processes share the tests out by file (`make test`). Files whose tests share an
installation stay together, so that it is started once and not idle beside all others; the
longest such groups come first, and the many short files fill what is left.
"""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.support.postgres import PostgresDatabase, PrivatePostgres

TOGETHER = {
    "tests/faults": ("on_files", "on_postgres", "house"),
    "tests/integration/service": ("office",),
    "tests/workflow": ("house",),
}
"""Folder → what its tests share, the longest to run first."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put each test into its group, and the groups in their order."""
    shared = {item.path: group for item in items if (group := _group(item)) is not None}
    for item in items:
        item.add_marker(pytest.mark.xdist_group(shared.get(item.path, item.path.as_posix())))
    places = {group: place for place, group in enumerate(TOGETHER)}
    items.sort(key=lambda item: places.get(shared.get(item.path, ""), len(places)))


def _group(item: pytest.Item) -> str | None:
    """The folder with whose tests this one shares an installation."""
    names = set(getattr(item, "fixturenames", ()))
    folder = item.path.parent.relative_to(item.config.rootpath).as_posix()
    return folder if names.intersection(TOGETHER.get(folder, ())) else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[PrivatePostgres]:
    """One server for all; a test that kills a server makes a `PrivatePostgres` of its own."""
    with PrivatePostgres() as server:
        yield server


@pytest.fixture
def postgres_database(postgres: PrivatePostgres) -> Iterator[PostgresDatabase]:
    """A fresh, empty database."""
    database = postgres.create_database(f"jisr_{uuid4().hex}")
    yield database
    postgres.drop_database(database.name)
