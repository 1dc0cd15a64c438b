"""A batch takes each of its lines once: at its pace, in the name of who started it, come what may."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from temporalio.client import Client

from domain.batch.vocabulary import BatchStatus, Foretold
from tests.support.waiting import eventually
from tests.workflow.centre import SCHEDULE, Centre, open_centre_ledger
from workflows.worker import WorkerOptions, run_worker


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    ledger = open_centre_ledger(tmp_path)
    yield Centre(ledger)
    ledger.close()


@asynccontextmanager
async def working(client: Client, centre: Centre, queue: str | None = None) -> AsyncIterator[str]:
    """With a worker at work on the centre's ledger."""
    stop, queue = asyncio.Event(), queue or f"queue-{uuid4().hex}"
    options = WorkerOptions(queue, sandbox=True)
    running = asyncio.create_task(run_worker(client, centre.ledger, SCHEDULE, stop, options))
    try:
        yield queue
    finally:
        stop.set()
        await running


async def reached(centre: Centre, batch: object, *status: BatchStatus) -> None:
    await eventually(lambda: centre.state(batch).status in status, f"it never is {status}")  # type: ignore[arg-type]


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
