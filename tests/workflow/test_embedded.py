"""The real Temporal server as a child process."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from temporalio.client import Client, WorkflowExecutionStatus

from workflows.server.embedded import NAMESPACE, EmbeddedServer, ServerFailedError, ServerInUseError

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
