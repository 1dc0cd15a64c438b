"""The doctor finds a log of readings that is gone, another ledger's, cut short, or hidden from its index."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.message import Role
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from ledger.reads.looked import Looked
from ledger.reads.opening import open_reads
from service.running.doctor.finding import Finding, Severity
from service.running.doctor.readings import readings
from service.settings import Settings
from tests.integration.ledger.place import CALENDAR, MASTER_KEYS


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path)


@pytest.fixture
def ledger(settings: Settings) -> Ledger:
    return open_ledger(settings.ledger, settings.keys, MASTER_KEYS, calendar=CALENDAR)


def read(settings: Settings, ledger: UUID) -> None:
    looked = Looked(
        at=datetime(2026, 3, 4, 12, tzinfo=UTC),
        staff=uuid4(),
        role=Role.CASEWORKER,
        query="get-case",
        cases=(uuid4(),),
    )
    with open_reads(settings.reads, ledger) as log:
        log.submit([looked, looked.model_copy(update={"staff": uuid4()})]).result()


def found(settings: Settings, ledger: Ledger) -> Finding:
    with closing(ledger):
        return readings(ledger, settings)


def test_one_that_is_whole_is_well(settings: Settings, ledger: Ledger) -> None:
    read(settings, ledger.id)
    told = found(settings, ledger)
    assert told.is_well
    assert told.found.startswith("2 readings")


def test_one_that_was_never_made_is_no_loss(settings: Settings, ledger: Ledger) -> None:
    assert found(settings, ledger).is_well


def _taken_away(settings: Settings) -> None:
    (settings.data / "reads.db").rename(settings.data / "reads.away")
    (settings.data / "reads.db.proof").touch()


def _hidden(settings: Settings) -> None:
    with closing(sqlite3.connect(settings.data / "reads.db")) as file, file:
        file.execute("DELETE FROM readings WHERE position = 2")


@pytest.mark.parametrize(
    ("harm", "says"), [(_taken_away, "is gone"), (_hidden, "entry 2 is not found")]
)
def test_one_that_was_taken_away_or_hidden_is_told_of(
    settings: Settings, ledger: Ledger, harm: Callable[[Settings], None], says: str
) -> None:
    read(settings, ledger.id)
    harm(settings)
    told = found(settings, ledger)
    assert told.severity is Severity.BROKEN
    assert says in told.found


def test_one_of_another_ledger_is_told_of(settings: Settings, ledger: Ledger) -> None:
    read(settings, UUID(int=8))
    told = found(settings, ledger)
    assert told.severity is Severity.BROKEN
    assert "reads_of_another_ledger" in told.found
