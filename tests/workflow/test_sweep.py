"""The sweep: whatever befell the processes, workflows come level with the ledger."""

import asyncio
import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.client import WorkflowExecutionStatus

from domain.errors import Unavailable
from ledger.ledger import Ledger
from tests.support.waiting import eventually
from tests.workflow.house import SCHEDULE, House, open_toy_ledger, unhurried
from tests.workflow.toy import DAY, Close, Note, Open, Plan
from workflows.agenda import Agenda, nobody
from workflows.case.connecting import connect
from workflows.server.embedded import NAMESPACE, EmbeddedServer
from workflows.sweep import FOR_PEOPLE, SWEEP, Swept

ROOT = Path(__file__).parents[2]


def note() -> Note:
    return Note(occurred_on=DAY, text="seen at the centre")


def due_in(seconds: float) -> Plan:
    return Plan(occurred_on=DAY, due=datetime.now(UTC) + timedelta(seconds=seconds))


@contextmanager
def doomed_worker(
    house: House, address: str, folder: Path, at: str = "Note"
) -> Iterator["subprocess.Popen[str]"]:
    """Killed when it has recorded the next step of that name."""
    command = [sys.executable, "-m", "tests.workflow.doomed_worker", address, house.queue]
    with subprocess.Popen(
        [*command, str(folder), at], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == "ready\n"
        try:
            yield worker
        finally:
            worker.kill()


async def test_a_worker_killed_between_append_and_completion_leaves_one_event_and_one_answer(
    house: House, temporal: EmbeddedServer, tmp_path: Path
) -> None:
    with doomed_worker(house, temporal.address, tmp_path) as worker:
        case = await house.opened()
        taking = asyncio.create_task(house.take(case, note(), "key"))
        await eventually(lambda: worker.poll() is not None)
    assert house.events(case) == ["Opened", "Noted"]
    async with house.working():
        answer = await taking
        assert await house.take(case, note(), "key") == answer
        assert house.events(case) == ["Opened", "Noted"]
        await house.level(case)


async def test_a_workflow_left_behind_by_a_crash_is_levelled_its_timers_too(tmp_path: Path) -> None:
    """Worker and Temporal are killed between append and completion; the client gave up."""
    data, folder = tmp_path / "temporal", tmp_path / "ledger"
    data.mkdir()
    folder.mkdir()
    ledger = open_toy_ledger(folder)
    server = EmbeddedServer(data)
    await server.start()
    house = House(await connect(server.address, NAMESPACE, lazy=False), ledger, "queue")
    with doomed_worker(house, server.address, folder) as worker:
        case = await house.opened()
        await house.take(case, due_in(3600))
        with pytest.raises(Unavailable):
            await house.impatient(1.5).take_step(house.order(case, note(), "key"))
        await eventually(lambda: worker.poll() is not None)
    house.ledger.record(house.command(case, due_in(2)))
    await server.kill()
    async with EmbeddedServer(data) as server:
        house = House(await connect(server.address, NAMESPACE, lazy=False), ledger, "queue")
        async with house.working():
            await house.level(case)
            await eventually(lambda: house.events(case)[-1] == "Reminded")
            assert house.events(case).count("Noted") == 1
    ledger.close()


async def test_a_sweep_refreshes_what_is_behind_and_starts_what_is_missing(house: House) -> None:
    async with house.serving():
        level, behind = await house.opened(), await house.opened()
        missing, closed = str(uuid4()), str(uuid4())
        house.ledger.record(house.command(behind, note()))
        for case in (missing, closed):
            house.ledger.record(house.command(case, Open(occurred_on=DAY)))
        house.ledger.record(house.command(closed, Close(occurred_on=DAY)))
        await house.listed(2)
        with unhurried():
            assert await house.sweep() == Swept(cases=4, started=1, refreshed=1)
        for case in (level, behind, missing):
            await house.level(case)
        await house.listed(3)
        with unhurried():
            assert await house.sweep() == Swept(cases=4)
        assert await house.runs.find(closed) is None


async def test_a_worker_sweeps_when_it_starts_and_again_later(house: House) -> None:
    """Runs that end without anything being recorded: no follower would tell."""
    async with house.working():
        first, second = await house.opened(), await house.opened()
    await house.workflow(first).terminate()
    async with house.working(sweep_every=0.3, hurry_every=0.3):
        await house.level(first)
        await house.workflow(second).terminate()
        await house.level(second)


async def stays_away(house: House, case: str) -> bool:
    """Whether nobody starts a case's run again. The first look of who sweeps may come late."""
    for _ in range(3):
        await house.workflow(case).terminate()
        await asyncio.sleep(1.5)
        if await house.runs.find(case) is None:
            return True
    return False


async def test_one_worker_sweeps_at_a_time_and_another_takes_over_when_it_is_killed(
    house: House, temporal: EmbeddedServer, tmp_path: Path
) -> None:
    with doomed_worker(house, temporal.address, tmp_path) as sweeping:
        case = await house.opened()
        await eventually(lambda: not house.ledger.feed.turn(SWEEP).hold())
        async with house.working(sweep_every=0.3, hurry_every=0.3):
            assert await stays_away(house, case)
            sweeping.kill()
            await house.level(case)


async def swept_whole(house: House, cases: int) -> int:
    """How many are started until none fails: a server that begins on a busy machine may not answer."""
    started: list[int] = []

    async def is_whole() -> bool:
        swept = await house.sweep()
        started.append(swept.started)
        assert swept == Swept(cases=cases, started=swept.started, failed=swept.failed)
        return not swept.failed

    await eventually(is_whole)
    return sum(started)


async def test_every_open_case_comes_back_after_temporals_database_is_deleted(
    toy_ledger: Ledger, tmp_path: Path
) -> None:
    data = tmp_path / "temporal"
    data.mkdir()
    async with EmbeddedServer(data) as server:
        house = House(await connect(server.address, NAMESPACE, lazy=False), toy_ledger, "queue")
        async with house.working():
            cases = [await house.opened() for _ in range(10)]
            answer = await house.take(cases[0], note(), "key")
            await house.take(cases[1], due_in(4))
            await house.take(cases[9], Close(occurred_on=DAY))
    for file in data.glob("temporal.db*"):
        file.unlink()
    async with EmbeddedServer(data) as server:
        house = House(await connect(server.address, NAMESPACE, lazy=False), toy_ledger, "queue")
        with unhurried():
            assert await swept_whole(house, cases=10) == 9
        async with house.working():
            for case in cases[:9]:
                assert (await house.level(case)).is_open
                assert await house.status(case) is WorkflowExecutionStatus.RUNNING
            assert await house.take(cases[0], note(), "key") == answer
            await eventually(lambda: house.events(cases[1])[-1] == "Reminded")


async def test_the_ledger_is_read_more_slowly_while_people_take_steps(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.ledger.record(house.command(str(uuid4()), Open(occurred_on=DAY)))
    ticks = itertools.count()
    monkeypatch.setattr(time, "perf_counter", lambda: next(ticks) / 1000)  # each look takes as long
    rests: list[float] = []
    sleep = asyncio.sleep

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        await sleep(0)

    async def rested(last_step: Callable[[], float]) -> float:
        with monkeypatch.context() as patch:
            patch.setattr(asyncio, "sleep", rest)
            await Agenda(house.ledger, SCHEDULE, last_step).refresh()
        return rests.pop()

    alone = await rested(nobody)
    assert await rested(time.monotonic) == pytest.approx(3 * alone)
    assert await rested(lambda: time.monotonic() - 60) == pytest.approx(alone)


async def test_fewer_cases_are_looked_at_while_people_take_steps(house: House) -> None:
    for _ in range(4):
        house.ledger.record(house.command(str(uuid4()), Open(occurred_on=DAY)))
    with house.sweeping(time.monotonic) as sweep:
        began = time.monotonic()
        with unhurried():
            assert await sweep.once() == Swept(cases=4, started=4)
        assert time.monotonic() - began >= 4 / FOR_PEOPLE
