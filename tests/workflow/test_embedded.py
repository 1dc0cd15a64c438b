"""The real Temporal server as a child process."""

import asyncio
import stat
import subprocess
import sys
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import httpx
import psutil
import pytest
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import PollWorkflowTaskQueueRequest
from temporalio.client import Client, RPCError, WorkflowExecutionStatus

from workflows.case.runs import TASK_TIMEOUT
from workflows.server.embedded import (
    HOST,
    NAMESPACE,
    EmbeddedServer,
    ServerFailedError,
    ServerInUseError,
    free_ports,
)

ROOT = Path(__file__).parents[2]


async def test_a_restarted_server_has_what_it_had(tmp_path: Path) -> None:
    async with EmbeddedServer(tmp_path) as server:
        client = await Client.connect(server.address, namespace=NAMESPACE)
        await client.start_workflow("Case", id="case-1", task_queue="nobody")
    async with EmbeddedServer(tmp_path) as server:
        client = await Client.connect(server.address, namespace=NAMESPACE)
        found = await client.get_workflow_handle("case-1").describe()
        assert found.status is WorkflowExecutionStatus.RUNNING


async def test_a_second_server_on_one_file_is_refused(tmp_path: Path) -> None:
    async with EmbeddedServer(tmp_path) as first:
        with pytest.raises(ServerInUseError, match="already runs on"):
            await EmbeddedServer(tmp_path).start()
        assert await first.ready()


async def test_a_server_that_cannot_start_points_to_its_log(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path, options=["--no-such-option"])
    with pytest.raises(ServerFailedError, match=r"temporal\.log"):
        await server.start()
    assert "no-such-option" in server.log.read_text()


async def test_its_http_interface_answers_nobody(tmp_path: Path) -> None:
    async with EmbeddedServer(tmp_path) as server, httpx.AsyncClient() as browser:
        words = psutil.Process(server.pid).cmdline()
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
    tmp_path: Path,
) -> None:
    """Workers that take it and are never heard of again, as after a kill."""
    async with EmbeddedServer(tmp_path) as server:
        client = await Client.connect(server.address, namespace=NAMESPACE)
        await client.start_workflow("Case", id="case-1", task_queue="q", task_timeout=TASK_TIMEOUT)
        poll = PollWorkflowTaskQueueRequest(
            namespace=NAMESPACE, task_queue=TaskQueue(name="q"), identity="killed"
        )
        attempts: list[int] = []
        times: list[float] = []
        while len(attempts) < 5:
            taken = await client.workflow_service.poll_workflow_task_queue(poll)
            if taken.task_token:
                attempts.append(taken.attempt)
                times.append(time.monotonic())
        assert attempts == [1, 2, 3, 4, 5]
        assert max(after - before for before, after in pairwise(times)) < 5


def modes_of(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.glob("*.db*")}


async def test_nobody_else_can_read_its_files(tmp_path: Path) -> None:
    async with EmbeddedServer(tmp_path):
        modes = modes_of(tmp_path)
    assert "temporal.db" in modes
    assert set(modes.values()) == {0o600}


async def test_a_file_of_another_version_is_set_aside(tmp_path: Path) -> None:
    async with EmbeddedServer(tmp_path) as server:
        client = await Client.connect(server.address, namespace=NAMESPACE)
        await client.start_workflow("Case", id="case-1", task_queue="nobody")
    server.version.write_text("1.0.0")
    async with EmbeddedServer(tmp_path) as server:
        client = await Client.connect(server.address, namespace=NAMESPACE)
        with pytest.raises(RPCError, match="not found"):
            await client.get_workflow_handle("case-1").describe()
    assert (tmp_path / "temporal.db.1.0.0").exists()
    assert server.set_aside() == []


async def test_its_own_pages_are_opened_on_loopback_only_when_asked_for(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    async with EmbeddedServer(tmp_path, ui_port=port) as server, httpx.AsyncClient() as browser:
        assert server.pid
        for _ in range(100):
            with suppress(httpx.TransportError):
                page = await browser.get(f"http://{HOST}:{port}/")
                break
            await asyncio.sleep(0.1)
        assert page.status_code < 400
        listening = {c.laddr.ip for c in psutil.Process(server.pid).net_connections("inet")}
        assert listening == {HOST}


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
