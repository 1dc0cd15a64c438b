"""Each case's workflow is held beside the ledger: what differs is named, and nothing is mended."""

from uuid import uuid4

import pytest

from tests.support.waiting import eventually
from tests.workflow.house import SCHEDULE, House
from tests.workflow.toy import DAY, Close, Note, Open
from workflows import reconciling
from workflows.case.messages import WORKFLOW, CaseStart, workflow_id
from workflows.case.runs import Wrong
from workflows.reconciling import Differs, Reconciling, WorkflowDiffers


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconciling, "AGAIN_AFTER", 0.0)


async def differences(house: House) -> dict[str, WorkflowDiffers]:
    looking = Reconciling(house.client, house.ledger, SCHEDULE, house.queue)
    found = {each.case_id: each async for each in looking.differences(rate=1000)}
    assert looking.cases == looking.are
    return found


async def is_listed(house: House, case: str) -> bool:
    listed = house.client.list_workflows("ExecutionStatus = 'Running'")
    return workflow_id(case) in {run.id async for run in listed}


async def test_what_differs_from_the_ledger_is_named_case_by_case(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with house.serving():
        level, behind, strange, swapped = [await house.opened() for _ in range(4)]
        assert await differences(house) == {}
        missing, closed, unknown = (str(uuid4()) for _ in range(3))
        house.ledger.record(house.command(behind, Note(occurred_on=DAY, text="seen")))
        for case in (missing, closed):
            house.ledger.record(house.command(case, Open(occurred_on=DAY)))
        house.ledger.record(house.command(closed, Close(occurred_on=DAY)))
        for case in (strange, swapped):
            await house.workflow(case).terminate()
        start = CaseStart(level, 1)
        await house.client.start_workflow(
            WORKFLOW, start, id=workflow_id(swapped), task_queue=house.queue
        )
        for case in (strange, unknown):
            await house.client.start_workflow("Other", id=workflow_id(case), task_queue="elsewhere")
        await eventually(lambda: is_listed(house, unknown))
        found = await differences(house)
        assert {case: each.differs for case, each in found.items()} == {
            behind: Differs.BEHIND,
            missing: Differs.MISSING,
            strange: Differs.STRANGE,
            swapped: Differs.STRANGE,
            unknown: Differs.UNKNOWN,
        }
        assert (found[behind].ledger, found[behind].workflow) == ("2", "1")
        assert await differences(house) == found, "nothing is mended by looking"
        assert level not in found
        assert found[swapped].workflow == Wrong.ARGUMENT, "as level as the case it was begun for"
        monkeypatch.setattr(reconciling, "PART", 2)
        looking = Reconciling(house.client, house.ledger, SCHEDULE, house.queue)
        first = await anext(looking.parts(rate=1000))
        going_on = Reconciling(house.client, house.ledger, SCHEDULE, house.queue)
        rest = [each async for each in going_on.parts(rate=1000, after=first.last)]
        whole = [*first.differences, *(each for part in rest for each in part.differences)]
        assert {each.case_id: each for each in whole} == found
        assert going_on.cases == going_on.are == first.cases + sum(each.cases for each in rest)
        for case in (strange, swapped, unknown):
            await house.workflow(case).terminate()
