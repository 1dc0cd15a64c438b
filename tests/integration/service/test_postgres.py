"""The same service on PostgreSQL: prepared by its owner, run as a role with few rights."""

from pathlib import Path

from domain.message import Role
from service.api.steps.examples import EXAMPLES
from service.running.master_key import make_master_key
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.integration.service.test_cli import jisr
from tests.support.postgres import SERVICE, PostgresDatabase
from tests.support.system import running_system


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

    with running_system(data, **environment) as system:
        centre = EXAMPLES["register-centre"]
        system.administrator.step("/v1/centres", centre)
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
        well = jisr("doctor", data, **environment)
        assert well.returncode == 0, well.stdout
        assert '"level": "error"' not in system.logs()
    assert [file.name for file in data.glob("*.db")] == ["temporal.db"]
