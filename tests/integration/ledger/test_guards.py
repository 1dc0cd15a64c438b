"""What the databases themselves refuse, whoever asks, and what is asked of them first."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from domain.errors import DatabaseUnfit
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from ledger.postgres.connections import PostgresConnections
from ledger.postgres.schema import prepare
from ledger.postgres.store import PostgresStore
from ledger.store import BEGINNING
from tests.integration.ledger.place import CALENDAR, MASTER_KEYS, Opener, Place, fill_pot
from tests.integration.ledger.test_at_rest import REFUSED, by_hand, insert
from tests.integration.ledger.toy import TOY, pot
from tests.support.postgres import OWNER, SERVICE, PostgresDatabase, PrivatePostgres


@pytest.mark.parametrize(
    ("stream", "version"),
    [(pot(), 3), (pot(), 0), ("case/x", 2), ("case/x", 0), ("case/x", -1), ("plain", 2)],
)
def test_versions_have_no_gap_and_begin_at_one(
    ledger: Ledger, place: Place, stream: str, version: int
) -> None:
    ledger.record(fill_pot(1))
    with pytest.raises(REFUSED):
        insert(place, 2, stream, version, "PotFilled:1", {})
    assert ledger.head() == 1


def test_only_a_name_without_a_kind_may_begin_at_version_0(ledger: Ledger, place: Place) -> None:
    insert(place, 1, "plain", 0, "x", {})
    insert(place, 2, "plain", 1, "x", {})
    assert ledger.head() == 2


def test_a_group_with_a_gap_inside_is_refused_whole_on_postgresql(
    empty_database: PostgresDatabase,
) -> None:
    prepare(empty_database.owner_url, SERVICE)
    for versions in ((1, 3), (2, 3), (1, 2, 2)):
        rows = ",".join(f"({n}, 'case/x', {v}, 't', '')" for n, v in enumerate(versions, 1))
        with (
            psycopg.connect(empty_database.owner_url) as owner,
            pytest.raises((psycopg.errors.CheckViolation, psycopg.errors.UniqueViolation)),
        ):
            owner.execute(f"INSERT INTO ledger.stored_events VALUES {rows}")  # noqa: S608


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE upkeep SET detail = 'x'",
        "DELETE FROM upkeep",
        "INSERT INTO upkeep (number, kind, detail) VALUES (7, 'x', 'x')",
        "INSERT INTO upkeep (number, kind, detail) VALUES (1, 'x', 'x')",
    ],
)
def test_the_ledgers_upkeep_only_grows_too(ledger: Ledger, place: Place, statement: str) -> None:
    with pytest.raises(REFUSED), by_hand(place, place.owner_url) as connection:
        connection.execute(statement)


@pytest.mark.parametrize("table", ["stored_events", "commands", "upkeep"])
def test_no_table_can_be_truncated_on_postgresql(
    empty_database: PostgresDatabase, table: str
) -> None:
    prepare(empty_database.owner_url, SERVICE)
    with (
        psycopg.connect(empty_database.owner_url) as owner,
        pytest.raises(psycopg.errors.CheckViolation),
    ):
        owner.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier("ledger", table)))


def test_a_ledger_has_an_id_of_its_own_for_good(place: Place, opened: Opener) -> None:
    one, other = opened(), opened()
    assert one.id == other.id
    if place.kind == "postgres":
        prepare(place.owner_url, SERVICE)
        assert opened().id == one.id


def test_two_ledgers_have_two_ids(tmp_path: Path) -> None:
    ledgers = [
        open_ledger(
            f"sqlite://{tmp_path}/{name}.db",
            f"sqlite://{tmp_path}/{name}-keys.db",
            MASTER_KEYS,
            calendar=CALENDAR,
            domain=TOY,
        )
        for name in ("one", "other")
    ]
    assert ledgers[0].id != ledgers[1].id
    for ledger in ledgers:
        ledger.close()


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_is_not_utf8_is_refused_before_anything_is_made(
    postgres: PrivatePostgres, encoding: str
) -> None:
    name = f"jisr_{encoding.lower()}"
    with postgres._connect() as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} ENCODING {} LOCALE 'C' TEMPLATE template0").format(
                sql.Identifier(name), sql.Identifier(OWNER), sql.Literal(encoding)
            )
        )
    url = postgres.url(name, OWNER)
    with pytest.raises(DatabaseUnfit, match="UTF8") as unfit:
        prepare(url, SERVICE)
    assert unfit.value.params["found"] == encoding
    with psycopg.connect(url) as owner:
        made = owner.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'ledger'").fetchall()
    assert made == []
    with pytest.raises(DatabaseUnfit):
        open_ledger(url, url, MASTER_KEYS, calendar=CALENDAR, domain=TOY)
    postgres.drop_database(name)


def test_an_sqlite_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as connection:
        connection.execute("PRAGMA encoding = 'UTF-16le'")
        connection.execute("CREATE TABLE other (x)")
    url = f"sqlite://{tmp_path}/ledger.db"
    with pytest.raises(DatabaseUnfit):
        open_ledger(url, f"sqlite://{tmp_path}/keys.db", MASTER_KEYS, calendar=CALENDAR, domain=TOY)


def test_a_database_that_answers_before_it_has_stored_is_refused(
    empty_database: PostgresDatabase,
) -> None:
    prepare(empty_database.owner_url, SERVICE)
    url = f"{empty_database.service_url}?options=-c%20synchronous_commit%3Doff"
    with pytest.raises(DatabaseUnfit, match="synchronous_commit"):
        open_ledger(url, url, MASTER_KEYS, calendar=CALENDAR, domain=TOY)


def test_isolation_is_stated_and_not_left_to_the_server(empty_database: PostgresDatabase) -> None:
    prepare(empty_database.owner_url, SERVICE)
    with psycopg.connect(empty_database.owner_url) as owner:
        owner.execute(
            sql.SQL("ALTER DATABASE {} SET default_transaction_isolation = 'serializable'").format(
                sql.Identifier(empty_database.name)
            )
        )
    try:
        store = PostgresStore(
            PostgresConnections(empty_database.service_url, pool_size=2, lock_timeout=5)
        )
        with store.connections.get_connection() as reading:
            assert reading.execute("SHOW transaction_isolation").fetchone() == ("read committed",)
        with store.writing([uuid4()], BEGINNING) as writing:
            shown = writing.connection.execute("SHOW transaction_isolation").fetchone()
        assert shown == ("read committed",)
        store.close()
    finally:
        with psycopg.connect(empty_database.owner_url) as owner:
            owner.execute(
                sql.SQL("ALTER DATABASE {} RESET default_transaction_isolation").format(
                    sql.Identifier(empty_database.name)
                )
            )
