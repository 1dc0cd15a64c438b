"""Fixtures any test may ask for."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.support.postgres import PostgresDatabase, PrivatePostgres


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
