"""The same tests on both databases."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ledger.ledger import Ledger
from ledger.postgres.schema import prepare
from tests.integration.ledger.place import Opener, Place
from tests.support.emptied import Emptied
from tests.support.postgres import SERVICE, PostgresDatabase, PrivatePostgres


@pytest.fixture(scope="session")
def shared_database(postgres: PrivatePostgres) -> PostgresDatabase:
    """One for all the tests that prepare it themselves."""
    return postgres.create_database("jisr_ledger_tests")


@pytest.fixture
def empty_database(shared_database: PostgresDatabase) -> PostgresDatabase:
    with psycopg.connect(shared_database.owner_url) as owner:
        owner.execute("SET lock_timeout = '60s'")
        owner.execute("DROP SCHEMA IF EXISTS ledger, keys, followers, proof, reads, looked CASCADE")
    return shared_database


@pytest.fixture(scope="session")
def emptied(postgres: PrivatePostgres) -> Iterator[Emptied]:
    """A prepared one, without events."""
    emptied = Emptied(postgres, lambda database: prepare(database.owner_url, SERVICE))
    yield emptied
    emptied.close()


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "sqlite":
        url = f"sqlite://{tmp_path}/ledger.db"
        return Place("sqlite", url, f"sqlite://{tmp_path}/keys.db", tmp_path, url)
    server: PrivatePostgres = request.getfixturevalue("postgres")
    database = request.getfixturevalue("emptied").database()
    url = database.service_url
    return Place("postgres", url, url, server.folder, database.owner_url)


@pytest.fixture
def opened(place: Place) -> Iterator[Opener]:
    """Opens ledgers on the place, and closes them after the test."""
    with ExitStack() as stack:

        def opener(**settings: Any) -> Ledger:
            ledger = place.open(**settings)
            stack.callback(ledger.close)
            return ledger

        yield opener


@pytest.fixture
def ledger(opened: Opener) -> Ledger:
    return opened()
