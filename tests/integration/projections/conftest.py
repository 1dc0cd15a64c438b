"""The same tests on both databases, most of them in a programme that is settled already."""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.keys.master import MasterKeys
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from ledger.postgres.schema import prepare
from projections.opening import open_views
from projections.postgres.store import prepare_views
from projections.projector import Projector
from projections.store import Views
from tests.integration.projections.programme import CALENDAR, Clock, Programme
from tests.support.emptied import Emptied
from tests.support.postgres import SERVICE, PostgresDatabase, PrivatePostgres

MASTER_KEYS = MasterKeys.single(bytes(range(32)))


@dataclass(frozen=True)
class Place:
    """Where a ledger and its views are. Can be sent to a process."""

    url: str
    keys_url: str
    views_url: str

    def ledger(self) -> Ledger:
        return open_ledger(self.url, self.keys_url, MASTER_KEYS, calendar=CALENDAR, clock=Clock())

    def views(self) -> Views:
        return open_views(self.views_url)

    def ledger_open(self) -> AbstractContextManager[Ledger]:
        return closing(self.ledger())

    def views_open(self) -> AbstractContextManager[Views]:
        return closing(self.views())


def on_files(folder: Path) -> Place:
    return Place(*(f"sqlite://{folder}/{name}.db" for name in ("ledger", "keys", "views")))


def on_postgres(database: PostgresDatabase) -> Place:
    prepare(database.owner_url, SERVICE)
    prepare_views(database.owner_url, SERVICE)
    return Place(*(database.service_url,) * 3)


@pytest.fixture(scope="session")
def emptied(postgres: PrivatePostgres) -> Iterator[Emptied]:
    """A database with a ledger and views, without events."""

    def prepare_all(database: PostgresDatabase) -> None:
        on_postgres(database).views().close()

    emptied = Emptied(postgres, prepare_all)
    yield emptied
    emptied.close()


@dataclass
class Settled:
    """Two centres at work, recorded once: to copy what was recorded takes a tenth of that."""

    folder: Path
    """With a ledger on files."""
    database: Emptied
    """With one on PostgreSQL, and without rows in the views."""
    programme: Programme
    """The same on both, for what it draws it always draws alike."""

    def copied(self, folder: Path) -> Place:
        for file in self.folder.iterdir():
            shutil.copy2(file, folder)
        return on_files(folder)


@pytest.fixture(scope="session")
def settled(
    postgres: PrivatePostgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settled]:
    def settle(database: PostgresDatabase) -> None:
        place = on_postgres(database)
        place.views().close()
        _settle(place)

    folder = tmp_path_factory.mktemp("settled")
    settled = Settled(folder, Emptied(postgres, settle), _settle(on_files(folder)))
    yield settled
    settled.database.close()


def _settle(place: Place) -> Programme:
    with place.ledger_open() as ledger:
        programme = Programme(ledger)
        programme.settle()
        return programme


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Empty, unless the test has a programme: then that is settled there."""
    settled = None
    if "programme" in request.fixturenames:
        settled = request.getfixturevalue("settled")
    if request.param == "sqlite":
        return settled.copied(tmp_path) if settled else on_files(tmp_path)
    emptied = settled.database if settled else request.getfixturevalue("emptied")
    return Place(*(emptied.database().service_url,) * 3)


@pytest.fixture(params=["sqlite", "postgres"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where nobody has opened anything yet."""
    if request.param == "sqlite":
        return on_files(tmp_path)
    return on_postgres(request.getfixturevalue("postgres_database"))


@pytest.fixture
def ledger(place: Place) -> Iterator[Ledger]:
    ledger = place.ledger()
    yield ledger
    ledger.close()


@pytest.fixture
def views(place: Place) -> Iterator[Views]:
    views = place.views()
    yield views
    views.close()


@pytest.fixture
def projector(ledger: Ledger, views: Views) -> Iterator[Projector]:
    projector = Projector(ledger, views, CALENDAR)
    yield projector
    projector.close()


@pytest.fixture
def programme(settled: Settled, ledger: Ledger) -> Programme:
    return settled.programme.on(ledger)
