"""Temporal's database is deleted: the ledger has all it takes to go on."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from temporalio.client import Client

from domain.case.steps import CloseCase
from domain.case.vocabulary import Outcome
from domain.example.way import Way
from tests.faults.agreement import assert_everything_is_there_once, assert_views_agree
from tests.faults.crowd import Crowd
from tests.faults.house import House, house_on_files
from tests.faults.parts import temporal_address
from tests.support.commands import jisr
from tests.support.waiting import eventually
from workflows.case.connecting import connect
from workflows.case.messages import TASK_QUEUE, WORKFLOW, Progress, case_id_of
from workflows.case.runs import Runs
from workflows.server.embedded import NAMESPACE, EmbeddedServer

RUNNING = f"WorkflowType = '{WORKFLOW}' AND ExecutionStatus = 'Running'"
CLOSING = CloseCase(occurred_on=date(2026, 6, 30), outcome=Outcome.LEFT_COUNTRY)


def delete_database(folder: Path) -> None:
    files = list(folder.glob("temporal.db*"))
    assert files
    for file in files:
        file.unlink()


def three_cases(house: House) -> tuple[Crowd, set[str]]:
    """Two that are open, one of them with visits to come, and one that is closed."""
    crowd, today = Crowd(house), datetime.now(UTC).date()
    agreement_id, begins = crowd.sign(), today - timedelta(days=600)
    lately = crowd.follow(crowd.sign(who=Way(begins=begins)), begins=begins)
    other, closed = crowd.follow(agreement_id), crowd.follow(agreement_id)
    crowd.send(house.coordinator, f"/v1/cases/{closed}/steps/close-case", CLOSING)
    return crowd, {lately, other}


async def progress(address: str, cases: set[str]) -> dict[str, Progress]:
    """What the workflows know, as soon as those of these cases, and no others, know it all."""
    client = await connect(address, NAMESPACE, lazy=False)
    found: dict[str, Progress | None] = {}

    async def all_know() -> bool:
        if await running(client) != cases:
            return False
        found.update({case: await Runs(client, TASK_QUEUE).progress(case) for case in cases})
        return all(found.values())

    await eventually(all_know, f"not all of {cases} run")
    return {case: known for case, known in found.items() if known is not None}


async def running(client: Client) -> set[str]:
    return {case_id_of(each.id) async for each in client.list_workflows(RUNNING)}


def rebuild_workflows(house: House) -> str:
    """What `jisr rebuild workflows` says."""
    command = ("rebuild", "workflows", "--data", str(house.data))
    done = jisr(*command, **house.system.environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.rare  # a worker that is started on an empty server: `tests/workflow/test_sweep.py`
async def test_every_open_case_comes_back_when_the_installation_is_started_again(
    tmp_path: Path,
) -> None:
    with house_on_files(tmp_path, program="service") as house:
        crowd, opened = three_cases(house)
        before = await progress(temporal_address(tmp_path), opened)
        assert all(known.next_due for known in before.values())
        assert house.system.stop() == 0
        delete_database(tmp_path)
        house.system.start()
        assert await progress(temporal_address(tmp_path), opened) == before
        assert not crowd.answered_otherwise()
        assert_everything_is_there_once(crowd)
        assert_views_agree(house)


async def test_the_workflows_of_a_cluster_that_lost_everything_are_rebuilt(tmp_path: Path) -> None:
    cluster = tmp_path / "cluster"
    cluster.mkdir()
    server = EmbeddedServer(cluster)
    given = {"JISR_TEMPORAL_ADDRESS": server.address}
    async with server:
        with house_on_files(tmp_path / "data", given, "service") as house:
            crowd, opened = three_cases(house)
            before = await progress(server.address, opened)
            await server.kill()
            delete_database(cluster)
            await server.start()
            said = rebuild_workflows(house)
            assert "3 cases: 2 workflows started, 0 refreshed, 0 begun anew, 0 failed" in said
            assert await progress(server.address, opened) == before
            again = rebuild_workflows(house)
            assert "0 workflows started, 0 refreshed, 0 begun anew, 0 failed" in again
            assert not crowd.answered_otherwise()
            assert_everything_is_there_once(crowd)
