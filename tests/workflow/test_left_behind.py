"""A worker that an upgrade has left behind, beside one of the newer release."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from domain.errors import Unavailable
from domain.events.levels import Came, Levels
from tests.support.waiting import eventually
from tests.workflow import toy
from tests.workflow.house import SCHEDULE, House, open_toy_ledger
from workflows.case.connecting import connect
from workflows.server.embedded import NAMESPACE, EmbeddedServer
from workflows.worker import WorkerOptions, run_worker

BY = str(UUID(int=5))
NOTE = toy.Note(occurred_on=toy.DAY, text="x")


@pytest_asyncio.fixture
async def newer(
    house: House, temporal: EmbeddedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """The same house, as the next release works in it: through a client of its own."""
    domain = replace(toy.toy_domain(), levels=Levels(Came()))
    monkeypatch.setattr(toy, "toy_domain", lambda: domain)
    ledger = open_toy_ledger(tmp_path)
    client = await connect(temporal.address, NAMESPACE, lazy=False)
    yield replace(house, client=client, ledger=ledger)
    ledger.close()


@asynccontextmanager
async def worker_of(house: House) -> AsyncIterator["asyncio.Task[None]"]:
    stop = asyncio.Event()
    options = WorkerOptions(house.queue, sweep_every=3600, hurry_every=3600)
    worker = asyncio.create_task(run_worker(house.client, house.ledger, SCHEDULE, stop, options))
    try:
        yield worker
    finally:
        stop.set()
        await worker


async def test_a_step_that_the_older_worker_has_is_taken_by_the_newer(
    house: House, newer: House
) -> None:
    """Nobody is told to come again: who asks asks the next worker."""
    async with worker_of(house) as older:
        cases = [await house.opened() for _ in range(3)]
        async with worker_of(newer):
            steps = [
                asyncio.create_task(newer.take(case, NOTE)) for case in cases for _ in range(5)
            ]
            await asyncio.sleep(0.05)
            assert newer.ledger.level.finish(BY)
            await asyncio.gather(*steps)
        assert [newer.events(case) for case in cases] == [["Opened", *["Noted"] * 5]] * 3
        assert not older.done()


@pytest.mark.parametrize("when", ["at work", "started later"])
async def test_the_older_worker_takes_nothing_and_waits(
    house: House, newer: House, when: str, caplog: pytest.LogCaptureFixture
) -> None:
    if when == "started later":
        newer.ledger.level.finish(BY)
    async with worker_of(house) as older:
        if when == "at work":
            await house.opened()
            newer.ledger.level.finish(BY)
        await eventually(lambda: "this worker waits" in caplog.text)
        order = newer.order(str(uuid4()), toy.Open(occurred_on=toy.DAY))
        head = newer.ledger.head()
        with pytest.raises(Unavailable):
            await newer.impatient(2).take_step(order)
        assert newer.ledger.head() == head
        assert not older.done()
