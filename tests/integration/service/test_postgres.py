"""The same service on PostgreSQL: prepared by its owner, run as a role with few rights."""

import hashlib
from pathlib import Path

import psycopg
from psycopg import sql

from domain.message import Role
from service.api.steps.examples import EXAMPLES
from service.running.doctor.examine import examine
from service.running.doctor.finding import Part, Severity
from service.running.master_key import make_master_key
from service.settings import Settings
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.integration.service.test_cli import jisr, well
from tests.integration.service.test_forgotten import MARK, Marked
from tests.support import papers
from tests.support.postgres import OWNER, SERVICE, SUPERUSER, PostgresDatabase, PrivatePostgres
from tests.support.system import forked_system
from tests.support.waiting import until


def require_papers_kept(story: Story) -> None:
    """Sent, attached, had again and withdrawn; a photograph without where it was taken."""
    person, whole = story.office.caseworker, papers.pdf(2)
    where = papers.picture("JPEG", 300, 200, comment=b"Taza, in the back yard")
    for data, said in ((whole, "application/pdf"), (where, "image/jpeg")):
        sent = person.send(f"{story.case}/papers", data, said=said)
        assert sent.status_code == 201, sent.text
        named = {"occurred_on": "2024-09-02", "paper_id": sent.json()["paper_id"]}
        person.step(f"{story.case}/steps/attach-document", named | {"kind": "other"})
        had = person.get(f"{story.case}/papers/{named['paper_id']}").content
        assert hashlib.sha256(had).hexdigest() == sent.json()["sha256"]
        assert (had == whole) is (data == whole)
        assert b"back yard" not in had
        withdrawn = named | {"explanation": "Another person's."}
        person.step(f"{story.case}/steps/withdraw-document", withdrawn)
        assert person.get(f"{story.case}/papers/{named['paper_id']}").status_code == 409


def require_forgotten(office: Office, url: str) -> None:
    """Whoever is erased leaves no word in a row of any table: the ledger's, the views', of readings,
    proofs and messages.
    """
    story = Marked(office)
    story.open()
    story.take(office.caseworker, f"{story.case}/steps/add-note", "add-note")
    asked = {"occurred_on": "2023-03-01"}
    close = asked | {"outcome": "left_country"}
    story.take(office.caseworker, f"{story.case}/steps/close-case", "close-case", close)
    found = office.coordinator.post("/v1/cases/search", {"text": MARK, "at_least": story.position})
    assert MARK in found.text
    assert tables_saying(url, MARK), "its name is searched for there"
    person = f"/v1/beneficiaries/{story.ids['beneficiary']}"
    office.division.step(f"{person}/steps/request-erasure", asked)
    office.coordinator.step(f"{person}/steps/confirm-beneficiary-request", asked)
    until(lambda: not tables_saying(url, MARK), lambda: f"left in {tables_saying(url, MARK)}")


def tables_saying(url: str, word: str) -> list[str]:
    """The tables in a row of which it stands, as text or as bytes."""
    with psycopg.connect(url, autocommit=True) as connection:
        named = connection.execute(
            "SELECT schemaname, tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        either = (f"%{word}%", f"%{word.encode().hex()}%")
        return [
            f"{schema}.{table}"
            for schema, table in named
            if connection.execute(
                sql.SQL("SELECT 1 FROM {} AS t WHERE t::text LIKE %s OR t::text LIKE %s LIMIT 1")
                .format(sql.Identifier(schema, table))
                .as_string(connection),
                either,
            ).fetchone()
        ]


def test_a_whole_case_on_postgresql(
    tmp_path: Path, postgres: PrivatePostgres, postgres_database: PostgresDatabase
) -> None:
    key, data = tmp_path / "master.key", tmp_path / "data"
    make_master_key(key)
    environment = {
        "JISR_DATABASE_URL": postgres_database.service_url,
        "JISR_MASTER_KEY_FILE": str(key),
    }
    unprepared = jisr("doctor", data, **environment)
    assert "run `jisr database prepare`" in unprepared.stdout
    owner = {"JISR_OWNER_URL": postgres_database.owner_url, "JISR_SERVICE_ROLE": SERVICE}
    for _ in range(2):
        prepared = jisr("database prepare", data, **environment, **owner)
        assert prepared.returncode == 0, prepared.stderr

    with forked_system(data, **environment) as system:
        centre = EXAMPLES["register-centre"]
        system.administrator.step("/v1/centres", centre)
        system.register_entries()
        caseworker, coordinator = (
            system.hire(role, "taza") for role in (Role.CASEWORKER, Role.COORDINATOR)
        )
        division = system.hire(Role.DIVISION)
        office = Office(
            system,
            system.administrator,
            caseworker,
            coordinator,
            caseworker,
            division,
            division,
            coordinator,
        )
        story = Story(office)
        story.until_delivery()
        wanted = {"at_least": story.position, "text": "سلمي"}
        rows = caseworker.step("/v1/cases/search", wanted)["cases"]
        assert [(row["case_id"], row["stage"]) for row in rows] == [
            (story.ids["case"], "follow_up")
        ]
        agreement = division.found(f"/v1/agreements/{story.ids['agreement']}")
        assert agreement["delivered"] == "32000.00"
        require_papers_kept(story)
        require_forgotten(office, postgres.url(postgres_database.name, SUPERUSER))
        well(data, **environment)
        again = jisr("database prepare", data, **environment, **owner)
        assert again.returncode == 0, again.stderr
        acts = system.hire(Role.AUDITOR).found("/v1/upkeep")["acts"]
        assert acts[0]["act"] == "database_prepared", "there was nothing to tell it in before"
        assert [each["act"] for each in acts].count("database_prepared") == 1
        assert '"level": "error"' not in system.logs()
    assert [file.name for file in data.glob("*.db")] == ["temporal.db"]


def test_a_database_that_spells_otherwise_is_named_by_the_doctor(
    tmp_path: Path, postgres: PrivatePostgres
) -> None:
    name = "spells_otherwise"
    with psycopg.connect(postgres.url("postgres", SUPERUSER), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} OWNER {OWNER} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
        )
    make_master_key(tmp_path / "master.key")
    settings = Settings(
        data=tmp_path,
        database_url=postgres.url(name, OWNER),
        master_key_file=tmp_path / "master.key",
        temporal_address="127.0.0.1:9",
    )
    (ledger,) = (each for each in examine(settings) if each.part is Part.LEDGER)
    postgres.drop_database(name)
    assert ledger.severity is Severity.BROKEN
    assert "encoding is LATIN1" in ledger.found
    assert "ENCODING 'UTF8'" in ledger.found
