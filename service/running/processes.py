"""The processes of an installation, each run until it is asked to stop.

What is loaded by the time one is ready stays for its whole life: `gc.freeze` keeps the
garbage collector from walking over it again and again, which halves the speed of reading.
"""

import asyncio
import gc
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from service.bootstrap import opened_application, opened_ledger, opened_views, temporal_client
from service.identity.access_keys import ACCESS
from service.running.followers import erasing
from service.running.holidays import open_calendar
from service.running.upgrading import at_work
from service.settings import Settings

if TYPE_CHECKING:
    from temporalio.client import Client

    from service.application import Application

GRACE = 10
"""Seconds that requests under way have to finish."""


def run_api(settings: Settings) -> None:
    """Serve the API and the console until SIGTERM or SIGINT."""
    import uvicorn  # noqa: PLC0415 - only this process serves

    from service.api.app import create_app  # noqa: PLC0415 - as above
    from service.api.wire import Wire  # noqa: PLC0415 - as above
    from service.console.pages.routes import mount_console  # noqa: PLC0415 - as above

    @asynccontextmanager
    async def opened() -> "AsyncIterator[tuple[Application, bytes]]":
        async with opened_application(settings) as application:
            with at_work(settings, "api"):
                gc.freeze()
                yield application, application.derived(ACCESS)

    config = uvicorn.Config(
        create_app(opened, mount_console),
        host=settings.host,
        port=settings.port,
        http=Wire,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
    )
    uvicorn.Server(config).run()


def run_worker(settings: Settings) -> None:
    """Run the cases' workflows, and do what must follow from what is recorded."""

    async def work(stop: asyncio.Event) -> None:
        from domain.case import reviews  # noqa: PLC0415 - only this process works
        from workflows.case.schedule import Schedule  # noqa: PLC0415 - as above
        from workflows.worker import WorkerOptions, run_worker  # noqa: PLC0415 - as above

        with (
            opened_ledger(settings) as ledger,
            at_work(settings, "worker"),
            erasing(ledger),
        ):
            schedule = Schedule(reviews, open_calendar(settings.calendar_file))
            client = await _connected(settings, stop)
            if client is not None:
                options = WorkerOptions(sandbox=settings.sandbox)
                gc.freeze()
                await run_worker(client, ledger, schedule, stop, options)

    asyncio.run(until_told_to_stop(work))


async def _connected(settings: Settings, stop: asyncio.Event) -> "Client | None":
    """A client, as soon as Temporal answers; None when told to stop before."""
    connecting = asyncio.create_task(temporal_client(settings, lazy=False))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((connecting, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if connecting.done():
        return connecting.result()
    connecting.cancel()
    return None


async def until_told_to_stop(
    work: Callable[[asyncio.Event], Awaitable[None]],
) -> None:
    """Run `work` with an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    await work(stop)


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            return False
    return True


def run_projector(settings: Settings) -> None:
    """Keep the views level with the ledger."""
    import threading  # noqa: PLC0415 - only this process projects

    from projections.projector import Projector  # noqa: PLC0415 - as above

    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    with (
        opened_ledger(settings) as ledger,
        opened_views(settings) as views,
        at_work(settings, "projector"),
    ):
        projector = Projector(ledger, views, open_calendar(settings.calendar_file))
        gc.freeze()
        try:
            projector.run(stop)
        finally:
            projector.close()
