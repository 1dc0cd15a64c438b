"""One Temporal server for all these tests; a ledger and a task queue for each test."""

import gc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from temporalio.client import Client

from ledger.ledger import Ledger
from tests.workflow.house import House, open_toy_ledger
from workflows.case.connecting import connect
from workflows.server.embedded import NAMESPACE, EmbeddedServer

MAY_PAUSE = ("--dynamic-config-value", "frontend.WorkflowPauseEnabled=true")
"""As a cluster may be set up, where anybody at its pages can pause a run."""


@pytest.fixture(scope="session", autouse=True)
def _few_to_walk_over() -> None:
    """As a worker does when it starts: a long collection inside a workflow looks like a deadlock."""
    gc.collect()
    gc.freeze()


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def temporal(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedServer]:
    async with EmbeddedServer(tmp_path_factory.mktemp("temporal"), options=MAY_PAUSE) as server:
        yield server


@pytest_asyncio.fixture
async def client(temporal: EmbeddedServer) -> Client:
    return await connect(temporal.address, NAMESPACE, lazy=False)


@pytest.fixture
def toy_ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = open_toy_ledger(tmp_path, lock_seconds=1)
    yield ledger
    ledger.close()


@pytest_asyncio.fixture
async def house(client: Client, toy_ledger: Ledger) -> AsyncIterator[House]:
    """Its workflows are ended with it: another test's sweep would not know them."""
    house = House(client, toy_ledger, f"queue-{uuid4().hex}")
    yield house
    await house.end_all()
