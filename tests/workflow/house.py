"""A ledger, a worker and an engine around the toy domain, on a real Temporal server."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client, RPCError, WorkflowExecutionStatus, WorkflowHandle

from domain.message import (
    Actor,
    Command,
    Origin,
    OriginKind,
    Role,
    Step,
    StreamKind,
    command_id,
    stream_id,
)
from domain.values.calendar import Calendar, Calendars
from ledger.keys.master import MasterKeys
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from ledger.recording.writer import Writer
from tests.support.waiting import PATIENCE, eventually
from tests.workflow import toy
from workflows import worker
from workflows.agenda import nobody
from workflows.case import runs
from workflows.case.activities import CaseActivities
from workflows.case.engine import Engine
from workflows.case.messages import Progress, SealedOrder, workflow_id
from workflows.case.runs import CannotReplayError, Runs
from workflows.case.schedule import Schedule
from workflows.sweep import Sweep, Swept
from workflows.worker import WorkerOptions, build_worker, run_worker

CALENDAR = Calendar("test", frozenset())
SCHEDULE = Schedule(cast("Any", toy), CALENDAR)
MASTER_KEYS = MasterKeys.single(bytes(32))
SUBJECT = UUID(int=7)
CLERK = Actor(id=UUID(int=1), role=Role.CASEWORKER)


def open_toy_ledger(
    folder: Path, lock_seconds: int = 10, calendars: Calendars = CALENDAR, **settings: Any
) -> Ledger:
    return open_ledger(
        f"sqlite://{folder}/ledger.db",
        f"sqlite://{folder}/keys.db",
        MASTER_KEYS,
        calendar=calendars,
        domain=toy.toy_domain(),
        lock_seconds=lock_seconds,
        **settings,
    )


@dataclass
class House:
    """What a test of the mechanics talks to."""

    client: Client
    ledger: Ledger
    queue: str
    schedule: Schedule = SCHEDULE

    @property
    def engine(self) -> Engine:
        """One that waits as long as a busy machine may take."""
        return self.impatient(PATIENCE)

    def impatient(self, seconds: float) -> Engine:
        return Engine(self.client, task_queue=self.queue, patience=timedelta(seconds=seconds))

    @property
    def runs(self) -> Runs:
        return Runs(self.client, self.queue)

    async def sweep(self) -> Swept:
        """One round."""
        with self.sweeping() as sweep:
            return await sweep.once()

    @contextmanager
    def sweeping(self, last_step: Callable[[], float] = nobody) -> Iterator[Sweep]:
        """One that remembers its rounds."""
        with Writer(self.ledger) as writer:
            yield Sweep(
                self.client,
                self.ledger,
                self.schedule,
                writer,
                task_queue=self.queue,
                last_step=last_step,
            )

    def command(self, case: str, step: Step, key: str | None = None) -> Command:
        return Command(
            id=command_id(CLERK.id, key or uuid4().hex),
            target=stream_id(StreamKind.CASE, case),
            step=step,
            actor=CLERK,
            origin=Origin(kind=OriginKind.API),
        )

    def order(self, case: str, step: Step, key: str | None = None) -> SealedOrder:
        sealed = self.ledger.seal(self.command(case, step, key), SUBJECT)
        return SealedOrder(case, str(sealed.command_id), str(sealed.subject), sealed.blob)

    async def take(self, case: str, step: Step, key: str | None = None) -> str:
        return (await self.engine.take_step(self.order(case, step, key))).answer

    async def opened(self) -> str:
        """A new case, opened."""
        case = str(uuid4())
        await self.take(case, toy.Open(occurred_on=toy.DAY))
        return case

    def events(self, case: str) -> list[str]:
        """The types of the case's events."""
        history = self.ledger.history(stream_id(StreamKind.CASE, case))
        return [recorded.envelope.event_type for recorded in history]

    def version(self, case: str) -> int:
        return self.ledger.state(stream_id(StreamKind.CASE, case)).version

    def workflow(self, case: str) -> WorkflowHandle[Any, Any]:
        return self.client.get_workflow_handle(workflow_id(case))

    async def status(self, case: str) -> WorkflowExecutionStatus | None:
        return (await self.workflow(case).describe()).status

    async def end_all(self) -> None:
        """End every workflow of the server."""
        async for run in self.client.list_workflows("ExecutionStatus = 'Running'"):
            with suppress(RPCError):
                await self.client.get_workflow_handle(run.id, run_id=run.run_id).terminate()

    async def level(self, case: str) -> Progress:
        """Wait until the case's workflow knows what the ledger has; a killed worker's is silent."""
        found: list[Progress] = []

        async def is_level() -> bool:
            with suppress(RPCError, CannotReplayError):  # its last task was too late
                progress = await self.runs.progress(case)
                found[:] = [progress] if progress else []
            return bool(found) and found[0].version == self.version(case)

        await eventually(is_level, "the workflow stays behind")
        return found[0]

    async def listed(self, count: int) -> None:
        """Wait until Temporal's list, which lags a little, has so many running workflows."""
        query = f"TaskQueue = '{self.queue}' AND ExecutionStatus = 'Running'"

        async def are_there() -> bool:
            return (await self.client.count_workflows(query)).count == count

        await eventually(are_there, f"the list does not have {count}")

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """With a worker that runs workflows and nothing else: no sweep, no follower."""
        with Writer(self.ledger) as writer:
            activities = CaseActivities(self.ledger, writer, self.schedule)
            async with build_worker(self.client, activities, WorkerOptions(self.queue)):
                yield

    @asynccontextmanager
    async def told(self) -> AsyncIterator[None]:
        """As `serving`, with the follower that tells workflows what went past them."""
        async with self.serving(), worker._refreshed(self.client, self.ledger, self.queue):
            yield

    @asynccontextmanager
    async def working(
        self,
        *,
        sweep_every: float = 3600,
        hurry_every: float = 3600,
        sandbox: bool = True,
    ) -> AsyncIterator[None]:
        """With a worker in this process."""
        stop = asyncio.Event()
        options = WorkerOptions(
            self.queue,
            sandbox=sandbox,
            sweep_every=sweep_every,
            hurry_every=hurry_every,
        )
        working = run_worker(self.client, self.ledger, self.schedule, stop, options)
        running = asyncio.create_task(working)
        try:
            yield
        finally:
            stop.set()
            await running


@contextmanager
def unhurried() -> Iterator[None]:
    """Runs may take as long to answer as a busy machine does; else a silent one counts as wrong."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "LOOK", timedelta(seconds=PATIENCE))
        yield


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Nobody else can write to the ledger: what an outage looks like on SQLite."""
    connection = sqlite3.connect(folder / "ledger.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()
