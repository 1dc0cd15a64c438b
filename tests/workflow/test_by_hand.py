"""What somebody does to a run in Temporal itself is found and told, once; what ours do is not."""

from pathlib import Path
from uuid import uuid4

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client

from ledger.sqlite.turn import SqliteTurn
from tests.support.waiting import eventually
from tests.workflow.house import House
from workflows.by_hand import ByHand, Ended, How
from workflows.case.messages import WORKFLOW, CaseStart, workflow_id


async def run_of(house: House, case: str) -> str:
    return str((await house.workflow(case).describe()).run_id)


async def send_back(client: Client, case: str, run: str) -> str:
    """To its first task, as somebody at Temporal's pages would; the run that goes on from there."""
    first = None
    async for event in client.get_workflow_handle(workflow_id(case)).fetch_history_events():
        if event.HasField("workflow_task_completed_event_attributes"):
            first = first or event.event_id
    asked = ResetWorkflowExecutionRequest(
        namespace=client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=workflow_id(case), run_id=run),
        reason="To see what comes of it.",
        workflow_task_finish_event_id=first or 0,
        request_id=str(uuid4()),
    )
    return str((await client.workflow_service.reset_workflow_execution(asked)).run_id)


async def test_what_was_done_by_hand_is_told_once_and_what_ours_did_is_not(
    house: House, tmp_path: Path
) -> None:
    found: list[Ended] = []
    turn = SqliteTurn(tmp_path / "turn.lock")
    ours = set[str]()

    def tell(one: Ended) -> None:
        """Temporal has the runs of other houses too."""
        if one.workflow in ours:
            found.append(one)

    by_hand = ByHand(house.client, tell, turn, house.queue)
    async with house.working():
        cases = [await house.opened() for _ in range(4)]
        ended, cancelled, replaced, sent_back = cases
        runs = {case: await run_of(house, case) for case in cases}
        strange = str(uuid4())
        ours |= {workflow_id(each) for each in (*cases, strange)}
        other = await house.client.start_workflow(
            WORKFLOW, CaseStart(strange), id=workflow_id(strange), task_queue="nobody"
        )
        await house.workflow(ended).terminate(reason="Wanted so.")
        await house.workflow(cancelled).cancel()
        await house.runs.begin(replaced, 0, anew=True)
        await house.runs.replace_stranger(strange)
        resumed = await send_back(house.client, sent_back, runs[sent_back])

        async def are_told() -> bool:
            await by_hand.look()
            return len(found) >= 4

        await eventually(are_told)
        await by_hand.look()
    told = {each.workflow: each for each in found}
    assert len(told) == len(found) == 4
    for case, how in ((ended, How.TERMINATED), (cancelled, How.CANCELLED), (sent_back, How.RESET)):
        one = told[workflow_id(case)]
        assert (one.run, one.how) == (runs[case], how)
    assert told[workflow_id(ended)].by == house.client.identity
    assert told[workflow_id(cancelled)].by == house.client.identity
    assert told[workflow_id(sent_back)].next_run == resumed
    stranger = told[workflow_id(strange)]
    assert (stranger.run, stranger.how) == (other.result_run_id, How.REPLACED)
    assert stranger.next_run == await run_of(house, strange)
    await ByHand(house.client, tell, turn, house.queue).look()
    assert len(found) == 8, "another worker looks too: the ledger takes each once"
