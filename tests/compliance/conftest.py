"""An empty place on either database, quickly: one PostgreSQL database serves all the rules."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from ledger.postgres.schema import prepare
from tests.compliance.house import House, Wrong
from tests.integration.ledger.place import Place
from tests.support.postgres import SERVICE, PostgresDatabase, PrivatePostgres

_EMPTY = """SET session_replication_role = replica;
    DELETE FROM ledger.stored_events; DELETE FROM ledger.commands;
    DELETE FROM keys.subject_keys; DELETE FROM keys.destroyed_keys; DELETE FROM keys.secrets;
    DELETE FROM ledger.upkeep WHERE number > 1"""

Opened = Callable[[str, Wrong], House]


class Database:
    """Made once; emptied for each rule, and made anew after one whose defect was in it."""

    def __init__(self, server: PrivatePostgres) -> None:
        self._server = server
        self.made: PostgresDatabase = server.create_database("jisr_compliance")
        self._superuser = psycopg.connect(server.url(self.made.name, "postgres"), autocommit=True)
        self.spoiled = True

    def place(self) -> Place:
        if self.spoiled:
            self._superuser.execute("DROP SCHEMA IF EXISTS ledger, keys CASCADE")
            prepare(self.made.owner_url, SERVICE)
            self.spoiled = False
        else:
            self._superuser.execute(_EMPTY)
        url = self.made.service_url
        return Place("postgres", url, url, self._server.folder, self.made.owner_url)

    def close(self) -> None:
        self._superuser.close()


@pytest.fixture(scope="session")
def database(postgres: PrivatePostgres) -> Iterator[Database]:
    database = Database(postgres)
    yield database
    database.close()


@pytest.fixture
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    """A house on a database, with the defect given."""
    with ExitStack() as stack:

        def house(kind: str, wrong: Wrong) -> House:
            if kind == "sqlite":
                url = f"sqlite://{tmp_path}/ledger.db"
                place = Place("sqlite", url, f"sqlite://{tmp_path}/keys.db", tmp_path, url)
            else:
                database: Database = request.getfixturevalue("database")
                place = database.place()
                database.spoiled = bool(wrong.sql)
            return House(place, wrong, stack)

        yield house
