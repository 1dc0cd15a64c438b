"""`jisr up`: a whole installation on one machine, each part a process that is kept running.

It outlives the terminal it was started from, and whoever reads what it says.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from temporalio.client import Client
from temporalio.service import RPCError

from domain.calendar import local_date
from domain.errors import NewerReleaseNeeded
from ledger.ledger import Ledger
from service.bootstrap import address_file, opened_ledger, temporal_client
from service.running.founding import ensure_administrator
from service.running.master_key import ensure_master_key
from service.running.pollers import workers_of
from service.running.supervise import Child, Supervisor, data_folder
from service.settings import Settings
from workflows.server.embedded import EmbeddedServer, free_ports

log = logging.getLogger(__name__)

HTTP_OK = b" 200 "
Say = Callable[[str], None]


class Installation:
    """The processes of one data folder."""

    def __init__(self, settings: Settings, *, left_behind: bool = False) -> None:
        """`left_behind`: the ledger's level is above this release's, so that no worker will work."""
        self._left_behind = left_behind
        self._server = (
            EmbeddedServer(settings.data, ui_port=settings.temporal_ui_port)
            if settings.embedded_temporal
            else None
        )
        address = self._server.address if self._server else settings.temporal_address
        self._client: Client | None = None
        port = settings.port or free_ports(1)[0]
        self.settings = settings.model_copy(update={"port": port, "temporal_address": address})

    @property
    def url(self) -> str:
        host = f"[{self.settings.host}]" if ":" in self.settings.host else self.settings.host
        return f"http://{host}:{self.settings.port}"

    def prepare(self) -> list[Path]:
        """Before anything is started; the Temporal files of another version, set aside."""
        return self._server.set_aside() if self._server else []

    def children(self) -> list[Child]:
        """In the order in which they start, and the other way round for stopping.

        So the API stops first, while what the requests under way need is still there.
        """
        temporal = [self._temporal(self._server)] if self._server else []
        return [
            *temporal,
            self._child("projector"),
            self._child("worker", ready=None if self._left_behind else self._has_worker),
            self._child("api", ready=self._api_answers),
        ]

    def _temporal(self, server: EmbeddedServer) -> Child:
        return Child(
            "temporal", server.command, ready=server.ready, lock=server.lock, log=server.log
        )

    def _child(
        self,
        name: str,
        ready: Callable[[], Awaitable[bool]] | None = None,
    ) -> Child:
        return Child(
            name,
            [sys.executable, "-m", "service", name],
            ready=ready,
            log=self._log(name),
            environment=self._environment(),
        )

    def _log(self, name: str) -> Path:
        return self.settings.data / f"{name}.log"

    def _environment(self) -> dict[str, str]:
        """What the children cannot know by themselves."""
        given = {
            "JISR_DATA": str(self.settings.data.absolute()),
            "JISR_TEMPORAL_ADDRESS": self.settings.temporal_address or "",
            "JISR_HOST": self.settings.host,
            "JISR_PORT": str(self.settings.port),
            "JISR_EXPOSE": str(self.settings.expose),
        }
        return {**os.environ, **given}

    async def _has_worker(self) -> bool:
        """Whether a worker asks Temporal for work."""
        with suppress(RPCError, RuntimeError):
            if self._client is None:
                self._client = await temporal_client(self.settings)
            return await workers_of(self._client) > 0
        return False

    async def _api_answers(self) -> bool:
        with suppress(OSError, asyncio.IncompleteReadError):
            reader, writer = await asyncio.open_connection(self.settings.host, self.settings.port)
            try:
                writer.write(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
                return HTTP_OK in await reader.readline()
            finally:
                writer.close()
        return False


def run_up(settings: Settings, say: Say) -> None:
    """Start everything and keep it running until SIGTERM or SIGINT.

    Raises `DataFolderInUseError`, `MasterKeyError`, `WrongMasterKey`.
    """
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # the terminal was closed
    with data_folder(settings.data):
        ensure_master_key(settings)
        with opened_ledger(settings) as ledger:
            today = local_date(datetime.now(UTC))
            made = ensure_administrator(ledger, settings, today)
            left_behind = _left_behind(ledger, say)
        installation = Installation(settings, left_behind=left_behind)
        address_file(settings).write_text(installation.settings.temporal_address or "")
        for file in installation.prepare():
            log.warning("another version's file is set aside: %s", file)
        asyncio.run(_keep(installation, _heard(say), made_key=made))


def _left_behind(ledger: Ledger, say: Say) -> bool:
    """Whether an upgrade was finished that this release is older than; said in words."""
    try:
        ledger.level.require_read()
    except NewerReleaseNeeded as needed:
        say(f"{needed}. Questions are answered, and nothing is recorded.")
        return True
    return False


def _heard(say: Say) -> Say:
    """Says it to whoever still listens; rich would end the process when nobody does."""

    def said(text: str) -> None:
        with suppress(OSError, SystemExit):
            say(text)

    return said


async def _keep(installation: Installation, say: Say, *, made_key: bool) -> None:
    supervisor = Supervisor(installation.children(), trouble=say)
    told = asyncio.create_task(_tell(supervisor, installation, say, made_key=made_key))
    try:
        await supervisor.run()
    finally:
        told.cancel()
        with suppress(asyncio.CancelledError):
            await told


async def _tell(
    supervisor: Supervisor, installation: Installation, say: Say, *, made_key: bool
) -> None:
    await supervisor.ready()
    settings = installation.settings
    say(f"Jisr is ready: {installation.url} (console), {installation.url}/docs (API)")
    if made_key:
        say(f"The first administrator's key is in {settings.data / 'administrator.key'}")
    if settings.temporal_ui_port and settings.temporal_address:
        say(f"Temporal's own pages: http://127.0.0.1:{settings.temporal_ui_port}")
    say("Ctrl-C stops it.")
