"""An installation on either database, with people in it, that is backed up and brought back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr

from domain.beneficiary.state import BeneficiaryState
from domain.example.beside import register_beneficiary
from domain.example.person import EXAMPLE
from domain.message import Actor, Command, Origin, OriginKind, Role, StreamKind, stream_id
from ledger.ledger import Ledger
from service.bootstrap import opened_ledger
from service.running.backup.making import Places, back_up
from service.running.backup.manifest import Manifest
from service.running.backup.restoring import Restored, Wanted, restore
from service.running.founding import ensure_administrator
from service.running.master_key import ensure_master_key, make_master_key
from service.running.rebuilding import prepare_database
from service.settings import Settings
from tests.support.postgres import SERVICE, PostgresDatabase


@dataclass
class Installation:
    """Its settings, and where its backups go."""

    settings: Settings
    backups: Path

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        with opened_ledger(self.settings) as ledger:
            yield ledger

    def begin(self) -> None:
        ensure_master_key(self.settings)
        with self.ledger() as ledger:
            ensure_administrator(ledger, self.settings, date(2024, 1, 2))

    def register(self, count: int = 1) -> list[UUID]:
        with self.ledger() as ledger:
            return [registered(ledger) for _ in range(count)]

    def back_up(self, name: str, earlier: str | None = None) -> Manifest:
        before = self.backups / earlier if earlier else None
        return back_up(self.settings, self.places(name), datetime.now(UTC), lambda _: None, before)

    def places(self, name: str, keys: str | None = None) -> Places:
        return Places.of(self.backups / name, self.backups / keys / "keys" if keys else None)

    def restore(
        self,
        name: str,
        *erased: Path,
        keys: str | None = None,
        over_newer: bool = False,
        clock_is_right: bool = False,
        now: datetime | None = None,
    ) -> Restored:
        wanted = Wanted(self.places(name, keys), over_newer, clock_is_right, erased)
        return restore(self.settings, wanted, now or datetime.now(UTC), lambda _: None)

    def head(self) -> int:
        with self.ledger() as ledger:
            return ledger.head()

    def name_of(self, person: UUID) -> str | None:
        with self.ledger() as ledger:
            state = ledger.state(stream_id(StreamKind.BENEFICIARY, person))
            assert isinstance(state, BeneficiaryState)
            return state.name_latin


def registered(ledger: Ledger) -> UUID:
    """Somebody new."""
    person = uuid4()
    actor = Actor(id=UUID(int=7), role=Role.CASEWORKER, centre=EXAMPLE.centre)
    ledger.record(
        Command(
            id=uuid4(),
            target=stream_id(StreamKind.BENEFICIARY, person),
            step=register_beneficiary(card=uuid4().hex),
            actor=actor,
            origin=Origin(kind=OriginKind.IMPORT),
        )
    )
    return person


def on_files(folder: Path) -> Installation:
    folder.mkdir(mode=0o700)
    return Installation(Settings(data=folder / "data"), folder / "backups")


def on_postgres(folder: Path, database: PostgresDatabase) -> Installation:
    """Prepared."""
    folder.mkdir(mode=0o700)
    key = folder / "kept" / "master.key"
    make_master_key(key)
    settings = Settings(
        data=folder / "data",
        database_url=database.service_url,
        owner_url=SecretStr(database.owner_url),
        service_role=SERVICE,
        master_key_file=key,
    )
    settings.data.mkdir(mode=0o700)
    prepare_database(settings)
    return Installation(settings, folder / "backups")


@pytest.fixture(params=["files", pytest.param("postgres", marks=pytest.mark.rare)])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    """On either database, in `make soak`; on files in `make test`, with one on PostgreSQL (`either`)."""
    return begun_on(request, tmp_path)


@pytest.fixture(params=["files", "postgres"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    return begun_on(request, tmp_path)


def begun_on(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    if request.param == "files":
        found = on_files(tmp_path / "house")
        found.settings.data.mkdir(mode=0o700)
    else:
        found = on_postgres(tmp_path / "house", request.getfixturevalue("postgres_database"))
    found.begin()
    return found


@pytest.fixture
def files(tmp_path: Path) -> Installation:
    """On SQLite."""
    found = on_files(tmp_path / "house")
    found.settings.data.mkdir(mode=0o700)
    found.begin()
    return found
