"""The worker: runs the cases' workflows, and does what must follow from what is recorded."""

import asyncio
import gc
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

import uvloop
from temporalio.client import Client

from domain.case import reviews
from service.bootstrap import opened_ledger, temporal_client
from service.notify.running import notifying
from service.papers.sweeping import sweeping
from service.running.acts import record_ended
from service.running.announced_days import AnnouncedDays
from service.running.announcing import announcing
from service.running.auditing.nightly import reconciled_nightly
from service.running.backup.again import erase_registered
from service.running.backup.erased import whole_register
from service.running.followers import erasing
from service.running.keys_used import noting_keys
from service.running.reads_found import finding_reads
from service.running.sealed import sealed
from service.running.upgrading import at_work
from service.settings import Settings
from workflows.by_hand import TURN, ByHand
from workflows.case.schedule import Schedule
from workflows.worker import WorkerOptions
from workflows.worker import run_worker as run

SWITCH_SECONDS = 0.001
"""How long one thread runs while others wait. A step changes threads ten times, and with the usual
five milliseconds it waits that long each time beside somebody who only computes."""


def run_worker(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; those first whom a copy that was brought back does not know as erased."""
    erase_registered(settings)

    async def work(stop: asyncio.Event) -> None:
        calendars = AnnouncedDays(settings.calendar_file)
        with (
            opened_ledger(settings) as ledger,
            at_work(settings, "worker"),
            erasing(ledger, whole_register(settings, ledger)),
            sealed(settings, ledger),
            sweeping(ledger),
            noting_keys(ledger),
            finding_reads(settings, ledger),
            notifying(settings, ledger),
            announcing(ledger, calendars),
            reconciled_nightly(settings, ledger),
        ):
            schedule = Schedule(reviews, calendars)
            client = await _connected(settings, stop)
            if client is not None:
                options = WorkerOptions(sandbox=settings.sandbox)
                gc.freeze()
                sys.setswitchinterval(SWITCH_SECONDS)
                by_hand = ByHand(client, partial(record_ended, ledger), ledger.feed.turn(TURN))
                looking = asyncio.create_task(by_hand.run(stop))
                try:
                    await run(client, ledger, schedule, stop, options)
                finally:
                    looking.cancel()
                    with suppress(asyncio.CancelledError):
                        await looking

    uvloop.run(_until_told_to_stop(work))


async def _connected(settings: Settings, stop: asyncio.Event) -> Client | None:
    """A client, as soon as Temporal answers; None when told to stop before."""
    connecting = asyncio.create_task(temporal_client(settings, lazy=False))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((connecting, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if connecting.done():
        return connecting.result()
    connecting.cancel()
    return None


async def _until_told_to_stop(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run `work` with an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stop.set)
    await work(stop)
