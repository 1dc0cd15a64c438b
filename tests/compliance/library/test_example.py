"""The library's application on a ledger of ours: as the docs show it, and read-only."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import (
    ApplicationRecorder,
    InfrastructureFactory,
    ProgrammingError,
    StoredEvent,
)
from psycopg.conninfo import conninfo_to_dict

from domain.example.beside import register_beneficiary
from domain.example.person import EXAMPLE
from domain.message import Actor, Command, Origin, OriginKind, Role, StreamKind, stream_id
from domain.values.calendar import Calendar
from ledger.keys.master import MasterKeys
from ledger.opening import open_ledger
from ledger.postgres.schema import prepare
from ledger.postgres.store import PostgresStore
from ledger.sqlite.store import SqliteStore
from tests.support.postgres import SERVICE, PostgresDatabase
from tests.support.system import ROOT

MASTER_KEY = b"a master key, 32 bytes, of a doc"
PAGE = ROOT / "docs" / "the-eventsourcing-library.md"


def test_the_example_of_the_docs_reads_a_stream_and_follows_the_ledger(tmp_path: Path) -> None:
    person = stream_id(StreamKind.BENEFICIARY, uuid4())
    with closing(
        open_ledger(
            f"sqlite://{tmp_path}/ledger.db",
            f"sqlite://{tmp_path}/keys.db",
            MasterKeys.single(MASTER_KEY),
            calendar=Calendar("none", frozenset()),
        )
    ) as ledger:
        ledger.record(
            Command(
                id=uuid4(),
                target=person,
                step=register_beneficiary(),
                actor=Actor(id=UUID(int=7), role=Role.CASEWORKER, centre=EXAMPLE.centre),
                origin=Origin(kind=OriginKind.IMPORT),
            )
        )
        recorded = ledger.events(0, 100)
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", example, tmp_path, person, MASTER_KEY.hex()],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=200,
    )
    told = [f"{person} has {sum(r.envelope.stream == person for r in recorded)} events"]
    told += [f"{r.envelope.position} {r.envelope.stream} {r.envelope.event_type}" for r in recorded]
    assert ran.stdout.splitlines() == told


@pytest.fixture(params=["sqlite", "postgres"])
def recorder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ApplicationRecorder]:
    """Opened without `JISR_LEDGER_WRITE`."""
    if request.param == "sqlite":
        env = {"PERSISTENCE_MODULE": "ledger.sqlite", "SQLITE_DBNAME": f"{tmp_path}/ledger.db"}
        with InfrastructureFactory.construct({**env, "JISR_LEDGER_WRITE": "yes"}) as factory:
            factory.application_recorder()
    else:
        database: PostgresDatabase = request.getfixturevalue("postgres_database")
        prepare(database.owner_url, SERVICE)
        given = conninfo_to_dict(database.service_url)
        env = {f"POSTGRES_{name.upper()}": str(value) for name, value in given.items()}
        env |= {"PERSISTENCE_MODULE": "ledger.postgres", "POSTGRES_PASSWORD": "not asked for"}
    with InfrastructureFactory.construct(env) as reading:
        yield reading.application_recorder()


def test_a_ledger_that_the_library_opens_is_read_only_unless_it_is_told_otherwise(
    recorder: ApplicationRecorder,
) -> None:
    with pytest.raises(ProgrammingError, match="JISR_LEDGER_WRITE=yes"):
        recorder.insert_events([StoredEvent("case/x", 1, "x", b"")])
    assert recorder.max_notification_id() is None
    assert recorder.select_notifications(1, 10) == []


def test_the_database_refuses_a_reader_that_writes_past_the_recorder(
    recorder: ApplicationRecorder,
) -> None:
    insert = "INSERT INTO {}upkeep (number, kind, detail) VALUES (2, 'x', 'x')"
    if isinstance(recorder, SqliteStore):
        with recorder.connection() as file, pytest.raises(sqlite3.OperationalError):
            file.execute(insert.format(""))
    elif isinstance(recorder, PostgresStore):
        with (
            recorder.connections.get_connection() as connection,
            pytest.raises(psycopg.errors.ReadOnlySqlTransaction),
        ):
            connection.execute(insert.format("ledger."))
    else:
        pytest.fail(f"{type(recorder)} is no store of ours")


def test_a_file_that_is_no_ledger_is_not_made_one_by_reading_it(tmp_path: Path) -> None:
    env = {"PERSISTENCE_MODULE": "ledger.sqlite", "SQLITE_DBNAME": f"{tmp_path}/none.db"}
    with InfrastructureFactory.construct(env) as factory, pytest.raises(FileNotFoundError):
        factory.application_recorder()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("module", ["ledger.sqlite", "ledger.postgres"])
def test_snapshots_never_go_into_the_events_table(module: str, tmp_path: Path) -> None:
    env = {"PERSISTENCE_MODULE": module, "SQLITE_DBNAME": f"{tmp_path}/x.db"}
    env |= {f"POSTGRES_{name}": "x" for name in ("DBNAME", "HOST", "USER", "PASSWORD")}
    with InfrastructureFactory.construct(env) as factory, pytest.raises(ValueError, match="events"):
        factory.aggregate_recorder("events")
