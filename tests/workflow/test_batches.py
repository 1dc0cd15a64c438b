"""A batch takes each of its lines once: at its pace, in the name of who started it, come what may."""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from domain.batch.lines import command_of
from domain.batch.state import Line
from domain.batch.steps import (
    Answer,
    BatchLine,
    ForgetBatch,
    HaltBatch,
    MatchBatchLines,
    MatchedLine,
    PauseBatch,
    PrepareBatch,
    RecheckBatch,
    RecordBatchLines,
    RefusedAt,
    ResumeBatch,
    StopBatch,
)
from domain.batch.vocabulary import BatchStatus, Foretold, Phase
from domain.beneficiary.steps import ConfirmBeneficiaryRequest, RequestErasure
from domain.case.referral.steps import AcceptReferral, ReferCase
from domain.case.referral.vocabulary import ReferralReason
from domain.case.state import CaseState
from domain.case.steps import CloseCase
from domain.case.vocabulary import Outcome
from domain.errors import NotAllowed, Refused, StaleVersion, Unavailable
from domain.example.beside import register_centre
from domain.example.person import EXAMPLE
from domain.message import (
    ENCRYPTED,
    TIMER,
    Command,
    Origin,
    OriginKind,
    Role,
    StreamKind,
    class_of,
    stream_id,
)
from domain.registry.state import REGISTRY
from domain.staff.state import DIRECTORY
from domain.staff.steps import RecordDeparture
from domain.values.calendar import local_date
from service.running.doctor import batches as doctor
from service.running.doctor.finding import Severity
from service.running.followers import erasing
from tests.support.waiting import eventually
from tests.workflow.centre import (
    ADMINISTRATOR,
    DAY,
    SCHEDULE,
    Centre,
    open_centre_ledger,
    postgres_ledger,
)
from workflows.batch.healing import BatchHealing
from workflows.batch.messages import batch_workflow_id
from workflows.batch.runs import BatchRuns
from workflows.case.engine import Engine
from workflows.case.messages import SealedOrder, StepAnswer
from workflows.server.embedded import EmbeddedServer
from workflows.worker import WorkerOptions, run_worker

SLOWLY, AT_ONCE = 50.0, 0.0
"""Times as long as a line took, it rests: a busy machine does not get to the end meanwhile."""
LONG = timedelta(minutes=1)
"""For a worker's end: it would wait all of it, and a busy machine needs some seconds of it."""


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    ledger = open_centre_ledger(tmp_path)
    yield Centre(ledger)
    ledger.close()


@asynccontextmanager
async def working(
    client: Client, centre: Centre, queue: str | None = None, **settings: Any
) -> AsyncIterator[str]:
    """With a worker at work on the centre's ledger."""
    stop, queue = asyncio.Event(), queue or f"queue-{uuid4().hex}"
    options = WorkerOptions(queue, sandbox=True, **settings)
    running = asyncio.create_task(run_worker(client, centre.ledger, SCHEDULE, stop, options))
    try:
        yield queue
    finally:
        stop.set()
        await running


async def reached(centre: Centre, batch: UUID, *status: BatchStatus) -> None:
    await eventually(lambda: centre.state(batch).status in status, f"it never is {status}")


async def test_each_line_is_looked_at_and_then_taken_once(client: Client, centre: Centre) -> None:
    """A case that is named twice counts once; one that nobody knows is kept; a refused one says why."""
    cases = centre.opened(5)
    stranger = uuid4()
    async with working(client, centre):
        batch = centre.prepared([*cases, cases[0], None, stranger])
        await reached(centre, batch, BatchStatus.READY)
        state = centre.state(batch)
        foreseen = [state.foretold(line) for line in state.lines]
        assert foreseen == [
            *[Foretold.READY] * 5,
            *(Foretold.TWICE, Foretold.UNMATCHED, Foretold.REFUSED),
        ]
        assert not any(centre.given(case) for case in cases), "only looked at"
        centre.start(batch)
        await reached(centre, batch, BatchStatus.ENDED)
    state = centre.state(batch)
    assert (state.take.passed, dict(state.take.refused)) == (5, {8: "case_not_found"})
    assert state.unmatched == 1
    assert all(centre.given(case) == [centre.heir.id] for case in cases)


async def test_killed_in_the_middle_it_finishes_with_each_effect_once(
    client: Client, centre: Centre, temporal: EmbeddedServer, tmp_path: Path
) -> None:
    """Whoever is killed has recorded some lines, and not yet how far it came."""
    cases, queue = centre.opened(8), f"queue-{uuid4().hex}"
    async with working(client, centre, queue):
        batch = centre.prepared(cases)
        await reached(centre, batch, BatchStatus.READY)
    centre.start(batch)
    program = "tests.workflow.doomed_batch"
    doomed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", program, temporal.address, queue, str(tmp_path), "5")
    )
    assert await doomed.wait() == -signal.SIGKILL
    assert sum(len(centre.given(case)) for case in cases) == 5
    assert centre.state(batch).take.last == 0
    centre.on(batch, PauseBatch(occurred_on=DAY))
    async with working(client, centre, queue):
        await eventually(lambda: centre.state(batch).take.passed == 5, "they are told of")
        assert [line.number for line in centre.state(batch).lines if done(centre, batch, line)] == [
            *(1, 2, 3, 4, 5)
        ]
        centre.on(batch, ResumeBatch(occurred_on=DAY))
        await reached(centre, batch, BatchStatus.ENDED)
    assert [centre.given(case) for case in cases] == [[centre.heir.id]] * 8
    assert centre.state(batch).take.passed == 8


def done(centre: Centre, batch: UUID, line: Line) -> bool:
    return centre.state(batch).foretold(line) is Foretold.DONE


async def test_killed_and_stopped_before_another_worker_is_there_it_tells_what_was_taken(
    client: Client, centre: Centre
) -> None:
    """Also what was refused between; nothing more is taken, and it is told of once."""
    cases = centre.opened(4)
    cases.insert(1, uuid4())
    batch = centre.prepared(cases)
    looked_at(centre, batch, 5, 5)
    centre.start(batch)
    for number in (1, 3):
        take(centre, batch, number)
    centre.on(batch, StopBatch(occurred_on=DAY, explanation="Enough."))
    async with working(client, centre):
        await eventually(lambda: centre.state(batch).settled, "somebody tells of them")
    state = centre.state(batch)
    assert (state.take.passed, dict(state.take.refused)) == (2, {2: "case_not_found"})
    assert sum(len(centre.given(case)) for case in cases) == 2
    assert [state.foretold(line) for line in state.lines] == [
        *(Foretold.DONE, Foretold.REFUSED, Foretold.DONE, Foretold.READY, Foretold.READY)
    ]
    with pytest.raises(Refused, match="batch_moved_on"):
        taken(centre, batch, 4, 3, 0, settles=True)


async def test_a_worker_that_stops_in_the_middle_does_not_wait_for_its_end(
    client: Client, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.batch.pacing.ALONE", SLOWLY)
    monkeypatch.setattr("workflows.worker.GRACE", LONG)
    cases, queue = centre.opened(9), f"queue-{uuid4().hex}"
    async with working(client, centre, queue):
        batch = centre.prepared(cases)
        await reached(centre, batch, BatchStatus.READY)
        centre.start(batch)
        await eventually(lambda: any(centre.given(case) for case in cases))
        began = time.monotonic()
    assert time.monotonic() - began < LONG.total_seconds()
    assert sum(len(centre.given(case)) for case in cases) < 9
    monkeypatch.setattr("workflows.batch.pacing.ALONE", AT_ONCE)
    async with working(client, centre, queue):
        await reached(centre, batch, BatchStatus.ENDED)
    assert [centre.given(case) for case in cases] == [[centre.heir.id]] * 9


async def test_it_rests_when_it_is_paused_and_goes_on_where_it_stood(
    client: Client, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.batch.activities.TOGETHER", 2)
    monkeypatch.setattr("workflows.batch.pacing.ALONE", SLOWLY)
    cases = centre.opened(9)
    async with working(client, centre):
        batch = centre.prepared(cases)
        await reached(centre, batch, BatchStatus.READY)
        centre.start(batch)
        await eventually(lambda: centre.state(batch).take.last > 0)
        centre.on(batch, PauseBatch(occurred_on=DAY))
        await asyncio.sleep(0.3)
        there = sum(len(centre.given(case)) for case in cases)
        assert 0 < there < 9
        await asyncio.sleep(0.3)
        assert sum(len(centre.given(case)) for case in cases) == there, "it rests"
        monkeypatch.setattr("workflows.batch.pacing.ALONE", AT_ONCE)
        centre.on(batch, ResumeBatch(occurred_on=DAY))
        await reached(centre, batch, BatchStatus.ENDED)
    assert [centre.given(case) for case in cases] == [[centre.heir.id]] * 9


async def test_by_somebody_who_leaves_it_stops_and_says_so_and_another_takes_it_over(
    client: Client, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.batch.activities.TOGETHER", 2)
    monkeypatch.setattr("workflows.batch.pacing.ALONE", SLOWLY)
    cases, successor = centre.opened(9), centre.hire(Role.COORDINATOR)
    async with working(client, centre):
        batch = centre.prepared(cases)
        await reached(centre, batch, BatchStatus.READY)
        centre.start(batch)
        await eventually(lambda: centre.state(batch).take.last > 0)
        today = local_date(centre.ledger.now())
        gone = RecordDeparture(occurred_on=today, staff_id=centre.coordinator.id)
        centre.record(DIRECTORY, gone, ADMINISTRATOR)
        await reached(centre, batch, BatchStatus.PAUSED)
        assert centre.state(batch).halted == "credential_ended"
        assert sum(len(centre.given(case)) for case in cases) < 9
        monkeypatch.setattr("workflows.batch.pacing.ALONE", AT_ONCE)
        with pytest.raises(NotAllowed):
            centre.on(batch, ResumeBatch(occurred_on=DAY), centre.heir)
        centre.on(batch, ResumeBatch(occurred_on=DAY), successor)
        await reached(centre, batch, BatchStatus.ENDED)
    assert [centre.given(case) for case in cases] == [[centre.heir.id]] * 9
    assert not centre.state(batch).take.refused


def refer(centre: Centre, case: UUID) -> None:
    """Away, and the other centre has it."""
    there = register_centre(replace(EXAMPLE, centre="fes", province="fes"))
    centre.record(REGISTRY, there, ADMINISTRATOR)
    theirs, helper = (centre.hire(role, "fes") for role in (Role.COORDINATOR, Role.CASEWORKER))
    today, stream = local_date(centre.ledger.now()), stream_id(StreamKind.CASE, case)
    away = ReferCase(
        occurred_on=today, to_centre="fes", because=ReferralReason.MOVED, explanation="Moves."
    )
    centre.record(stream, away, centre.coordinator)
    centre.record(stream, AcceptReferral(occurred_on=today, caseworker=helper.id), theirs)


async def test_what_changes_after_the_look_is_told_line_by_line(
    client: Client, centre: Centre
) -> None:
    """A case that was closed, and one that another centre has now, take nothing; the others theirs."""
    kept, closed, gone = centre.opened(3)
    batch = centre.prepared([closed, gone, kept])
    looked_at(centre, batch, 3, 3)
    today = local_date(centre.ledger.now())
    closing = CloseCase(occurred_on=today, outcome=Outcome.LEFT_COUNTRY)
    centre.record(stream_id(StreamKind.CASE, closed), closing, centre.coordinator)
    refer(centre, gone)
    centre.start(batch)
    async with working(client, centre):
        await reached(centre, batch, BatchStatus.ENDED)
    assert dict(centre.state(batch).take.refused) == {1: "case_closed", 2: "other_centre"}
    assert [centre.given(case) for case in (kept, closed)] == [[centre.heir.id], []]
    assert centre.heir.id not in centre.given(gone)


async def test_a_case_that_cannot_be_reached_holds_up_no_other(
    client: Client, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused after a few attempts, told of at once, and its order is worth nothing from then on."""
    cases = centre.opened(3)
    take_step, told = Engine.take_step, list[int]()

    async def away(engine: Engine, order: SealedOrder) -> StepAnswer:
        if order.case_id == str(cases[1]):
            raise Unavailable
        told.append(centre.state(batch).take.last)
        return await take_step(engine, order)

    monkeypatch.setattr(Engine, "take_step", away)
    monkeypatch.setattr("workflows.batch.activities.ATTEMPTS", 2)
    batch = centre.prepared(cases)
    looked_at(centre, batch, 3, 3)
    centre.start(batch)
    async with working(client, centre):
        await reached(centre, batch, BatchStatus.ENDED)
    assert dict(centre.state(batch).take.refused) == {2: "unavailable"}
    assert [len(centre.given(case)) for case in cases] == [1, 0, 1]
    assert told == [0, 2]


def test_an_order_that_comes_after_its_line_was_told_of_is_not_believed(centre: Centre) -> None:
    batch = centre.prepared(centre.opened(2))
    looked_at(centre, batch, 2, 2)
    centre.start(batch)
    taken(centre, batch, 1, 1, 0)
    with pytest.raises(Refused, match="batch_moved_on"):
        take(centre, batch, 1)
    take(centre, batch, 2)


async def test_a_run_that_was_ended_is_begun_anew_by_the_sweep(
    client: Client, centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.batch.pacing.ALONE", SLOWLY)
    cases = centre.opened(6)
    async with working(client, centre) as queue:
        batch = centre.prepared(cases)
        await reached(centre, batch, BatchStatus.READY)
        centre.start(batch)
        await eventually(lambda: any(centre.given(case) for case in cases))
        healing = BatchHealing(centre.ledger, BatchRuns(client, queue))
        monkeypatch.setattr("workflows.batch.pacing.ALONE", AT_ONCE)
        await client.get_workflow_handle(batch_workflow_id(str(batch))).terminate()
        await healing.visit()
        await reached(centre, batch, BatchStatus.ENDED)
    assert [centre.given(case) for case in cases] == [[centre.heir.id]] * 6


def test_nothing_is_taken_for_a_line_that_the_batch_does_not_have(centre: Centre) -> None:
    """Whoever can seal an order cannot say that it is of a batch: the ledger looks there."""
    case, other = centre.opened(2)
    batch = centre.prepared([case])
    state = centre.state(batch)
    command = command_of(batch, state, state.lines[0])
    with pytest.raises(Refused, match="batch_not_running"):
        centre.ledger.record(command)
    looked = RecordBatchLines(occurred_on=DAY, phase=Phase.LOOK, first=1, last=1, passed=1)
    centre.record(stream_id(StreamKind.BATCH, batch), looked, TIMER)
    centre.start(batch)
    elsewhere = command.model_copy(update={"target": stream_id(StreamKind.CASE, other)})
    instead = command.model_copy(update={"id": uuid4()})
    step = command.step.model_copy(update={"caseworker": centre.leaver.id})
    for forged in (elsewhere, instead, command.model_copy(update={"step": step})):
        with pytest.raises(Refused, match="seal_broken"):
            centre.ledger.record(forged)
    stranger = command.model_copy(update={"actor": centre.hire(Role.COORDINATOR)})
    with pytest.raises(Refused, match="seal_broken"):
        centre.ledger.record(stranger)
    centre.ledger.record(command)
    centre.on(batch, StopBatch(occurred_on=DAY, explanation="Enough."))
    assert centre.given(case) == [centre.heir.id]
    assert centre.given(other) == []


def looked_at(centre: Centre, batch: UUID, count: int, passed: int) -> None:
    looked = RecordBatchLines(occurred_on=DAY, phase=Phase.LOOK, first=1, last=count, passed=passed)
    centre.record(stream_id(StreamKind.BATCH, batch), looked, TIMER)


def taken(
    centre: Centre, batch: UUID, first: int, last: int, passed: int, *, settles: bool = False
) -> None:
    told = RecordBatchLines(
        occurred_on=DAY,
        phase=Phase.TAKE,
        settles=settles,
        first=first,
        last=last,
        passed=passed,
    )
    centre.record(stream_id(StreamKind.BATCH, batch), told, TIMER)


def take(centre: Centre, batch: UUID, number: int) -> None:
    state = centre.state(batch)
    centre.ledger.record(command_of(batch, state, state.lines[number - 1]))


def test_a_line_matched_afterwards_to_a_case_that_has_the_step_takes_none(centre: Centre) -> None:
    """Though it stands before the one that was done."""
    case, other = centre.opened(2)
    batch = centre.prepared([None, case, None])
    looked_at(centre, batch, 3, 1)
    centre.start(batch)
    take(centre, batch, 2)
    taken(centre, batch, 1, 3, 1)
    assert centre.state(batch).status is BatchStatus.ENDED
    matched = (MatchedLine(line=1, case_id=case), MatchedLine(line=3, case_id=other))
    centre.on(batch, MatchBatchLines(occurred_on=DAY, matched=matched))
    state = centre.state(batch)
    assert dict(state.twice) == {1: 2}
    assert [state.is_to_take(line) for line in state.lines] == [False, True, True]
    looked_at(centre, batch, 3, 2)
    centre.on(batch, RecheckBatch(occurred_on=DAY))
    assert dict(centre.state(batch).twice) == {1: 2}


@pytest.mark.parametrize("count", [2, 3])
def test_what_was_taken_before_it_was_stopped_is_told_after(centre: Centre, count: int) -> None:
    """The lines since the last record are in nobody's count else."""
    cases = centre.opened(count)
    batch = centre.prepared(cases)
    looked_at(centre, batch, count, count)
    centre.start(batch)
    for number in (1, 2):
        take(centre, batch, number)
    centre.on(batch, StopBatch(occurred_on=DAY, explanation="Enough."))
    with pytest.raises(Refused, match="batch_moved_on"):
        taken(centre, batch, 1, 1, 1)
    taken(centre, batch, 1, 2, 2, settles=True)
    state = centre.state(batch)
    assert (state.status, state.take.passed) == (BatchStatus.STOPPED, 2)
    assert [state.foretold(line) for line in state.lines][:2] == [Foretold.DONE] * 2
    with pytest.raises(Refused, match="batch_moved_on"):
        taken(centre, batch, 1, 2, 2)


def test_the_doctor_says_which_is_under_way_stands_still_or_came_to_rest(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = centre.prepared(centre.opened(2))
    looked_at(centre, batch, 2, 2)
    (found,) = doctor.batches(centre.ledger)
    assert (found.severity, found.found) == (Severity.WELL, "0 under way, 0 paused")
    centre.start(batch)
    (found,) = doctor.batches(centre.ledger)
    assert found.found == f"1 under way ({batch}: 0 of 2 lines taken), 0 paused"
    monkeypatch.setattr(doctor, "STUCK_AFTER", timedelta(0))
    (found,) = doctor.batches(centre.ledger)
    assert found.severity is Severity.WARNING
    assert "stands still since" in found.found
    monkeypatch.undo()
    halt = HaltBatch(occurred_on=DAY, because="credential_ended")
    centre.record(stream_id(StreamKind.BATCH, batch), halt, TIMER)
    (found,) = doctor.batches(centre.ledger)
    assert f"{batch} came to rest at" in found.found
    centre.on(batch, StopBatch(occurred_on=DAY, explanation="Enough."))
    (found,) = doctor.batches(centre.ledger)
    assert found.found == "0 under way, 0 paused"


def test_whose_a_line_is_can_be_said_while_the_others_are_looked_at(centre: Centre) -> None:
    """Then that begins anew: what was seen of the list as it was does not count."""
    case, other = centre.opened(2)
    batch = centre.prepared([case, None])
    before = centre.state(batch)
    centre.on(
        batch, MatchBatchLines(occurred_on=DAY, matched=(MatchedLine(line=2, case_id=other),))
    )
    assert centre.state(batch).status is BatchStatus.LOOKING
    stale = RecordBatchLines(occurred_on=DAY, phase=Phase.LOOK, first=1, last=2, passed=1)
    target = stream_id(StreamKind.BATCH, batch)
    with pytest.raises(StaleVersion):
        centre.ledger.record(
            Command(
                id=uuid4(),
                target=target,
                step=stale,
                actor=TIMER,
                origin=Origin(kind=OriginKind.TIMER),
                expected_version=before.seen,
            )
        )
    looked_at(centre, batch, 2, 2)
    assert centre.state(batch).look.passed == 2


def test_what_was_pasted_can_be_forgotten(centre: Centre) -> None:
    batch = centre.prepared([None], said="Salma Elmithal")
    assert centre.state(batch).lines[0].told is not None
    centre.on(batch, StopBatch(occurred_on=DAY, explanation="Not this list."))
    centre.on(batch, ForgetBatch(occurred_on=DAY))
    centre.ledger.destroy_key(batch, StreamKind.BATCH)
    state = centre.state(batch)
    assert state.filtered is None
    assert (state.lines[0].told, state.explanation, state.answers) == (None, None, ())
    with pytest.raises(Refused, match="batch_forgotten"):
        centre.on(batch, RecheckBatch(occurred_on=DAY))


def erase(centre: Centre, case: UUID) -> None:
    """Somebody whose only case it was, by two people."""
    state = cast("CaseState", centre.ledger.state(stream_id(StreamKind.CASE, case)))
    assert state.beneficiary_id is not None
    person = stream_id(StreamKind.BENEFICIARY, state.beneficiary_id)
    today = local_date(centre.ledger.now())
    first, second = (centre.hire(Role.DIVISION, None) for _ in range(2))
    closing = CloseCase(occurred_on=today, outcome=Outcome.LEFT_COUNTRY)
    centre.record(stream_id(StreamKind.CASE, case), closing, centre.coordinator)
    centre.record(person, RequestErasure(occurred_on=today), first)
    centre.record(person, ConfirmBeneficiaryRequest(occurred_on=today), second)


async def test_a_list_is_forgotten_once_somebody_on_it_is_erased(centre: Centre) -> None:
    """At once, also one that is not over: it ends with it. Of whom nobody pasted anything it says nothing."""
    case, other = centre.opened(2)
    over, lasting = (centre.prepared([case, None], said="Salma Elmithal") for _ in range(2))
    unsaid, others = centre.prepared([case]), centre.prepared([other], said="Somebody else")
    for batch in (over, unsaid, others):
        centre.on(batch, StopBatch(occurred_on=DAY, explanation="Enough."))
    with erasing(centre.ledger):
        erase(centre, case)
        await eventually(lambda: centre.state(over).forgotten)
        await eventually(lambda: centre.state(over).lines[1].told is None)
        await eventually(lambda: centre.state(lasting).forgotten)
        ended = centre.state(lasting)
        assert (ended.status, ended.halted) == (BatchStatus.STOPPED, "erased")

        def is_unreadable() -> bool:
            events = centre.ledger.history(stream_id(StreamKind.BATCH, over))
            return not any("Salma" in each.event.model_dump_json() for each in events)

        await eventually(is_unreadable)
    assert not centre.state(unsaid).forgotten
    assert not centre.state(others).forgotten


async def test_of_a_list_that_was_forgotten_while_it_ran_it_is_still_told_what_was_taken(
    client: Client, centre: Centre
) -> None:
    """By numbers alone: why a line was refused is behind the key that is gone."""
    cases = centre.opened(4)
    cases.insert(1, uuid4())
    batch = centre.prepared(cases, said="Salma Elmithal")
    looked_at(centre, batch, 5, 5)
    centre.start(batch)
    for number in (1, 3):
        take(centre, batch, number)
    with erasing(centre.ledger):
        erase(centre, cases[4])
        await eventually(lambda: bool(centre.ledger.destroyed_keys([batch])))
    async with working(client, centre):
        await eventually(lambda: centre.state(batch).settled, "somebody tells of them")
    state = centre.state(batch)
    assert (state.status, state.forgotten) == (BatchStatus.STOPPED, True)
    assert (state.take.passed, dict(state.take.refused)) == (2, {2: None})


def test_by_which_filters_lines_were_found_is_not_in_the_clear(centre: Centre) -> None:
    """Whoever was found by a child-protection centre was there."""
    (case,) = centre.opened(1)
    batch, found_by = uuid4(), "whose=everybody&entry=child-protection-taza"
    step = PrepareBatch(
        occurred_on=DAY,
        takes="add-note",
        answers=(Answer(field="text", value="A meeting on Monday."),),
        count=1,
        filtered=found_by,
        lines=(BatchLine(case_id=case),),
        explanation="All who were there.",
    )
    centre.on(batch, step)
    assert centre.state(batch).filtered == found_by
    for recorded in centre.ledger.history(stream_id(StreamKind.BATCH, batch)):
        event = recorded.event
        hidden = {n for n in type(event).model_fields if class_of(type(event), n) in ENCRYPTED}
        assert "child-protection" not in event.model_dump_json(exclude=hidden)


def test_a_list_of_releases_tells_nothing_of_custody_in_the_clear(centre: Centre) -> None:
    """Nor does what was refused of it, nor which step it is."""
    (case,) = centre.opened(1)
    batch = centre.prepared([case], said="000001, Oukacha", takes="record-release")
    looked = RecordBatchLines(
        occurred_on=DAY,
        phase=Phase.LOOK,
        first=1,
        last=1,
        passed=0,
        refused=(RefusedAt(line=1, code="detention_not_recorded"),),
    )
    centre.record(stream_id(StreamKind.BATCH, batch), looked, TIMER)
    state = centre.state(batch)
    assert (state.named, state.code(state.lines[0])) == ("record-release", "detention_not_recorded")
    for recorded in centre.ledger.history(stream_id(StreamKind.BATCH, batch)):
        event = recorded.event
        hidden = {n for n in type(event).model_fields if class_of(type(event), n) in ENCRYPTED}
        clear = event.model_dump_json(exclude=hidden)
        assert not any(word in clear for word in ("release", "detention", "Oukacha", "000001"))


@pytest.mark.rare
async def test_on_the_second_database_each_line_is_taken_once_too(client: Client) -> None:
    with postgres_ledger() as ledger:
        centre = Centre(ledger)
        cases, queue = centre.opened(6), f"queue-{uuid4().hex}"
        async with working(client, centre, queue):
            batch = centre.prepared(cases)
            await reached(centre, batch, BatchStatus.READY)
            centre.start(batch)
            await eventually(lambda: any(centre.given(case) for case in cases))
        async with working(client, centre, queue):
            await reached(centre, batch, BatchStatus.ENDED)
        assert [centre.given(case) for case in cases] == [[centre.heir.id]] * 6
