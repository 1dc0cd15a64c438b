"""Runs that are replayed from the beginning again and again, whatever comes in whichever order.

One worker after another takes them up cold, as after so many restarts, while updates, signals,
timers and new runs come in an order drawn by chance, whose seed is in the failure's output.
Not a worker without a cache: such a one puts a run away while its local activity is under way,
and then the SDK writes histories that nobody can replay, whatever the workflow does.
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from domain.errors import Refused, Unavailable
from domain.message import Step
from tests.support.waiting import eventually
from tests.workflow.house import House
from tests.workflow.toy import DAY, Close, NeedsNote, Note, Plan, Reopen
from workflows.case import workflow as case_workflow
from workflows.case.messages import workflow_id
from workflows.case.workflow import CaseWorkflow

STEPS = 60
BUSY = 30
"""Tenths of a second that a worker may take to record anything at all."""
UPDATES = 12
"""Of a run, so that one follows another many times."""


@asynccontextmanager
async def workers(house: House, chance: random.Random) -> AsyncIterator[None]:
    """One after another; each knows nothing of what the one before had replayed."""
    stop = asyncio.Event()

    async def follow_each_other() -> None:
        while not stop.is_set():
            before = house.ledger.head()
            async with house.serving():
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), chance.uniform(0.1, 0.6))
                for _ in range(BUSY):  # on a busy machine it has only just begun
                    if stop.is_set() or house.ledger.head() > before:
                        break
                    await asyncio.sleep(0.1)

    following = asyncio.create_task(follow_each_other())
    try:
        yield
    finally:
        stop.set()
        await following


async def send(house: House, case: str, step: Step) -> None:
    """As a person does: once more under the same key when its run was ended under it."""
    key = uuid4().hex
    try:
        await house.take(case, step, key)
    except Unavailable:
        await house.take(case, step, key)


async def take_part(house: House, case: str, chance: random.Random) -> None:
    """One thing that may happen to a case."""
    what = chance.choice(["note", "note", "note", "plan", "refused", "close", "tell", "anew"])
    day = {"occurred_on": DAY}
    if what == "plan":
        due = datetime.now(UTC) + timedelta(seconds=chance.uniform(-1, 2))
        await send(house, case, Plan(due=due, **day))
    elif what == "refused":
        await send(house, case, NeedsNote(**day))
    elif what == "close":
        await send(house, case, Close(**day))
        await send(house, case, Reopen(**day))
    elif what == "tell":
        house.ledger.record(house.command(case, Note(text="written past it", **day)))
        await house.runs.begin(case, house.version(case))
    elif what == "anew":
        await house.runs.begin(case, 0, anew=chance.random() < 0.2)
    else:
        await send(house, case, Note(text="seen", **day))


async def histories(house: House, case: str) -> list[WorkflowHistory]:
    """Of all the runs of a case."""
    found = []
    async for run in house.client.list_workflows(f"WorkflowId = '{workflow_id(case)}'"):
        handle = house.client.get_workflow_handle(run.id, run_id=run.run_id)
        found.append(await handle.fetch_history())
    return found


@pytest.mark.parametrize("seed", [random.randrange(10**6)], ids=["drawn"])
async def test_no_order_of_things_makes_a_history_that_does_not_replay(
    house: House, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    print(f"seed {seed}")  # noqa: T201 - shown when it fails
    chance = random.Random(seed)
    monkeypatch.setattr(case_workflow, "UPDATES_A_RUN", UPDATES)
    async with workers(house, chance):
        case = await house.opened()

        async def some() -> None:
            for _ in range(STEPS // 4):
                await asyncio.sleep(chance.uniform(0, 0.1))
                with suppress(Refused):  # it was closed, or there was no note yet
                    await take_part(house, case, chance)

        await asyncio.gather(*(some() for _ in range(4)))
        planned = house.events(case).count("Planned")
        await house.runs.begin(case, house.version(case))
        if house.ledger.state(f"case/{case}").is_open:  # type: ignore[attr-defined]  # a toy
            await eventually(lambda: house.events(case).count("Reminded") == planned)
    runs = await histories(house, case)
    assert len(runs) > STEPS // UPDATES // 2
    replayer = Replayer(workflows=[CaseWorkflow], workflow_runner=UnsandboxedWorkflowRunner())
    for run in runs:
        kinds = {event.event_type for event in run.events}
        assert EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED not in kinds
        await replayer.replay_workflow(run)
