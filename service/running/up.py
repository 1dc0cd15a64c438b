"""A whole installation on one machine, each part a process that is kept running.

It outlives the terminal it was started from, and whoever reads what it says.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from temporalio.client import Client
from temporalio.service import RPCError

from domain.errors import NewerReleaseNeeded, Unavailable
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from service.bootstrap import address_file, api_file, opened_ledger, temporal_client
from service.running.faults import STORED_NOWHERE
from service.running.founding import ensure_administrator
from service.running.master_key import ensure_master_key
from service.running.offshoots import Offshoots
from service.running.supervise import Child, Supervisor
from service.settings import Settings
from workflows.pollers import pollers_of
from workflows.server.embedded import NAME, EmbeddedServer, free_ports
from workflows.server.log_lines import logging_from

log = logging.getLogger(__name__)

HTTP_OK = b" 200 "
Say = Callable[[str], None]


class Installation:
    """The processes of one data folder."""

    def __init__(
        self, settings: Settings, offshoots: Offshoots, *, left_behind: bool = False
    ) -> None:
        """`left_behind`: the ledger's level is above this release's, so that no worker will work."""
        self._offshoots = offshoots
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

    def temporal_pages(self) -> AbstractAsyncContextManager[None]:
        """Shows Temporal's own pages while it lasts, where they are wanted."""
        return self._server.pages() if self._server else nullcontext()

    def prepare(self) -> list[Path]:
        """Before anything is started; the Temporal files of another version, or damaged, set aside."""
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
        return Child(NAME, server.run, ready=server.ready, log=server.log)

    def _child(self, name: str, ready: Callable[[], Awaitable[bool]] | None = None) -> Child:
        log = self.settings.data / f"{name}.log"
        start = partial(self._offshoots.start, name, self._environment(), log)
        return Child(name, start, ready=ready, log=log)

    def _environment(self) -> dict[str, str]:
        """What the parts cannot know by themselves."""
        return {
            "JISR_DATA": str(self.settings.data),
            "JISR_TEMPORAL_ADDRESS": self.settings.temporal_address or "",
            "JISR_HOST": self.settings.host,
            "JISR_PORT": str(self.settings.port),
            "JISR_EXPOSE": str(self.settings.expose),
            "JISR_TEMPORAL_UI_PORT": str(self.settings.temporal_ui_port or ""),
        }

    async def _has_worker(self) -> bool:
        """Whether a worker asks Temporal for work."""
        with suppress(RPCError, RuntimeError):
            if self._client is None:
                self._client = await temporal_client(self.settings)
            return bool(await pollers_of(self._client))
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


def supervise(settings: Settings, say: Say, stem: Connection, outs: Mapping[str, int]) -> None:
    """Have everything started by the stem, and keep it running until SIGTERM or SIGINT.

    `outs` are where parts write past their logs, by name: it is logged too. Raises `MasterKeyError`, `WrongMasterKey`.
    """
    for name, out in outs.items():
        logging_from(out, name, settings.data / f"{name}.log")
    ensure_master_key(settings)
    with opened_ledger(settings) as ledger:
        today = local_date(datetime.now(UTC))
        made = ensure_administrator(ledger, settings, today)
        left_behind = _left_behind(ledger, say)
        _warn(ledger, say)
    offshoots = Offshoots(stem)
    installation = Installation(settings, offshoots, left_behind=left_behind)
    address_file(settings).write_text(installation.settings.temporal_address or "")
    api_file(settings).write_text(installation.url)
    for file in installation.prepare():
        log.warning("a file of Temporal's that cannot be used is set aside: %s", file)
    asyncio.run(_keep(installation, offshoots, _heard(say), made_key=made))


def _left_behind(ledger: Ledger, say: Say) -> bool:
    """Whether an upgrade was finished that this release is older than; said in words."""
    try:
        ledger.level.require_read()
    except NewerReleaseNeeded as needed:
        say(f"{needed}. Questions are answered, and nothing is recorded.")
        return True
    return False


def _warn(ledger: Ledger, say: Say) -> None:
    """Say so where nothing could be recorded: it is started all the same, to be read."""
    try:
        ledger.require_writable()
    except Unavailable as away:
        why = STORED_NOWHERE.get(str(away.params.get("because")), "its database is away")
        say(f"Nothing can be recorded: {why}. Questions are answered.")


def _heard(say: Say) -> Say:
    """Says it to whoever still listens; rich would end the process when nobody does."""

    def said(text: str) -> None:
        with suppress(OSError, SystemExit):
            say(text)

    return said


async def _keep(
    installation: Installation, offshoots: Offshoots, say: Say, *, made_key: bool
) -> None:
    supervisor = Supervisor(installation.children(), trouble=say)
    told = asyncio.create_task(_tell(supervisor, installation, say, made_key=made_key))
    with offshoots.heard():
        try:
            async with installation.temporal_pages():
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
    if made_key:
        say(
            f"The first administrator's key is in {settings.data / 'administrator.key'}, for a year"
        )
    if settings.temporal_ui_port and settings.temporal_address:
        say(f"Temporal's own pages: http://127.0.0.1:{settings.temporal_ui_port}")
    say("Ctrl-C stops it.")
    say(f"Jisr is ready: {installation.url} (console), {installation.url}/docs (API)")
