"""`jisr audit verify` of what stands here: the log of readings with what finds them, and the keys."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from domain.message import Role
from domain.values.calendar import local_date
from ledger.bundle.verify import Report
from ledger.reads.looked import Looked
from ledger.verifying.signed import Differs
from service.bootstrap import opened_ledger, opened_reads
from service.running.auditing.verifying import verified
from service.running.founding import ensure_administrator
from service.running.master_key import make_master_key
from service.settings import Settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Of an installation in which somebody read twice of somebody."""
    settings = Settings(data=tmp_path_factory.mktemp("verified"))
    make_master_key(settings.master_key)
    with opened_ledger(settings) as ledger, opened_reads(settings, ledger) as reads:
        ensure_administrator(ledger, settings, local_date(datetime.now(UTC)))
        for _ in range(2):
            looked = Looked(
                at=ledger.now(),
                staff=uuid4(),
                role=Role.AUDITOR,
                query="get_case",
                cases=(uuid4(),),
            )
            reads.submit([looked]).result()
        ledger.sealed.catch_up()
    return settings


def look(settings: Settings) -> list[Report]:
    return verified(settings, [], [], lambda _done, _of: None)


def test_a_reading_that_is_not_found_any_more_is_named(settings: Settings) -> None:
    assert len(look(settings)) == 4
    alter(settings.data / "reads.db", "DELETE FROM seen WHERE position = 1")
    with pytest.raises(Differs, match="readings") as differs:
        look(settings)
    assert differs.value.position == 1


def test_a_receipt_of_events_that_are_not_there_is_named(settings: Settings) -> None:
    of = "FROM commands WHERE position > 0 ORDER BY position LIMIT 1"
    invented = f"SELECT zeroblob(16), fingerprint, answer, 0, recorded_at {of}"
    alter(settings.data / "ledger.db", f"INSERT INTO commands {invented}")
    with pytest.raises(Differs, match="not there") as differs:
        look(settings)
    assert differs.value.position == 0


def test_keys_that_are_none_are_said(settings: Settings) -> None:
    alter(settings.data / "ledger.db.proof", "UPDATE signing_keys SET key = 'A'")
    with pytest.raises(Differs, match="keys"):
        look(settings)


def alter(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as owner, owner:
        owner.execute(statement)
