"""Troubles of workflows are named, by Temporal's own lists."""

import asyncio
import os
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

import pytest
from temporalio import workflow
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import (
    PauseWorkflowExecutionRequest,
    PollWorkflowTaskQueueRequest,
)
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from domain.errors import Unavailable
from ledger.ground.living import Alive
from service.running.doctor import engine
from service.running.doctor.finding import Severity
from tests.support.waiting import eventually
from tests.workflow.house import House
from tests.workflow.toy import DAY, Note
from workflows.case.messages import WORKFLOW, CaseStart, workflow_id
from workflows.examining import Seen, look
from workflows.pollers import pollers_of
from workflows.sweep import FOR_PEOPLE


async def seen(house: House, **wanted: object) -> Seen:
    """What is seen, as soon as it is what is wanted: the lists lag a little."""
    found = await look(house.client, house.queue)
    for _ in range(400):
        if all(getattr(found, kind) == cases for kind, cases in wanted.items()):
            return found
        await asyncio.sleep(0.1)
        found = await look(house.client, house.queue)
    raise AssertionError(found)


async def test_workflows_that_are_well_are_counted(house: House) -> None:
    async with house.working():
        await house.opened()
        found = replace(await seen(house, running=1, foreign=(), stuck=(), paused=()), restless=())
        (finding,) = engine.workflows(found)
        assert finding.is_well
        assert finding.found == "1 run; the sweep looks at all within 10 minutes"


async def test_a_run_on_another_queue_or_of_another_type_is_named(house: House) -> None:
    cases = sorted(str(uuid4()) for _ in range(2))
    for case, kind, queue in zip(cases, (WORKFLOW, "Other"), ("nobody", house.queue), strict=True):
        await house.client.start_workflow(
            kind, CaseStart(case), id=workflow_id(case), task_queue=queue
        )
    found = await seen(house, foreign=tuple(cases))
    finding = next(iter(engine.workflows(found)))
    assert not finding.is_well
    assert all(case in finding.found for case in cases)


async def test_a_case_begun_anew_three_times_within_the_hour_is_named(house: House) -> None:
    async with house.working():
        case, calm = await house.opened(), await house.opened()
        for _ in range(3):
            await house.runs.begin(case, 0, anew=True)
        await house.runs.begin(calm, 0, anew=True)
        await house.take(case, Note(occurred_on=DAY, text="seen"))
        found = await seen(house)
        while case not in found.restless:  # the lists lag a little
            await asyncio.sleep(0.1)
            found = await seen(house)
        assert calm not in found.restless
        assert any(
            case in finding.found for finding in engine.workflows(found) if not finding.is_well
        )


@workflow.defn(name=WORKFLOW, sandboxed=False)
class Faulty:
    """Stumbles in its first task, and in each that tries it again."""

    @workflow.run
    async def run(self, _start: CaseStart) -> None:
        raise ZeroDivisionError


async def test_a_run_whose_tasks_fail_again_and_again_is_named(house: House) -> None:
    case = str(uuid4())
    runner = UnsandboxedWorkflowRunner()
    async with Worker(
        house.client, task_queue=house.queue, workflows=[Faulty], workflow_runner=runner
    ):
        await house.runs.begin(case, 0)
        found = await seen(house, stuck=(case,))
        assert any(
            case in finding.found for finding in engine.workflows(found) if not finding.is_well
        )


async def test_whoever_polls_and_left_no_word_at_the_ledger_is_a_stranger(house: House) -> None:
    request = PollWorkflowTaskQueueRequest(
        namespace=house.client.namespace,
        task_queue=TaskQueue(name=house.queue),
        identity="1@somewhere-else",
    )
    service = house.client.workflow_service
    polling = asyncio.ensure_future(service.poll_workflow_task_queue(request))
    ours = Alive("worker", f"process {os.getpid()}", 1)
    async with house.working():
        pollers = await pollers_of(house.client, house.queue)
        while len(pollers) < 2:  # the lists lag a little
            await asyncio.sleep(0.1)
            pollers = await pollers_of(house.client, house.queue)
        (finding,) = engine.queue(pollers, [ours])
        assert not finding.is_well
        assert finding.found.startswith("1@somewhere-else asks")
        (finding,) = engine.queue(dict.fromkeys(pollers, 80), [ours])
        assert finding.is_well
    polling.cancel()


async def test_a_run_that_somebody_paused_is_named(house: House) -> None:
    async with house.working():
        case = await house.opened()
        request = PauseWorkflowExecutionRequest(
            namespace=house.client.namespace, workflow_id=workflow_id(case), request_id=case
        )
        await house.client.workflow_service.pause_workflow_execution(request)
        found = await seen(house, paused=(case,))
    (finding,) = (each for each in engine.workflows(found) if each.found.startswith("paused"))
    assert (finding.severity, case in finding.found) == (Severity.BROKEN, True)


async def test_steps_can_be_taken_where_temporal_answers_and_somebody_works(house: House) -> None:
    with pytest.raises(Unavailable) as away:
        await house.engine.require_worker()
    assert away.value.params == {"because": "worker"}

    async def works() -> bool:
        with suppress(Unavailable):
            await house.engine.require_worker()
            return True
        return False

    async with house.working():
        await eventually(works, "the worker is not seen")


def test_a_round_is_said_to_take_as_long_as_it_does_beside_peoples_steps() -> None:
    found = Seen(running=6000, foreign=(), stuck=(), restless=(), paused=())
    assert found.round_seconds == 6000 / FOR_PEOPLE
