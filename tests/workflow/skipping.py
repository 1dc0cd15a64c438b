"""A case on a ledger of its own whose clock a test moves, and a server whose workflows skip time.

Each timer on the way waits a real second, so that long hops cost less than many short ones.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from temporalio.service import RetryConfig, RPCError
from temporalio.testing import WorkflowEnvironment

from domain.case import reviews
from domain.case.events import ReminderRecorded
from domain.case.putting_off import Pause
from domain.case.state import CaseState
from domain.case.steps import ConfirmCaseRequest, PauseCase
from domain.commands import HANDLINGS
from domain.example.beside import (
    record_minutes,
    register_beneficiary,
    register_centre,
    register_staff,
    schedule_session,
    sign_agreement,
)
from domain.example.person import DELIVERED, EXAMPLE
from domain.example.registered import register_entries
from domain.example.way import Way, of_project, taken_by
from domain.message import (
    Actor,
    Command,
    Origin,
    OriginKind,
    Role,
    Step,
    StreamKind,
    derived_id,
    stream_id,
)
from domain.registry.state import REGISTRY
from domain.staff.state import DIRECTORY
from domain.tracks.self_employment.steps import ProposeProject
from domain.values.calendar import local_date
from ledger.opening import open_ledger
from tests.support.waiting import eventually
from tests.workflow.house import CALENDAR, MASTER_KEYS
from workflows.case.messages import TASK_QUEUE, SealedOrder, workflow_id
from workflows.case.runs import CannotReplayError, Runs
from workflows.case.schedule import Schedule
from workflows.server.embedded import temporal_binary
from workflows.worker import WorkerOptions, run_worker

ADMINISTRATOR = Actor(id=uuid4(), role=Role.ADMINISTRATOR)
HOP = timedelta(days=63)
SKIPPING = ("--dynamic-config-value", "frontend.WorkflowTimeSkippingEnabled=true")


class Programme:
    """The real rules on a real ledger, whose clock the test sets; one case, delivered today."""

    def __init__(self, folder: Path) -> None:
        self.now = datetime.now(UTC)
        self.ledger = open_ledger(
            f"sqlite://{folder}/ledger.db",
            f"sqlite://{folder}/keys.db",
            MASTER_KEYS,
            calendar=CALENDAR,
            clock=lambda: self.now,
        )
        self.case_id = str(uuid4())
        self.stream = stream_id(StreamKind.CASE, self.case_id)
        self.beneficiary = uuid4()
        self.caseworker = self._deliver()

    @property
    def today(self) -> date:
        return local_date(self.now)

    def command(self, target: str, step: Step, actor: Actor) -> Command:
        origin = Origin(kind=OriginKind.IMPORT)
        return Command(id=uuid4(), target=target, step=step, actor=actor, origin=origin)

    def record(self, target: str, step: Step, actor: Actor) -> UUID:
        command = self.command(target, step, actor)
        self.ledger.record(command)
        return command.id

    def _deliver(self) -> Actor:
        for step in (register_centre(), *register_entries()):
            self.record(REGISTRY, step, ADMINISTRATOR)
        caseworker = self.hire(Role.CASEWORKER, EXAMPLE.centre)
        division = self.division = self.hire(Role.DIVISION)
        agreement, person = uuid4(), stream_id(StreamKind.BENEFICIARY, self.beneficiary)
        begins = self.today - timedelta(days=DELIVERED)
        way = self.way = Way(self.beneficiary, caseworker.id, agreement, begins=begins)
        self.record(stream_id(StreamKind.AGREEMENT, agreement), sign_agreement(way), division)
        session = stream_id(StreamKind.SESSION, way.session_id)
        for called in (schedule_session(way), record_minutes(way)):
            self.record(session, called, division)
        self.record(person, register_beneficiary(way), caseworker)
        project_id = EXAMPLE.project_id
        for step in way.steps():
            by = caseworker if taken_by(step) is Role.CASEWORKER else division
            on_case = HANDLINGS[type(step)].kind is StreamKind.CASE
            target = self.stream if on_case else stream_id(StreamKind.ORDER, way.order_id)
            command_id = self.record(target, of_project(step, project_id), by)
            if isinstance(step, ProposeProject):
                project_id = derived_id(command_id, "project")
        return caseworker

    def hire(self, role: Role, centre: str | None = None) -> Actor:
        post = register_staff(f"{role}-1", role, centre)
        staff_id = derived_id(self.record(DIRECTORY, post, ADMINISTRATOR), "staff")
        return Actor(id=staff_id, role=role, centre=centre)

    def state(self) -> CaseState:
        state = self.ledger.state(self.stream)
        assert isinstance(state, CaseState)
        return state

    def by_two(self, step: Step) -> None:
        """What a caseworker asks for about the case, and the division confirms."""
        self.record(self.stream, step, self.caseworker)
        self.record(self.stream, ConfirmCaseRequest(occurred_on=self.today), self.division)

    def order(self, step: Step) -> SealedOrder:
        command = self.command(self.stream, step, self.caseworker)
        sealed = self.ledger.seal(command, self.beneficiary)
        return SealedOrder(self.case_id, str(sealed.command_id), str(sealed.subject), sealed.blob)

    def reminders(self) -> list[ReminderRecorded]:
        events = (recorded.event for recorded in self.ledger.history(self.stream))
        return [event for event in events if isinstance(event, ReminderRecorded)]

    def overlooked(self, now: datetime) -> list[str]:
        """The reviews that have fallen due by `now` and of which nothing was recorded."""
        state = self.state()
        rules = reviews.rules_of(state)
        return [
            due.key
            for due in reviews.pending(state, CALENDAR)
            if reviews.fires_at(due, rules, self.case_id) <= now
        ]


@asynccontextmanager
async def skipping(programme: Programme) -> AsyncIterator[WorkflowEnvironment]:
    """A server whose workflows can skip time, with a worker for the programme's cases."""
    async with await WorkflowEnvironment.start_time_skipping_v2(
        dev_server_existing_path=str(temporal_binary()), dev_server_extra_args=SKIPPING
    ) as environment:
        stop = asyncio.Event()
        worker = asyncio.create_task(
            run_worker(
                environment.client,
                programme.ledger,
                Schedule(reviews, CALENDAR),
                stop,
                WorkerOptions(sandbox=True, sweep_every=3600, skips_time=True),
            )
        )
        try:
            yield environment
        finally:
            stop.set()
            await worker


async def pass_days(environment: WorkflowEnvironment, programme: Programme, days: int) -> None:
    """Skip time by long hops; each timer on the way costs a real second.

    A run that follows another within a real second begins a moment later, and the server
    skips over that moment too: so nothing can be asked to be in time by less than a hop.
    """
    handle = environment.client.get_workflow_handle(workflow_id(programme.case_id))
    client = await environment.connect_client(retry_config=RetryConfig(max_retries=1))
    runs = Runs(client, TASK_QUEUE)
    for _ in range(days // HOP.days):
        await environment.fast_forward(handle, HOP)
        programme.now = await environment.get_current_time(handle)
        await settled(runs, programme)


async def settled(runs: Runs, programme: Programme) -> None:
    """Wait until the workflow has nothing left to do now."""

    async def is_at_rest() -> bool:
        with suppress(RPCError, CannotReplayError):
            progress = await runs.progress(programme.case_id)
            due = progress and progress.next_due
            return progress is not None and (not due or datetime.fromisoformat(due) > programme.now)
        return False

    await eventually(is_at_rest, "the workflow does not come to rest")


async def paused(environment: WorkflowEnvironment, programme: Programme, *, days: int) -> Pause:
    """Pause the case today, and wait until its workflow was told."""
    since, until = programme.today, programme.today + timedelta(days=days)
    programme.by_two(PauseCase(occurred_on=since, until=until, explanation="In hospital."))
    await told(environment, programme)
    return Pause(since, until)


async def told(environment: WorkflowEnvironment, programme: Programme) -> None:
    """Wait until the workflow knows of what was recorded past it."""
    version = programme.ledger.state(programme.stream).version
    runs = Runs(environment.client, TASK_QUEUE)

    async def is_told() -> bool:
        with suppress(RPCError, CannotReplayError):
            progress = await runs.progress(programme.case_id)
            return progress is not None and progress.version == version
        return False

    await eventually(is_told, "the workflow is not told")
