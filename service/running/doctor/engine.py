"""Temporal: whether it answers, who works for it, and what its lists say of the cases' runs."""

import asyncio
import os
import socket
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing
from datetime import timedelta

from temporalio.service import RPCError

from domain.errors import JisrError
from ledger.ground.living import Alive
from ledger.sqlite.looking import look_at
from service.bootstrap import temporal_address, temporal_client
from service.running.doctor.finding import Finding, Part
from service.settings import Settings
from workflows.examining import Seen
from workflows.examining import look as look_at_runs
from workflows.pollers import pollers_of

AT_ONCE = timedelta(seconds=2)
"""In which a server answers that is there."""
LISTED_WITHIN = 10.0
"""Seconds, for lists of many runs."""
LATELY = 65.0
"""Seconds: an idle worker asks once a minute."""
NAMED = 5
"""Cases named in one finding."""
ADVICE = (
    "start it (`jisr up` starts one of its own), and check JISR_TEMPORAL_ADDRESS, "
    "JISR_TEMPORAL_NAMESPACE and the TLS files"
)
NOTHING = "start `jisr worker` (or `jisr up`): until then steps are answered 503"


async def asked(settings: Settings, living: Collection[Alive]) -> list[Finding]:
    """What Temporal says; `living` are the processes that left word at the ledger."""
    address = temporal_address(settings)
    try:
        async with asyncio.timeout(AT_ONCE.total_seconds() * 1.5):
            client = await temporal_client(settings)
            pollers = await pollers_of(client, within=AT_ONCE)
        async with asyncio.timeout(LISTED_WITHIN):
            seen = await look_at_runs(client)
    except (RPCError, TimeoutError, RuntimeError, OSError, JisrError):
        found = f"no answer at {address}"
        return [
            *_own_file(settings),
            Finding(Part.TEMPORAL, well=False, found=found, advice=ADVICE),
        ]
    return [
        Finding(Part.TEMPORAL, well=True, found=f"answers at {address}"),
        Finding(Part.WORKER, bool(pollers), f"{len(pollers)} at work", NOTHING),
        *queue(pollers, living),
        *workflows(seen),
    ]


def _own_file(settings: Settings) -> Iterator[Finding]:
    """Whether the file of the server that `jisr up` runs keeps it from starting."""
    file = settings.data / "temporal.db"
    if not file.is_file():
        return
    try:
        with closing(look_at(file)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error as error:
        yield Finding(
            Part.TEMPORAL,
            well=False,
            found=f"{file} cannot be read ({error})",
            advice="stop Jisr and move it away: the worker begins the workflows anew, nothing is lost",
        )


def queue(pollers: Mapping[str, float], living: Collection[Alive]) -> Iterator[Finding]:
    """Whether whoever asks for the cases' work is a worker that left word at the ledger."""
    known = {identity(each) for each in living if each.part == "worker"}
    strangers = [
        name for name, ago in sorted(pollers.items()) if name not in known and _is_there(name, ago)
    ]
    if strangers:
        yield Finding(
            Part.QUEUE,
            well=False,
            found=f"{', '.join(strangers[:NAMED])} asks for the cases' work, and is no worker of this"
            " ledger",
            advice="end it, or give it another namespace: steps that it takes are lost time. One that"
            " was stopped within the last minute is seen for as long",
        )
    else:
        yield Finding(Part.QUEUE, well=True, found="nobody else asks for the cases' work")


def identity(worker: Alive) -> str:
    """As Temporal's client names its process: `<id>@<host>`."""
    _, process, *host = worker.place.split()
    return f"{process}@{host[-1] if host else socket.gethostname()}"


def _is_there(name: str, ago: float) -> bool:
    """Whether who polled has not ended since, as far as that can be seen from here."""
    process, _, host = name.partition("@")
    if host == socket.gethostname() and process.isdecimal():
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            return True
    return ago <= LATELY


def workflows(seen: Seen) -> Iterator[Finding]:
    """Each kind of trouble with its cases; a worker that runs heals all but the last two by itself."""
    healed = "the worker begins them anew, within a round; if not, look into its log"
    again = "beginning them anew does not help: look into the worker's log, and tell who made it"
    paused = (
        "somebody paused them: `temporal workflow unpause`, or end them, and they are begun anew"
    )
    well = True
    for trouble, cases, advice in (
        ("another's run has the id of", seen.foreign, healed),
        ("tasks fail again and again of", seen.stuck, healed),
        ("begun anew three times within the hour:", seen.restless, again),
        ("paused:", seen.paused, paused),
    ):
        if cases:
            well = False
            named = ", ".join(cases[:NAMED]) + (" and others" if len(cases) > NAMED else "")
            found = f"{trouble} {named}"
            yield Finding(Part.WORKFLOWS, well=False, found=found, advice=advice)
    if well:
        minutes = seen.round_seconds / 60
        found = f"{seen.running} run; the sweep looks at all within {minutes:.0f} minutes"
        yield Finding(Part.WORKFLOWS, well=True, found=found)
