"""Histories recorded earlier still replay: a change of the workflow breaks no open case."""

from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from workflows.batch.workflow import BatchWorkflow
from workflows.case.messages import WORKFLOW, CaseStart
from workflows.case.workflow import CaseWorkflow

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.json"))


def load(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json("replayed", path.read_text())


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
async def test_a_recorded_history_replays(path: Path) -> None:
    workflows = [CaseWorkflow, BatchWorkflow]
    replayer = Replayer(workflows=workflows, workflow_runner=SandboxedWorkflowRunner())
    await replayer.replay_workflow(load(path))


def test_every_kind_of_story_was_recorded() -> None:
    assert {path.stem.split("-")[0] for path in HISTORIES} == {
        *("steps", "reminders", "reopened", "renewed"),
        *("batch_looked", "batch_taken"),
    }


@workflow.defn(name=WORKFLOW)
class OtherWorkflow:
    """Waits where the real one asks the ledger: what the replay must notice."""

    @workflow.run
    async def run(self, _start: CaseStart) -> None:
        await workflow.sleep(60)


async def test_the_replay_notices_another_course_of_things() -> None:
    replayer = Replayer(workflows=[OtherWorkflow])
    with pytest.raises(workflow.NondeterminismError):
        await replayer.replay_workflow(load(HISTORIES[-1]))
