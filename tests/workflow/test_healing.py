"""Runs that are not what they should be are ended, and others begin in their place."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio import workflow
from temporalio.api.workflowservice.v1 import PauseWorkflowExecutionRequest
from temporalio.client import RPCError, WorkflowExecutionStatus
from temporalio.service import RPCStatusCode

from ledger.recording.writer import Writer
from tests.support.waiting import eventually
from tests.workflow import toy
from tests.workflow.house import SCHEDULE, House, open_toy_ledger, unhurried
from tests.workflow.toy import DAY, Note, Open, Plan
from workflows import healing, worker
from workflows.agenda import Agenda
from workflows.case.activities import CaseActivities
from workflows.case.messages import REFRESH, WORKFLOW, CaseStart, workflow_id
from workflows.case.runs import CannotReplayError, Run, Runs, Wrong
from workflows.case.workflow import CaseWorkflow
from workflows.healing import Healing, Outcome
from workflows.sweep import Sweep, Swept
from workflows.worker import WorkerOptions

ENDED = {WorkflowExecutionStatus.FAILED, WorkflowExecutionStatus.TERMINATED}
Begin = Callable[[House, str], Awaitable[None]]


def note() -> Note:
    return Note(occurred_on=DAY, text="seen at the centre")


def due_in(seconds: float) -> Plan:
    return Plan(occurred_on=DAY, due=datetime.now(UTC) + timedelta(seconds=seconds))


async def known(house: House) -> str:
    """A case the ledger knows, and Temporal does not."""
    case = str(uuid4())
    house.ledger.record(house.command(case, Open(occurred_on=DAY)))
    return case


async def on_a_dead_queue(house: House, case: str) -> None:
    await house.client.start_workflow(
        WORKFLOW, CaseStart(case), id=workflow_id(case), task_queue="nobody"
    )


async def of_another_type(house: House, case: str) -> None:
    await house.client.start_workflow(
        "Other", CaseStart(case), id=workflow_id(case), task_queue=house.queue
    )


async def of_another_case(house: House, case: str) -> None:
    await house.client.start_workflow(
        WORKFLOW, CaseStart(str(uuid4())), id=workflow_id(case), task_queue=house.queue
    )


async def with_no_argument(house: House, case: str) -> None:
    await house.client.start_workflow(WORKFLOW, id=workflow_id(case), task_queue=house.queue)


async def with_a_version_that_is_none(house: House, case: str) -> None:
    await house.client.start_workflow(
        WORKFLOW,
        {"case_id": case, "version": "first"},
        id=workflow_id(case),
        task_queue=house.queue,
    )


async def paused(house: House, case: str) -> None:
    await house.runs.begin(case, 0)
    await house.client.workflow_service.pause_workflow_execution(
        PauseWorkflowExecutionRequest(
            namespace=house.client.namespace, workflow_id=workflow_id(case), request_id=str(uuid4())
        )
    )


STRANGERS = [
    (on_a_dead_queue, Wrong.QUEUE),
    (of_another_type, Wrong.TYPE),
    (of_another_case, Wrong.ARGUMENT),
    (with_no_argument, Wrong.ARGUMENT),
    (with_a_version_that_is_none, Wrong.ARGUMENT),
    (paused, Wrong.PAUSED),
]


async def own(house: House, case: str) -> bool:
    """Whether the case's own run has its id."""
    run = await house.runs.find(case)
    return run is not None and run.wrong is None


async def over(house: House, case: str) -> bool:
    return await house.runs.find(case) is None


async def until_own_and_level(house: House, case: str) -> None:
    await eventually(lambda: own(house, case))
    await house.level(case)


@pytest.mark.parametrize(("begun", "wrong"), STRANGERS)
async def test_a_step_heals_a_case_whose_id_a_stranger_has(
    house: House, begun: Begin, wrong: Wrong
) -> None:
    case = await known(house)
    await begun(house, case)
    run = await house.runs.find(case)
    assert run is not None
    assert run.wrong is wrong
    async with house.working():
        await house.take(case, note())
        assert house.events(case) == ["Opened", "Noted"]
        assert await own(house, case)


@pytest.mark.parametrize("arguments", [[], [1, 2], ["first"], [None], [[1]], [10**30]])
async def test_a_refresh_that_says_anything_stops_no_run(
    house: House, arguments: list[object]
) -> None:
    case = await known(house)
    async with house.working():
        await until_own_and_level(house, case)
        run = await house.runs.find(case)
        await house.workflow(case).signal(REFRESH, args=arguments)
        await house.take(case, note())
        assert await house.runs.find(case) == run


@pytest.mark.parametrize(("begun", "wrong"), STRANGERS)
async def test_the_sweep_heals_a_case_whose_id_a_stranger_has(
    house: House, begun: Begin, wrong: Wrong
) -> None:
    case = await known(house)
    await begun(house, case)
    async with house.working():
        await until_own_and_level(house, case)


async def test_what_is_overdue_is_healed_between_two_rounds(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(healing, "LATE", timedelta(seconds=1))
    case = await known(house)
    async with house.working(hurry_every=0.5):
        await until_own_and_level(house, case)
        await house.workflow(case).terminate()
        await on_a_dead_queue(house, case)
        house.ledger.record(house.command(case, due_in(0.5)))
        await eventually(lambda: house.events(case)[-1] == "Reminded")
        await until_own_and_level(house, case)


@workflow.defn(name=WORKFLOW, sandboxed=False)
class Edited(CaseWorkflow):
    """Ours, changed by one line: it waits a moment before anything else."""

    @workflow.init
    def __init__(self, start: CaseStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: CaseStart) -> None:
        await workflow.sleep(0.01)
        await super().run(start)


@workflow.defn(name=WORKFLOW, sandboxed=False)
class Stumbling(CaseWorkflow):
    """Ours, with a fault: once told so, no task of the run can be done any more."""

    @workflow.init
    def __init__(self, start: CaseStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: CaseStart) -> None:
        await super().run(start)

    @workflow.signal
    def stumble(self) -> None:
        raise ValueError


@asynccontextmanager
async def edited(house: House, edition: type[CaseWorkflow] = Edited) -> AsyncIterator[None]:
    """A worker of the edited workflow, as ours is built, without a sweep."""
    with Writer(house.ledger) as writer, pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "CaseWorkflow", edition)
        activities = CaseActivities(house.ledger, writer, SCHEDULE)
        options = WorkerOptions(house.queue, sandbox=False)
        async with worker.build_worker(house.client, activities, options):
            yield


async def some_running(house: House, count: int) -> list[str]:
    async with house.working():
        cases = [await house.opened() for _ in range(count)]
        for case in cases:
            await house.take(case, note())
            await house.take(case, due_in(3600))
    return cases


async def test_a_step_passes_on_a_run_whose_history_no_longer_replays(house: House) -> None:
    cases = await some_running(house, 8)
    async with edited(house):
        for case in cases:
            before = await house.runs.find(case)
            assert before is not None
            await house.take(case, note())
            assert house.events(case)[-1] == "Noted"
            old = house.client.get_workflow_handle(workflow_id(case), run_id=before.run_id)
            assert (await old.describe()).status in ENDED


async def test_a_step_is_not_given_up_on_a_run_whose_tasks_fail(house: House) -> None:
    """Neither queue nor type nor argument is wrong, and no sweep is there to see it."""
    case = await known(house)
    async with edited(house, Stumbling):
        await house.take(case, note())
        stuck = await house.runs.find(case)
        await house.workflow(case).signal("stumble")
        await house.impatient(20).take_step(house.order(case, note()))
        assert await house.runs.find(case) != stuck
    assert house.events(case) == ["Opened", "Noted", "Noted"]


async def test_the_sweep_begins_anew_what_no_longer_replays(house: House) -> None:
    cases = await some_running(house, 8)
    before = {case: await house.runs.find(case) for case in cases}
    async with edited(house):

        async def all_anew() -> bool:
            """A busy machine may not answer a question in time, and is asked again."""
            await house.sweep()
            now = {case: await house.runs.find(case) for case in cases}
            return all(now[case] not in (None, before[case]) for case in cases)

        await eventually(all_anew)
        for case in cases:
            await until_own_and_level(house, case)


async def test_a_run_that_goes_wrong_after_it_was_level_is_found_in_the_next_round(
    house: House,
) -> None:
    with house.sweeping() as sweep:
        async with house.working():
            case = await house.opened()
            await house.take(case, note())
            await house.listed(1)
            with unhurried():
                assert await sweep.once() == Swept(cases=1)
        async with edited(house):
            await eventually(lambda: replaced(sweep))
            await until_own_and_level(house, case)


async def replaced(sweep: Sweep) -> bool:
    """A busy machine may not answer a question in time, and is asked again."""
    return (await sweep.once()).replaced == 1


async def test_a_run_that_goes_by_another_calendar_is_told_and_asks_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was recorded, and yet what is due has moved."""
    async with house.working():
        case = await house.opened()
        await house.take(case, due_in(3600))
        before = await house.level(case)
        await house.listed(1)
        later = datetime.now(UTC) + timedelta(hours=9)
        assert before.next_due != later.isoformat()
        monkeypatch.setattr(toy, "next_fire", lambda *_: later)
        with house.sweeping() as sweep, unhurried():
            assert (await sweep.once()).refreshed == 1
            await eventually(lambda: falls_due(house, case, later))
            assert await sweep.once() == Swept(cases=1)


async def falls_due(house: House, case: str, at: datetime) -> bool:
    return (await house.level(case)).next_due == at.isoformat()


def copy_databases(folder: Path, to: Path) -> None:
    to.mkdir()
    for file in folder.glob("*.db*"):
        shutil.copy(file, to)


async def test_a_workflow_ahead_of_an_older_ledger_is_begun_anew(
    house: House, tmp_path: Path
) -> None:
    """Also one whose case the older ledger does not know at all: it ends."""
    older = tmp_path / "older"
    async with house.working():
        case = await house.opened()
        copy_databases(tmp_path, older)
        await house.take(case, note())
        unknown = await house.opened()
    await house.listed(2)
    brought_back = open_toy_ledger(older)
    then = House(house.client, brought_back, house.queue)
    async with then.working():
        await until_own_and_level(then, case)
        await eventually(lambda: over(then, unknown))
    brought_back.close()


async def test_steps_pass_while_their_run_is_begun_anew_again_and_again(house: House) -> None:
    async with house.working():
        case = await house.opened()

        async def disturb() -> None:
            for _ in range(8):
                await asyncio.sleep(0.1)
                await house.runs.begin(case, 0, anew=True)

        disturbing = asyncio.create_task(disturb())
        for _ in range(40):
            await house.take(case, note())
        await disturbing
        assert house.events(case).count("Noted") == 40


async def test_a_case_that_cannot_be_levelled_stops_no_other(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = await known(house), await known(house)
    find = Runs.find

    async def stumble(self: Runs, case_id: str) -> Run | None:
        if case_id == bad:
            raise RPCError("it went wrong", RPCStatusCode.INTERNAL, b"")
        return await find(self, case_id)

    monkeypatch.setattr(Runs, "find", stumble)
    with unhurried():
        assert await house.sweep() == Swept(cases=2, started=1, failed=1)
    monkeypatch.undo()
    assert await own(house, good)


async def test_a_run_that_anew_is_no_better_is_left_alone_after_three_times(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await known(house)
    agenda = Agenda(house.ledger, SCHEDULE)
    healer = Healing(house.runs, agenda)

    async def unanswerable(self: Runs, case_id: str) -> None:
        raise CannotReplayError

    monkeypatch.setattr(Runs, "progress", unanswerable)
    await house.runs.begin(case, 1)
    outcomes = [await healer.level_out(case) for _ in range(5)]
    assert outcomes == [Outcome.REPLACE] * 3 + [Outcome.FAIL] * 2
