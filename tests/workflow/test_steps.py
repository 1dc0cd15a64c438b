"""Steps through a case's workflow: once, in order, and answered the same for ever."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest
from temporalio import workflow
from temporalio.client import WorkflowExecutionStatus, WorkflowUpdateFailedError
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from domain.errors import JisrError, KeyReused, Refused, Unavailable, Unexpected
from ledger.recording.writer import Writer
from tests.support.waiting import PATIENCE, eventually
from tests.workflow.house import SCHEDULE, House, locked
from tests.workflow.toy import DAY, Close, NeedsNote, Note, Open, Reopen, Stumble
from workflows.case.activities import CaseActivities
from workflows.case.connecting import connect
from workflows.case.engine import Engine
from workflows.case.messages import (
    ANOTHER_CASE,
    RECORD_STEP,
    TAKE_STEP,
    WORKFLOW,
    CaseStart,
    SealedOrder,
    workflow_id,
)
from workflows.case.workflow import UPDATES_A_RUN
from workflows.server.embedded import NAMESPACE, EmbeddedServer, free_ports


def note(text: str = "seen at the centre") -> Note:
    return Note(occurred_on=DAY, text=text)


async def test_a_step_sent_several_times_at_once_happens_once_and_answers_the_same(
    house: House,
) -> None:
    async with house.working():
        case = await house.opened()
        answers = await asyncio.gather(*(house.take(case, note(), "key") for _ in range(5)))
        assert len(set(answers)) == 1
        assert json.loads(answers[0])["events"] == ["Noted"]
        assert house.events(case) == ["Opened", "Noted"]


async def test_a_key_reused_with_another_body_is_refused(house: House) -> None:
    async with house.working():
        case = await house.opened()
        await house.take(case, note("one"), "key")
        with pytest.raises(KeyReused):
            await house.take(case, note("two"), "key")
        assert house.events(case) == ["Opened", "Noted"]


async def test_a_key_is_remembered_after_the_run_continued_as_new(house: House) -> None:
    async with house.working():
        case = await house.opened()
        first_run = (await house.workflow(case).describe()).run_id
        answer = await house.take(case, note("one"), "key")
        engines = [house.engine for _ in range(8)]
        orders = [house.order(case, note()) for _ in range(UPDATES_A_RUN + 40)]
        await asyncio.gather(*(engines[n % 8].take_step(order) for n, order in enumerate(orders)))
        assert (await house.workflow(case).describe()).run_id != first_run
        assert await house.take(case, note("one"), "key") == answer
        with pytest.raises(KeyReused):
            await house.take(case, note("two"), "key")
        assert house.version(case) == len(orders) + 2
        await house.level(case)


async def test_a_step_refused_once_passes_later_under_the_same_key(house: House) -> None:
    async with house.working():
        case = await house.opened()
        step = NeedsNote(occurred_on=DAY)
        with pytest.raises(Refused) as refused:
            await house.take(case, step, "key")
        assert (refused.value.code, refused.value.params) == ("refused", {})
        await house.take(case, note())
        await house.take(case, step, "key")
        assert house.events(case) == ["Opened", "Noted", "Noted"]


async def test_a_closed_case_answers_and_can_be_reopened(house: House) -> None:
    async with house.working():
        case = await house.opened()
        answer = await house.take(case, Close(occurred_on=DAY), "closing")
        await completed(house, case)
        with pytest.raises(Refused):
            await house.take(case, note())
        assert await house.take(case, Close(occurred_on=DAY), "closing") == answer
        await completed(house, case)
        await house.take(case, Reopen(occurred_on=DAY))
        await house.take(case, note())
        assert await house.status(case) is WorkflowExecutionStatus.RUNNING


async def test_a_case_that_never_came_to_be_leaves_no_workflow_running(house: House) -> None:
    async with house.working():
        case = str(uuid4())
        with pytest.raises(Refused):
            await house.take(case, note())
        await completed(house, case)


async def completed(house: House, case: str) -> None:
    async with asyncio.timeout(PATIENCE):
        await house.workflow(case).result()


async def test_a_fault_in_a_rule_is_named_at_once_and_blocks_nothing(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async with house.working():
        case, other = await house.opened(), await house.opened()
        results = await asyncio.gather(
            house.take(case, Stumble(occurred_on=DAY)),
            house.take(case, note()),
            house.take(other, note()),
            return_exceptions=True,
        )
        assert caplog.text.count("unexpected KeyError") == 1, "it is not tried again"
        assert isinstance(results[0], Unexpected)
        assert str(results[0].params["reference"])
        assert house.events(case) == house.events(other) == ["Opened", "Noted"]


async def test_what_a_fault_stumbled_over_is_neither_logged_nor_kept_by_temporal(
    house: House, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    async with house.working():
        case = await house.opened()
        with pytest.raises(Unexpected):
            await house.take(case, Stumble(occurred_on=DAY, text="Fatima Zahra"))
        history = (await house.workflow(case).fetch_history()).to_json()
        assert "Fatima" not in history
        assert "Fatima" not in caplog.text
        assert caplog.text.count("unexpected KeyError") == 1


async def test_more_steps_at_once_than_temporal_takes_are_all_recorded(
    house: House, temporal: EmbeddedServer
) -> None:
    """A dozen processes ask for steps of one case, of which Temporal takes ten at a time."""
    async with house.working():
        case = await house.opened()
        clients = [await connect(temporal.address, NAMESPACE) for _ in range(12)]
        engines = [replace(house, client=client).engine for client in clients]
        orders = [house.order(case, note()) for _ in range(36)]
        said = await asyncio.gather(
            *(engines[n % 12].take_step(order) for n, order in enumerate(orders))
        )
        versions = sorted(json.loads(each.answer)["version"] for each in said)
        assert versions == list(range(2, 38))


async def test_an_outage_of_the_ledger_is_waited_out(house: House, tmp_path: Path) -> None:
    async with house.working():
        case = await house.opened()
        with locked(tmp_path):
            taking = asyncio.create_task(house.take(case, note()))
            await asyncio.sleep(1.5)
            assert not taking.done()
        await taking
        assert house.events(case) == ["Opened", "Noted"]


async def test_a_step_given_up_in_an_outage_happens_once_when_asked_again(
    house: House, tmp_path: Path
) -> None:
    async with house.working():
        case = await house.opened()
        order = house.order(case, note(), "key")
        with locked(tmp_path), pytest.raises(Unavailable):
            await house.impatient(0.5).take_step(order)
        await house.engine.take_step(order)
        assert house.events(case) == ["Opened", "Noted"]


async def test_without_a_worker_or_a_server_a_step_is_unavailable(house: House) -> None:
    order = house.order(str(uuid4()), Open(occurred_on=DAY))
    with pytest.raises(Unavailable):
        await house.impatient(0.3).take_step(order)
    nowhere = Engine(await connect(f"127.0.0.1:{free_ports(1)[0]}", NAMESPACE))
    with pytest.raises(Unavailable):
        await nowhere.take_step(order)


async def test_a_cancelled_request_stays_cancelled(house: House) -> None:
    order = house.order(str(uuid4()), Open(occurred_on=DAY))
    taking = asyncio.create_task(house.engine.take_step(order))
    await asyncio.sleep(0.2)
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking


async def test_a_refresh_brings_the_workflow_level_with_the_ledger(house: House) -> None:
    async with house.working():
        case = await house.opened()
        house.ledger.record(house.command(case, note()))
        await house.runs.begin(case, 2)
        assert (await house.level(case)).version == 2


async def test_an_order_altered_to_name_another_case_is_refused(house: House) -> None:
    async with house.working():
        case, other = await house.opened(), await house.opened()
        order = house.order(case, note())
        moved = replace(order, case_id=other)
        with pytest.raises(JisrError):
            await house.engine.take_step(moved)
        assert house.events(case) == house.events(other) == ["Opened"]


@workflow.defn(name=WORKFLOW, sandboxed=False)
class Careless:
    """Takes anybody's order, as ours would if it did not look."""

    @workflow.run
    async def run(self, _start: CaseStart) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.update(name=TAKE_STEP)
    async def take_step(self, order: SealedOrder) -> None:
        await workflow.execute_local_activity(
            RECORD_STEP,
            order,
            schedule_to_close_timeout=timedelta(seconds=5),
            retry_policy=RetryPolicy(maximum_attempts=1),
        )


async def test_an_order_delivered_to_another_cases_workflow_is_refused(house: House) -> None:
    """By the workflow, and again where it would be recorded."""
    case, other = str(uuid4()), str(uuid4())
    async with house.working():
        for each in (case, other):
            await house.take(each, Open(occurred_on=DAY))
        order = house.order(case, note())
        with pytest.raises(WorkflowUpdateFailedError) as refused:
            await house.workflow(other).execute_update(TAKE_STEP, order)
        assert cast("ApplicationError", refused.value.cause).type == ANOTHER_CASE
        assert house.events(case) == house.events(other) == ["Opened"]
    writer = Writer(house.ledger)
    activities = CaseActivities(house.ledger, writer, SCHEDULE).all()
    queue = f"{house.queue}-careless"
    async with Worker(house.client, task_queue=queue, workflows=[Careless], activities=activities):
        stray = await house.client.start_workflow(
            WORKFLOW, CaseStart(other), id=f"case-{uuid4()}", task_queue=queue
        )
        with pytest.raises(WorkflowUpdateFailedError) as failed:
            await stray.execute_update(TAKE_STEP, order)
        assert cast("ApplicationError", failed.value.cause).type == "refused"
        assert house.events(case) == house.events(other) == ["Opened"]
    writer.close()


async def test_the_opening_step_is_the_first_thing_a_workflow_does(house: House) -> None:
    async with house.working():
        case = await house.opened()
        history = await house.client.get_workflow_handle(workflow_id(case)).fetch_history()
        markers = [e for e in history.events if e.HasField("marker_recorded_event_attributes")]
        assert len(markers) == 1


async def test_a_stopping_worker_lets_the_steps_under_way_finish(house: House) -> None:
    async with house.working():
        case = await house.opened()
        orders = [house.order(case, note()) for _ in range(5)]
        taking = [asyncio.create_task(house.engine.take_step(order)) for order in orders]
        await eventually(lambda: house.version(case) > 1)
    async with house.working():
        await asyncio.gather(*taking)
    assert house.version(case) == 6
