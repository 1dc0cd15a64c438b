"""Who runs the workflows of cases: one Temporal worker, its ledger's writer, and the sweep.

A worker of a release that an upgrade has left behind stops asking Temporal for work, and only
waits to be ended: whoever keeps it running need not start it again and again.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkflowRunner
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner
from temporalio.workflow import NondeterminismError

from domain.errors import JisrError
from ledger.ledger import Ledger
from ledger.writer import Writer
from workflows.case.activities import CaseActivities
from workflows.case.messages import TASK_QUEUE
from workflows.case.schedule import Schedule
from workflows.case.workflow import CaseWorkflow
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
    client: Client, ledger: Ledger, writer: Writer, schedule: Schedule, options: WorkerOptions
) -> Worker:
    """A worker of the case workflow; `run` or enter it."""
    runner: WorkflowRunner = (
        SandboxedWorkflowRunner() if options.sandbox else UnsandboxedWorkflowRunner()
    )
    return Worker(
        client,
        task_queue=options.task_queue,
        workflows=[CaseWorkflow],
        activities=CaseActivities(ledger, writer, schedule, skips_time=options.skips_time).all(),
        workflow_runner=runner,
        # A run whose history does not fit the workflow ends, and the next step begins another.
        workflow_failure_exception_types=[NondeterminismError],
        no_remote_activities=True,
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
    """Run the worker and its sweep until `stop`, then let steps under way finish.

    Left behind by an upgrade, it stops working at once, says so, and returns at `stop` all the same.
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
    sweep = Sweep(client, ledger, schedule, writer, task_queue=options.task_queue)
    try:
        async with (
            build_worker(client, ledger, writer, schedule, options),
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
