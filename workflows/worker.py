"""Who runs the workflows of cases and batches: one Temporal worker, its ledger's writer, what keeps them level.

A worker of a release that an upgrade has left behind stops asking Temporal for work, and only
waits to be ended: whoever keeps it running need not start it again and again.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import NondeterminismError

from domain.errors import JisrError
from domain.events.levels import LEVELS
from ledger.following.follower import Follower
from ledger.ledger import Ledger
from ledger.recording.writer import Writer
from workflows.batch.activities import BatchActivities
from workflows.batch.lines import BatchLines
from workflows.batch.pacing import Pace
from workflows.batch.runs import BatchRuns
from workflows.batch.workflow import BatchWorkflow
from workflows.case.activities import CaseActivities
from workflows.case.engine import Engine
from workflows.case.messages import TASK_QUEUE
from workflows.case.runs import Runs
from workflows.case.schedule import Schedule
from workflows.case.workflow import CaseWorkflow
from workflows.refreshing import Refreshing
from workflows.sweep import EVERY, HURRY, Sweep

log = logging.getLogger(__name__)

GRACE = timedelta(seconds=10)
"""How long steps under way may take to finish when the worker stops."""
POLLS = 20
"""Calls that wait for tasks. A task that finds none waiting takes a way through the server's
database: with the usual five that is a tenth of the CPU time of a busy system."""
STICKY = timedelta(seconds=2)
"""How long a case's next task waits for the worker that has it cached, before any may take it.

With the usual ten seconds, steps of a killed worker's cases would wait as long."""


LOOK_SECONDS = 1.0
"""Between two looks whether this release is left behind; a step's own look is under its lock."""


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """What differs between a test, a small installation and a large one."""

    task_queue: str = TASK_QUEUE
    sandbox: bool = False
    """Checks that the workflow is deterministic, for a third of the throughput."""
    cached_workflows: int = 2000
    """Each takes 0.12 MB; one that is not cached is replayed at its next step."""
    sweep_every: float = EVERY
    skips_time: bool = False
    """Believes the process engine's clock: only where a test has years pass."""
    hurry_every: float = HURRY
    """Seconds between two looks at what is overdue or suspected."""


def build_worker(
    client: Client,
    activities: CaseActivities,
    options: WorkerOptions,
    batches: BatchActivities | None = None,
) -> Worker:
    """A worker of the workflows of cases and batches; `run` or enter it."""
    runner: WorkflowRunner = (
        SandboxedWorkflowRunner() if options.sandbox else UnsandboxedWorkflowRunner()
    )
    return Worker(
        client,
        task_queue=options.task_queue,
        workflows=[CaseWorkflow, BatchWorkflow],
        activities=[*activities.all(), *(batches.all() if batches else ())],
        workflow_runner=runner,
        # A run whose history does not fit the workflow ends, and the next step begins another.
        workflow_failure_exception_types=[NondeterminismError],
        no_remote_activities=True,
        build_id=f"level-{LEVELS.reads}",  # or the SDK reads and hashes every module that is loaded
        max_cached_workflows=options.cached_workflows,
        max_concurrent_workflow_task_polls=POLLS,
        graceful_shutdown_timeout=GRACE,
        sticky_queue_schedule_to_start_timeout=STICKY,
    )


async def run_worker(
    client: Client,
    ledger: Ledger,
    schedule: Schedule,
    stop: asyncio.Event,
    options: WorkerOptions | None = None,
) -> None:
    """Run the worker until `stop`, then let steps under way finish.

    Beside it the sweep and the follower that refreshes workflows: in one worker at a time. Left
    behind by an upgrade, it stops working at once, says so, and returns at `stop` all the same.
    """
    options = options or WorkerOptions()
    if not await _is_left_behind(ledger):
        await _work(client, ledger, schedule, stop, options)
    if not stop.is_set():
        log.error("the ledger is on a level that this release does not read; this worker waits")
        await stop.wait()


async def _work(
    client: Client,
    ledger: Ledger,
    schedule: Schedule,
    stop: asyncio.Event,
    options: WorkerOptions,
) -> None:
    """Until `stop`, or until this release is left behind."""
    ending = asyncio.Event()
    writer = Writer(ledger)
    activities = CaseActivities(ledger, writer, schedule, skips_time=options.skips_time)
    sweep = Sweep(
        client,
        ledger,
        schedule,
        writer,
        task_queue=options.task_queue,
        last_step=lambda: activities.last_step,
    )
    lines = BatchLines(ledger, Engine(client, task_queue=options.task_queue))
    pace = Pace(lambda: activities.last_step)
    batches = BatchActivities(ledger, writer, lines, pace)
    try:
        async with (
            build_worker(client, activities, options, batches),
            _refreshed(client, ledger, options.task_queue),
            asyncio.TaskGroup() as tasks,
        ):
            tasks.create_task(sweep.run(ending, options.sweep_every, options.hurry_every))
            while not stop.is_set() and not await _is_left_behind(ledger):
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await stop.wait()
            ending.set()
    finally:
        await asyncio.to_thread(writer.close)


async def _is_left_behind(ledger: Ledger) -> bool:
    """What cannot be asked now is asked again, and until then decides nothing either."""
    with suppress(JisrError):
        return await asyncio.to_thread(ledger.level.is_above)
    return False


@asynccontextmanager
async def _refreshed(client: Client, ledger: Ledger, task_queue: str) -> AsyncIterator[None]:
    """With a follower, in a thread of its own, that tells workflows what went past them."""
    loop = asyncio.get_running_loop()
    tracking = await asyncio.to_thread(ledger.feed.tracking)
    batches = BatchRuns(client, task_queue)
    projection = Refreshing(tracking, Runs(client, task_queue), loop, batches)
    follower = Follower(ledger.feed, tracking, projection)
    with ThreadPoolExecutor(1, thread_name_prefix="follower") as thread:
        running = loop.run_in_executor(thread, follower.run)
        try:
            yield
        finally:
            follower.stop()
            await running
            tracking.close()
