"""The same service on PostgreSQL: prepared by its owner, run as a role with few rights."""

from pathlib import Path

import psycopg

from domain.message import Role
from service.api.steps.examples import EXAMPLES
from service.running.doctor.examine import examine
from service.running.doctor.finding import Part, Severity
from service.running.master_key import make_master_key
from service.settings import Settings
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.integration.service.test_cli import jisr, well
from tests.support.postgres import OWNER, SERVICE, SUPERUSER, PostgresDatabase, PrivatePostgres
from tests.support.system import forked_system


def test_a_whole_case_on_postgresql(tmp_path: Path, postgres_database: PostgresDatabase) -> None:
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
        well(data, **environment)
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
