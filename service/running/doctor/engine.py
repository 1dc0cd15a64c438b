"""Temporal: whether it answers, who works for it, and what its lists say of the cases' runs."""

import asyncio
import socket
from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from ledger.ground.living import Alive
from service.bootstrap import temporal_address, temporal_client
from service.running.doctor.finding import Finding, Part, Severity, broken, warning, well
from service.running.faults import in_words
from service.settings import Settings
from workflows.examining import Seen
from workflows.examining import look as look_at_runs
from workflows.pollers import pollers_of

AT_ONCE = timedelta(seconds=2)
"""In which a server answers that is there."""
LISTED_WITHIN = 4.0
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


async def asked(settings: Settings, living: Collection[Alive] | None) -> list[Finding]:
    """What Temporal says; `living` left word at the ledger, None where that cannot be asked."""
    address = temporal_address(settings)
    try:
        async with asyncio.timeout(AT_ONCE.total_seconds() * 1.5):
            client = await temporal_client(settings)
            pollers = await pollers_of(client, within=AT_ONCE)
    except RPCError as error:
        return [_unanswered(address, settings, error)]
    except (TimeoutError, RuntimeError):
        return [broken(Part.TEMPORAL, f"no answer at {address}", ADVICE)]
    except OSError as error:  # of a file that the settings name
        return [broken(Part.TEMPORAL, in_words(error), ADVICE)]
    return [
        well(Part.TEMPORAL, f"answers at {address}"),
        *workers(pollers, living),
        *(queue(pollers, living) if living is not None else ()),
        *await _runs(client),
    ]


def _unanswered(address: str, settings: Settings, error: RPCError) -> Finding:
    if error.status is not RPCStatusCode.NOT_FOUND:
        return broken(Part.TEMPORAL, f"no answer at {address}", ADVICE)
    found = f"what answers at {address} has no namespace {settings.temporal_namespace}"
    advice = "make it (`temporal operator namespace create`), or check JISR_TEMPORAL_NAMESPACE"
    return broken(Part.TEMPORAL, found, advice)


async def _runs(client: Client) -> list[Finding]:
    try:
        async with asyncio.timeout(LISTED_WITHIN):
            return [*workflows(await look_at_runs(client))]
    except (RPCError, TimeoutError):
        found = f"its lists do not come within {LISTED_WITHIN:.0f} s"
        return [warning(Part.WORKFLOWS, found, "ask again; if it stays so, look into its log")]


def workers(pollers: Mapping[str, float], living: Collection[Alive] | None) -> Iterator[Finding]:
    """Whether somebody works, who has left word at the ledger."""
    is_known = living is None or any(each.part == "worker" for each in living)
    if pollers and is_known:
        yield well(Part.WORKER, f"{len(pollers)} at work")
    else:
        yield broken(Part.WORKER, "nobody works for the cases", NOTHING)


def queue(pollers: Mapping[str, float], living: Collection[Alive]) -> Iterator[Finding]:
    """Whether whoever asks for the cases' work is a worker that left word at the ledger."""
    known = {identity(each) for each in living if each.part == "worker"}
    strangers = [
        name for name, ago in sorted(pollers.items()) if name not in known and ago <= LATELY
    ]
    if strangers:
        yield warning(
            Part.QUEUE,
            f"{', '.join(strangers[:NAMED])} asks for the cases' work, and is no worker of this"
            " ledger",
            "end it, or give it another namespace: steps that it takes are lost time. One that"
            " was stopped within the last minute is seen for as long",
        )
    else:
        yield well(Part.QUEUE, "nobody else asks for the cases' work")


def identity(worker: Alive) -> str:
    """As Temporal's client names its process: `<id>@<host>`."""
    _, process, *host = worker.place.split()
    return f"{process}@{host[-1] if host else socket.gethostname()}"


def workflows(seen: Seen) -> Iterator[Finding]:
    """Each kind of trouble with its cases; a worker that runs heals the first two by itself."""
    healed = "the worker begins them anew, within a round; if not, look into its log"
    again = "beginning them anew does not help: look into the worker's log, and tell who made it"
    paused = (
        "somebody paused them: `temporal workflow unpause`, or end them, and they are begun anew"
    )
    is_well = True
    for severity, trouble, cases, advice in (
        (Severity.WARNING, "another's run has the id of", seen.foreign, healed),
        (Severity.WARNING, "tasks fail again and again of", seen.stuck, healed),
        (Severity.BROKEN, "begun anew three times within the hour:", seen.restless, again),
        (
            Severity.BROKEN,
            "paused, so that no step and no reminder of theirs goes on:",
            seen.paused,
            paused,
        ),
    ):
        if cases:
            is_well = False
            named = ", ".join(cases[:NAMED]) + (" and others" if len(cases) > NAMED else "")
            yield Finding(Part.WORKFLOWS, severity, f"{trouble} {named}", advice)
    if is_well:
        minutes = seen.round_seconds / 60
        found = f"{seen.running} run; the sweep looks at all within {minutes:.0f} minutes"
        yield well(Part.WORKFLOWS, found)
