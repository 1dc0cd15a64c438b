"""A year of one case in which things happen by chance, judged as ten years of many are (`tests/years`)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from temporalio.client import WorkflowExecutionStatus
from temporalio.testing import WorkflowEnvironment

from domain.case import steps as c
from domain.case.events import ReminderRecorded
from domain.case.vocabulary import Channel, ContactOutcome, Outcome
from domain.errors import Refused
from domain.example.person import EXAMPLE
from domain.message import Recorded, Role, Step
from domain.rules import ExemptionReason
from domain.tracks.self_employment.steps import RecordVisit, RescheduleVisit
from tests.support.waiting import eventually
from tests.workflow.house import CALENDAR
from tests.workflow.skipping import HOP, Programme, pass_days, skipping, told
from tests.years.judge import Judge
from workflows.case.engine import Engine
from workflows.case.messages import TASK_QUEUE, workflow_id
from workflows.case.runs import Runs

HOPS = 6
MOST = 2
"""So many things are tried at most between two hops."""
WHY = "So it was."
MONTHS = (1, 3, 6, 9, 12)


class ByHops(Judge):
    """The ledger's clock is moved after each hop, so what counts is Temporal's; see `pass_days` for
    why nothing can be asked to be in time by less than one.
    """

    def instant(self, recorded: Recorded, event: ReminderRecorded) -> datetime:
        return event.fired_at or super().instant(recorded, event)


@dataclass
class Drawn:
    """The year, and what was taken in it."""

    programme: Programme
    random: Random
    judge: Judge = field(default_factory=lambda: ByHops(CALENDAR, soon=HOP))
    taken: list[Step] = field(default_factory=list)
    heard: int = 0

    def listen(self) -> None:
        recorded = self.programme.ledger.history(self.programme.stream, after=self.heard)
        self.heard += len(recorded)
        self.judge.hear(recorded)

    def changed(self) -> None:
        programme = self.programme
        self.judge.changed(programme.case_id, programme.state(), programme.now)


async def drawn(programme: Programme, seed: int) -> Drawn:
    """Raises an `AssertionError` with the seed."""
    try:
        return await _drawn(Drawn(programme, Random(seed)))
    except AssertionError as error:
        raise AssertionError(f"JISR_YEAR_SEED={seed}: {error}") from error


async def _drawn(year: Drawn) -> Drawn:
    programme = year.programme
    coordinator = programme.hire(Role.COORDINATOR, EXAMPLE.centre)
    year.changed()
    async with skipping(programme) as environment:
        with environment.with_time_skipping_disabled():
            await Runs(environment.client, TASK_QUEUE).begin(programme.case_id, 1)
        for hop in range(HOPS):
            await pass_days(environment, programme, HOP.days)
            year.listen()
            year.judge.require_all_settled(programme.now)
            for _ in range(year.random.randint(0 if year.taken else 1, MOST)):
                await _happens(year, environment)
                year.listen()
                year.changed()
            if hop == HOPS - 2 and year.random.random() < 0.5:
                closing = c.CloseCase(
                    occurred_on=programme.today, outcome=Outcome.LEFT_COUNTRY, explanation=WHY
                )
                programme.record(programme.stream, closing, coordinator)
                year.taken.append(closing)
                year.changed()
                break
        if not programme.state().is_open:
            await _ended(programme, environment)
    year.listen()
    return year


async def _ended(programme: Programme, environment: WorkflowEnvironment) -> None:
    """Nothing wakes any more."""
    handle = environment.client.get_workflow_handle(workflow_id(programme.case_id))

    async def is_over() -> bool:
        return (await handle.describe()).status is WorkflowExecutionStatus.COMPLETED

    await eventually(is_over, "the workflow of a closed case goes on")


async def _happens(year: Drawn, environment: WorkflowEnvironment) -> None:
    """Something, where it is not refused: through the workflow, or past it where two people take it."""
    programme = year.programme
    step = year.random.choice(list(_steps(programme, year.random)))
    with suppress(Refused):
        if isinstance(step, c.PauseCase | c.ExemptReview):
            programme.by_two(step)
            await told(environment, programme)
        else:
            await Engine(environment.client).take_step(programme.order(step))
        year.taken.append(step)


def _steps(programme: Programme, random: Random) -> Iterator[Step]:
    today, review = programme.today, f"visit/{random.choice(MONTHS)}"
    later = today + timedelta(days=random.choice([10, 40, 80]))
    visit = programme.way.step(RecordVisit).model_copy(
        update={"occurred_on": today, "review": None}
    )
    yield from (visit, visit)
    yield RescheduleVisit(occurred_on=today, review=review, due_on=later)
    yield c.RecordContact(
        occurred_on=today, channel=Channel.PHONE, outcome=random.choice(list(ContactOutcome))
    )
    yield c.PauseCase(occurred_on=today, until=later, explanation=WHY)
    yield c.ResumeCase(occurred_on=today)
    until, because = random.choice([None, later]), random.choice(list(ExemptionReason))
    yield c.ExemptReview(occurred_on=today, review=review, because=because, until=until)
    yield c.ClearExemption(occurred_on=today, review=review)
