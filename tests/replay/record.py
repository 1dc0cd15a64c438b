"""Record the histories that the replay test replays: `python -m tests.replay.record`.

Run it when the workflow changes what it does on purpose (`docs/changing-the-workflow.md`). The
histories hold codes, ids made here and sealed orders of invented cases, nothing personal.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from temporalio.client import Client, WorkflowHistory

from domain.batch.steps import PauseBatch, ResumeBatch
from domain.batch.vocabulary import BatchStatus
from domain.errors import Refused, Unexpected
from tests.support.waiting import eventually
from tests.workflow.centre import DAY as CENTRES_DAY
from tests.workflow.centre import SCHEDULE, Centre, open_centre_ledger
from tests.workflow.house import House, open_toy_ledger
from tests.workflow.toy import DAY, Close, NeedsNote, Note, Plan, Reopen, Stumble
from workflows.batch import activities as batch_activities
from workflows.batch import pacing
from workflows.batch.messages import batch_workflow_id
from workflows.case.workflow import UPDATES_A_RUN
from workflows.server.embedded import NAMESPACE, EmbeddedServer
from workflows.worker import WorkerOptions, run_worker

MACHINE = frozenset({"stackTrace", "workerVersion"})
HISTORIES = Path(__file__).parent / "histories"


def note() -> Note:
    return Note(occurred_on=DAY, text="seen at the centre")


def due_in(seconds: float) -> Plan:
    return Plan(occurred_on=DAY, due=datetime.now(UTC) + timedelta(seconds=seconds))


async def steps(house: House) -> str:
    """Steps, one refused and one that stumbles, and the closing."""
    case = await house.opened()
    for step in (NeedsNote(occurred_on=DAY), Stumble(occurred_on=DAY)):
        with suppress(Refused, Unexpected):
            await house.take(case, step)
    await asyncio.gather(*(house.take(case, note()) for _ in range(4)))
    await house.take(case, Close(occurred_on=DAY))
    await house.workflow(case).result()
    return case


async def reminders(house: House) -> str:
    """Due times: one in a moment, one far away; then a refresh."""
    case = await house.opened()
    await house.take(case, due_in(0.5))
    await house.take(case, due_in(86_400 * 400))
    await eventually(lambda: house.events(case)[-1] == "Reminded")
    house.ledger.record(house.command(case, note()))
    await house.runs.begin(case, house.version(case))
    await house.level(case)
    return case


async def reopened(house: House) -> str:
    """A run that begins with the reopening of a closed case."""
    case = await house.opened()
    await house.take(case, Close(occurred_on=DAY))
    await house.workflow(case).result()
    await house.take(case, Reopen(occurred_on=DAY))
    return case


async def renewed(house: House) -> str:
    """A run that follows one which took as many steps as a run may."""
    case = await house.opened()
    for _ in range(UPDATES_A_RUN):
        await house.take(case, note())
    return case


def bare(part: Any) -> Any:
    """The history without what names the machine it was recorded on."""
    if isinstance(part, dict):
        return {key: bare(value) for key, value in part.items() if key not in MACHINE}
    return [bare(item) for item in part] if isinstance(part, list) else part


STORIES: tuple[Callable[[House], Awaitable[str]], ...] = (steps, reminders, reopened, renewed)


async def batches(client: Client, folder: Path) -> dict[str, WorkflowHistory]:
    """Lines that are looked at, and lines that are taken, with a rest between, by several runs."""
    centre = Centre(open_centre_ledger(folder))
    stop = asyncio.Event()
    options = WorkerOptions("jisr-batches")
    running = asyncio.create_task(run_worker(client, centre.ledger, SCHEDULE, stop, options))

    async def reached(*status: BatchStatus) -> None:
        await eventually(lambda: centre.state(batch).status in status)

    found: dict[str, WorkflowHistory] = {}
    try:
        batch = centre.prepared([*centre.opened(6), None])
        handle = client.get_workflow_handle(batch_workflow_id(str(batch)))
        await reached(BatchStatus.READY)
        await handle.result()
        found["batch_looked"] = await handle.fetch_history()
        centre.start(batch)
        await eventually(lambda: centre.state(batch).take.last > 0)
        centre.on(batch, PauseBatch(occurred_on=CENTRES_DAY))
        await eventually(lambda: centre.state(batch).settled)
        centre.on(batch, ResumeBatch(occurred_on=CENTRES_DAY))
        await reached(BatchStatus.ENDED)
        await handle.result()
        runs = [
            await client.get_workflow_handle(run.id, run_id=run.run_id).fetch_history()
            async for run in client.list_workflows(f"WorkflowId = '{handle.id}'")
        ]
        found["batch_taken"] = max(runs, key=lambda run: len(run.events))
    finally:
        stop.set()
        await running
        centre.ledger.close()
    return found


def keep(name: str, label: str, history: WorkflowHistory) -> None:
    path = HISTORIES / f"{name}-{label}.json"
    path.write_text(json.dumps(bare(json.loads(history.to_json())), indent=1) + "\n")
    print(path.name, len(history.events), "events")  # noqa: T201 - a script


async def record(folder: Path, label: str) -> None:
    async with EmbeddedServer(folder) as server:
        client = await Client.connect(server.address, namespace=NAMESPACE, identity="recorder")
        house = House(client, open_toy_ledger(folder), "jisr-cases")
        async with house.working():
            for story in STORIES:
                case = await story(house)
                keep(story.__name__, label, await house.workflow(case).fetch_history())
        house.ledger.close()
        batch_activities.TOGETHER = 2
        pacing.ALONE = 50.0  # longer than a task of the workflow may take
        (folder / "centre").mkdir()
        for name, history in (await batches(client, folder / "centre")).items():
            keep(name, label, history)


if __name__ == "__main__":
    HISTORIES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        asyncio.run(record(Path(temporary), sys.argv[1] if len(sys.argv) > 1 else "1"))
