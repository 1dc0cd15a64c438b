"""The demo's own installation: its own data folder, its own port, nothing of a real one."""

import asyncio
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from service.running.ports import port_is_free
from workflows.server.children import start_child, stop_child
from workflows.server.embedded import free_ports

LOOPBACK = "127.0.0.1"
PORT = 8410
PORTS = 20
"""Ports that are tried, from that one on."""
READY_WITHIN = 60.0
"""Seconds."""
GRACE = 20.0
"""Seconds the parts have to end."""


class DemoFailedError(Exception):
    """The demo could not do its work; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Installation:
    """A running embedded system."""

    url: str
    administrator_key: str
    process: Process


@asynccontextmanager
async def installation(data: Path, port: int | None) -> AsyncIterator[Installation]:
    """Start the embedded system on the folder `data` and stop it in the end.

    It serves on `port`: any for 0, the demo's own or the next that is free for None.
    """
    chosen = free_ports(1)[0] if port == 0 else port or usual_port()
    command = [sys.executable, "-m", "service", "up", "--data", str(data), "--port", str(chosen)]
    log = data / "up.log"
    process = await start_child(command, log=log, environment=_environment())
    try:
        url = f"http://{LOOPBACK}:{chosen}"
        await _ready(process, url, log)
        key = (data / "administrator.key").read_text("utf-8").strip()
        yield Installation(url, key, process)
    finally:
        await stop_child(process, GRACE)


def usual_port() -> int:
    """The demo's own port, or the next one that is free."""
    for port in range(PORT, PORT + PORTS):
        if port_is_free(LOOPBACK, port):
            return port
    raise DemoFailedError(
        f"The ports {PORT} to {PORT + PORTS - 1} are all taken: name another by --port."
    )


def _environment() -> dict[str, str]:
    """This process's, without a real installation's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("JISR_")}


async def _ready(process: Process, url: str, log: Path) -> None:
    async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
        for _ in range(int(READY_WITHIN * 10)):
            if process.returncode is not None:
                raise DemoFailedError(_last_words(log))
            with suppress(httpx.TransportError):
                if (await http.get("/readyz")).status_code == httpx.codes.OK:
                    return
            await asyncio.sleep(0.1)
    raise DemoFailedError(f"The system did not get ready in a minute; its log is {log}.")


def _last_words(log: Path) -> str:
    lines = log.read_text("utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else f"The system did not start; its log is {log}."
