"""What batches are for, each on a real Temporal: one person's way, on which a batch takes its steps."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast
from uuid import UUID, uuid4

from temporalio.client import Client

from domain.batch.allowed import ALLOWED
from domain.batch.steps import Answer, BatchLine, PrepareBatch
from domain.batch.vocabulary import BatchStatus
from domain.case.custody.steps import RecordPardon, RecordRelease
from domain.case.moving_rules.steps import AdoptRules
from domain.case.state import CaseState
from domain.case.steps import AddNote
from domain.commands import HANDLINGS
from domain.example import beside, care, project, rules
from domain.example.way import Way, by_day, of_project, taken_by
from domain.message import Actor, Event, Role, Step, StreamKind, stream_id
from domain.registry.state import REGISTRY
from domain.steps.naming import step_name
from domain.tracks.self_employment.events import DeliveryConfirmed
from domain.tracks.self_employment.state import projects_of
from domain.tracks.self_employment.steps import (
    ConfirmDelivery,
    PlaceOnCeremony,
    RecordCoaching,
    TakeOffCeremony,
)
from domain.tracks.training.steps import RecordAttendance
from domain.tracks.training.vocabulary import Presence
from domain.values.trades import Trade
from tests.support.waiting import eventually
from tests.workflow.centre import ADMINISTRATOR, SCHEDULE, Centre, open_centre_ledger
from workflows.batch.runs import BatchRuns
from workflows.worker import WorkerOptions, run_worker

BY_BATCH = frozenset(
    {
        *(RecordAttendance, RecordCoaching),
        *(PlaceOnCeremony, TakeOffCeremony),
        *(RecordRelease, RecordPardon),
        AdoptRules,
    }
)
"""Group attendance and coaching, ceremony lists, releases and pardons, a new version of the rules;
of a leaver's cases `test_batches.py` says it."""


class Walk:
    """Somebody's way in a centre."""

    def __init__(self, centre: Centre, runs: BatchRuns) -> None:
        self.centre, self.case, self.runs = centre, uuid4(), runs
        person, agreement, session, ceremony, cohort = (uuid4() for _ in range(5))
        self.division = centre.hire(Role.DIVISION, None)
        self.way = Way(person, centre.leaver.id, agreement, ceremony, session, cohort)
        self.batches = 0
        for kind, name, step, by in (
            (StreamKind.BENEFICIARY, person, beside.register_beneficiary(), centre.leaver),
            (StreamKind.AGREEMENT, agreement, beside.sign_agreement(), self.division),
            (StreamKind.SESSION, session, beside.schedule_session(), self.division),
            (StreamKind.SESSION, session, beside.record_minutes(), self.division),
            (StreamKind.CEREMONY, ceremony, beside.schedule_ceremony(), self.division),
        ):
            centre.record(stream_id(kind, name), step, by)
        centre.record(REGISTRY, rules.add_rules(), ADMINISTRATOR)

    def steps(self) -> list[Step]:
        """To the handover, and not over it: that is nobody's but a caseworker's and the person's."""
        way = self.way
        beside_it = (care.pardon(way), project.coaching(way), *project.listed_again(way))
        adopted = rules.adopt_rules(way).model_copy(update={"occurred_on": way.day(501)})
        other = next(each for each in Trade if each is not way.trade)
        enrolled, passed = project.training_outside(replace(way, trade=other))
        came = RecordAttendance(
            occurred_on=enrolled.occurred_on + timedelta(days=1), presence=Presence.PRESENT
        )
        steps = by_day([*way.steps(), *beside_it, enrolled, came, passed, adopted])
        return [step for step in steps if not isinstance(step, ConfirmDelivery)]

    def by(self, step: Step) -> Actor:
        match taken_by(step):
            case Role.COORDINATOR:
                return self.centre.coordinator
            case Role.DIVISION:
                return self.division
            case _:
                return self.centre.leaver

    async def take(self, step: Step) -> None:
        if type(step) in BY_BATCH:
            await self._by_batch(step)
            return
        kind = HANDLINGS[type(step)].kind
        state = cast("CaseState", self.centre.ledger.state(stream_id(StreamKind.CASE, self.case)))
        name = self.way.order_id if kind is StreamKind.ORDER else self.case
        told = of_project(step, next(reversed([*projects_of(state)]), self.way.project_id))
        self.centre.record(stream_id(kind, name), told, self.by(step))

    async def _by_batch(self, step: Step) -> None:
        said = step.model_dump(mode="json", exclude_defaults=True)
        batch = uuid4()
        prepare = PrepareBatch(
            occurred_on=step.occurred_on,
            takes=step_name(type(step)),
            answers=tuple(Answer(field=name, value=str(value)) for name, value in said.items()),
            count=1,
            lines=(BatchLine(case_id=self.case),),
            explanation="For all of them.",
        )
        self.centre.on(batch, prepare, self.by(step))
        await self.runs.begin(str(batch))  # at once: the follower that does it gathers first
        await self._reached(batch, BatchStatus.READY)
        state = self.centre.state(batch)
        assert state.look.passed == 1, (prepare.takes, dict(state.look.refused))
        self.centre.start(batch, self.by(step))
        await self.runs.begin(str(batch))
        await self._reached(batch, BatchStatus.ENDED)
        state = self.centre.state(batch)
        assert state.take.passed == 1, (prepare.takes, dict(state.take.refused))
        self.batches += 1

    async def _reached(self, batch: UUID, status: BatchStatus) -> None:
        await eventually(lambda: self.centre.state(batch).status is status)

    def events(self) -> list[Event]:
        history = self.centre.ledger.history(stream_id(StreamKind.CASE, self.case))
        return [each.event for each in history]


async def test_each_use_of_a_batch_works_and_none_hands_anything_over(
    client: Client, tmp_path: Path
) -> None:
    ledger = open_centre_ledger(tmp_path)
    stop, queue = asyncio.Event(), f"queue-{uuid4().hex}"
    walk = Walk(Centre(ledger), BatchRuns(client, queue))
    working = run_worker(client, ledger, SCHEDULE, stop, WorkerOptions(queue))
    running = asyncio.create_task(working)
    try:
        for step in walk.steps():
            await walk.take(step)
    finally:
        stop.set()
        await running
    taken = {type(step) for step in walk.steps()} & BY_BATCH
    assert taken == BY_BATCH
    assert walk.batches >= len(BY_BATCH)
    assert not any(isinstance(each, DeliveryConfirmed) for each in walk.events())
    ledger.close()


def test_no_step_that_hands_over_pays_or_decides_is_in_the_table_of_batches() -> None:
    """A list gets what tells of meetings, lists and custody; nobody's slip, money or decision."""
    assert {each.step for each in ALLOWED.values()} >= BY_BATCH | {AddNote}
    made = {event for each in ALLOWED.values() for event in HANDLINGS[each.step].makes}
    assert DeliveryConfirmed not in made
    kinds = {event.stream for event in made}
    assert not kinds & {StreamKind.AGREEMENT, StreamKind.ORDER, StreamKind.SESSION}
