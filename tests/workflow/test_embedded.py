"""The real Temporal server as a child process."""

import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias
from uuid import uuid4

import httpx
import psutil
import pytest
import pytest_asyncio
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import PollWorkflowTaskQueueRequest
from temporalio.client import Client, RPCError, WorkflowExecutionStatus

from tests.support import damage
from tests.support.waiting import eventually
from workflows.server.embedded import (
    NAMESPACE,
    EmbeddedServer,
    ServerFailedError,
    ServerInUseError,
    free_ports,
)
from workflows.server.loopback import HOST

ROOT = Path(__file__).parents[2]
QUICK = timedelta(seconds=1)
"""What a task is given here; a case's own is given twice that."""

Shown: TypeAlias = tuple[EmbeddedServer, str]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stopped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server that has ended, and had a case; all is in the database itself."""
    folder = tmp_path_factory.mktemp("stopped")
    async with EmbeddedServer(folder) as server:
        client = await Client.connect(server.address, namespace=NAMESPACE)
        await client.start_workflow("Case", id="case-1", task_queue="nobody")
    with closing(sqlite3.connect(server.database)) as connection:  # the last takes the log in
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def folder(stopped: Path, tmp_path: Path) -> Path:
    """As that one, to go on with."""
    return Path(shutil.copytree(stopped, tmp_path / "data"))


async def test_a_restarted_server_has_what_it_had(folder: Path) -> None:
    async with EmbeddedServer(folder) as server:
        client = await Client.connect(server.address, namespace=NAMESPACE)
        found = await client.get_workflow_handle("case-1").describe()
        assert found.status is WorkflowExecutionStatus.RUNNING


async def test_a_second_server_on_one_file_is_refused(temporal: EmbeddedServer) -> None:
    with pytest.raises(ServerInUseError, match="already runs on"):
        await EmbeddedServer(temporal.folder).start()
    assert await temporal.ready()


async def test_a_server_that_cannot_start_points_to_its_log(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path, options=["--no-such-option"])
    with pytest.raises(ServerFailedError, match=r"temporal\.log"):
        await server.start()
    assert "no-such-option" in server.log.read_text()


async def test_its_http_interface_answers_nobody(temporal: EmbeddedServer) -> None:
    async with httpx.AsyncClient() as browser:
        words = psutil.Process(temporal.pid).cmdline()
        port = words[words.index("--http-port") + 1]
        path = f"http://{HOST}:{port}/api/v1/namespaces/{NAMESPACE}/workflows"
        for host in (f"{HOST}:{port}", "localhost", "rebound.example", "nobody.example"):
            answer = await browser.get(path, headers={"Host": host})
            assert answer.status_code == 403, (host, answer.text)
        form = {"workflowId": "case-1"}
        for origin in ("http://rebound.example", "null"):
            posted = await browser.post(f"{path}/case-1", data=form, headers={"Origin": origin})
            assert posted.status_code == 403, posted.text


async def test_a_task_that_died_with_many_workers_is_given_to_the_next_as_soon(
    client: Client,
) -> None:
    """Workers that take it and are never heard of again, as after a kill."""
    queue = f"queue-{uuid4().hex}"
    case = await client.start_workflow(
        "Case", id=f"case-{uuid4()}", task_queue=queue, task_timeout=QUICK
    )
    poll = PollWorkflowTaskQueueRequest(
        namespace=NAMESPACE, task_queue=TaskQueue(name=queue), identity="killed"
    )
    attempts: list[int] = []
    times: list[float] = []
    while len(attempts) < 6:
        taken = await client.workflow_service.poll_workflow_task_queue(poll)
        if taken.task_token:
            attempts.append(taken.attempt)
            times.append(time.monotonic())
    await case.terminate()
    assert attempts == [1, 2, 3, 4, 5, 6]
    late = [after - before for before, after in pairwise(times)][3:]
    assert min(late) < 5, "longer each time"


def modes_of(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.glob("*.db*")}


def test_nobody_else_can_read_its_files(temporal: EmbeddedServer) -> None:
    modes = modes_of(temporal.folder)
    assert "temporal.db" in modes
    assert set(modes.values()) == {0o600}


async def test_a_file_of_another_version_is_set_aside(folder: Path) -> None:
    server = EmbeddedServer(folder)
    server.version.write_text("1.0.0")
    async with server:
        client = await Client.connect(server.address, namespace=NAMESPACE)
        with pytest.raises(RPCError, match="not found"):
            await client.get_workflow_handle("case-1").describe()
    assert (folder / "temporal.db.1.0.0").exists()
    assert server.set_aside() == []


@pytest.mark.parametrize(
    "how",
    [
        damage.overwritten,
        pytest.param(damage.cut_short, marks=pytest.mark.rare),
        pytest.param(damage.foreign, marks=pytest.mark.rare),
    ],
)  # each is seen to be damage in `tests/unit/ledger/test_wholeness.py`
async def test_a_damaged_file_is_set_aside(folder: Path, how: damage.Damage) -> None:
    server = EmbeddedServer(folder)
    how(server.database)
    async with server:
        assert await server.ready()
    assert (folder / "temporal.db.damaged").exists()


def test_a_note_of_the_version_that_is_none_stops_nothing(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path)
    for text in (b"\xff\xfe", b"../../elsewhere", b""):
        server.database.touch()
        server.version.write_bytes(text)
        assert server.set_aside() == [tmp_path / "temporal.db.unknown"]
        assert server.set_aside() == []
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "temporal.db.unknown",
        "temporal.version",
    ]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def showing(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Shown]:
    """A server that can show pages of its own, and their address."""
    (port,) = free_ports(1)
    async with EmbeddedServer(tmp_path_factory.mktemp("pages"), ui_port=port) as server:
        yield server, f"http://{HOST}:{port}"


@pytest.fixture
async def pages(showing: Shown) -> AsyncIterator[Shown]:
    """That server while they are shown."""
    server, url = showing
    async with server.pages():
        async with httpx.AsyncClient(base_url=url) as browser:

            async def are_shown() -> bool:
                """The page, and what it asks."""
                for path in ("/", f"/api/v1/namespaces/{NAMESPACE}"):
                    page = await browser.get(path, follow_redirects=True)
                    if page.status_code != httpx.codes.OK:
                        assert page.status_code >= httpx.codes.INTERNAL_SERVER_ERROR
                        return False
                return True

            await eventually(are_shown, "the pages are not shown")
        yield showing


async def test_its_own_pages_are_shown_to_who_asks_for_them_by_loopbacks_name(
    pages: Shown,
) -> None:
    server, url = pages
    client = await Client.connect(server.address, namespace=NAMESPACE)
    await client.start_workflow("Case", id="case-1", task_queue="nobody")
    path = f"/api/v1/namespaces/{NAMESPACE}/workflows/case-1"
    port = url.rpartition(":")[2]
    async with httpx.AsyncClient(base_url=url) as browser:
        for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}", "localhost"):
            shown = await browser.get(path, headers={"Host": host})
            assert shown.json()["workflowExecutionInfo"]["execution"]["workflowId"] == "case-1"
        for host in (f"rebound.example:{port}", "rebound.example", "127.0.0.1.rebound.example", ""):
            refused = await browser.get(path, headers={"Host": host})
            assert (refused.status_code, "case-1" in refused.text) == (403, False), host
        for origin in ("http://rebound.example", "null", f"http://localhost.example:{port}"):
            posted = await browser.post(f"{path}/terminate", json={}, headers={"Origin": origin})
            assert posted.status_code == 403
    found = await client.get_workflow_handle("case-1").describe()
    assert found.status is WorkflowExecutionStatus.RUNNING


async def test_behind_that_they_are_where_nobody_finds_them(pages: Shown) -> None:
    server, url = pages
    connections = psutil.Process(server.pid).net_connections("inet")
    listening = {each.laddr.ip for each in connections if each.status == psutil.CONN_LISTEN}
    assert HOST in listening
    (hidden,) = listening - {HOST}
    assert hidden.startswith("127.")
    with pytest.raises(OSError, match="in use"):
        async with EmbeddedServer(server.folder, ui_port=int(url.rpartition(":")[2])).pages():
            pass


async def test_a_server_whose_pages_are_not_wanted_has_none(temporal: EmbeddedServer) -> None:
    server = psutil.Process(temporal.pid)
    async with temporal.pages():
        assert "--headless" in server.cmdline()
        assert {each.laddr.ip for each in server.net_connections("inet")} == {HOST}


PARENT = """
import asyncio, sys
from pathlib import Path
from workflows.server.embedded import EmbeddedServer
async def main():
    async with EmbeddedServer(Path(sys.argv[1])) as server:
        print(server.pid, flush=True)
        await asyncio.sleep(600)
asyncio.run(main())
"""


def alive(pid: int) -> bool:
    """Whether it runs: a zombie only waits for init to take note of its end."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def start_and_kill(folder: Path) -> int:
    """Kill a process that runs a server; the server's process id."""
    command = [sys.executable, "-c", PARENT, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        server = int(parent.stdout.readline())
        parent.kill()
    return server


async def test_a_killed_parent_leaves_no_server_and_nothing_in_the_way(tmp_path: Path) -> None:
    orphan = start_and_kill(tmp_path)
    async with EmbeddedServer(tmp_path) as server:
        assert await server.ready()
        assert not alive(orphan)
