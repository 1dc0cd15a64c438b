"""`jisr doctor`: looks at every part, and says in words what is wrong and what to do."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from domain.errors import (
    DatabaseBehind,
    JisrError,
    NewerReleaseNeeded,
    Unavailable,
    Unexpected,
    WrongMasterKey,
)
from ledger.ledger import Ledger
from ledger.opening import sqlite_path
from service.bootstrap import opened_ledger, opened_views, temporal_address, temporal_client
from service.running.finding import Finding
from service.running.followers import looked_at
from service.running.lost_keys import keys_of_everybody
from service.running.master_key import MasterKeyError, read_master_keys
from service.running.pollers import workers_of
from service.running.projected import projected
from service.running.rotation import unfinished
from service.running.upgrading import Upgrade, look, named
from service.settings import Settings

if TYPE_CHECKING:
    from workflows.examining import Seen

LEAST_FREE_BYTES = 1024**3
LONGEST_ERASURE = 30
"""Days after which the master key of an erased person's key should have ended."""
LARGEST_DRIFT = 5.0
"""Seconds between two clocks."""
TEMPORAL_SECONDS = 15.0
NAMED = 5
"""Cases named in one finding."""


Check = Callable[[Settings], Iterator[Finding]]


def examine(settings: Settings) -> Iterator[Finding]:
    """All findings, each as soon as it is known."""
    for check in (_data_folder, _master_key, _databases, _temporal):
        yield from check(settings)


def _data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data
    if not folder.is_dir():
        yield Finding(
            "data folder",
            settings.on_postgres,
            f"{folder} does not exist",
            "start `jisr up` once, or name the right folder by --data or JISR_DATA",
        )
        return
    free = shutil.disk_usage(folder).free
    yield Finding(
        "disk",
        free >= LEAST_FREE_BYTES,
        f"{free / 1024**3:.1f} GiB free in {folder}",
        "free some space: without it nothing can be recorded",
    )


def _master_key(settings: Settings) -> Iterator[Finding]:
    path = settings.master_key
    try:
        number = max(read_master_keys(path))
    except MasterKeyError as error:
        yield Finding("master key", well=False, found=str(error))
        return
    yield Finding("master key", well=True, found=f"{path} can be used, number {number}")
    if unfinished(path):
        found = f"{path} is half replaced by the next one"
        yield Finding("master key", well=False, found=found, advice="run `jisr keys rotate` again")


def _databases(settings: Settings) -> Iterator[Finding]:
    path = sqlite_path(settings.ledger)
    if path is not None and not path.exists():
        advice = "start `jisr up` once: it makes the ledger"
        yield Finding("ledger", well=False, found=f"{path} does not exist", advice=advice)
        return
    try:
        with opened_ledger(settings) as ledger:
            head = ledger.head()
            yield Finding("ledger", well=True, found=f"answers, at position {head}")
            yield from _loss(ledger)
            yield _level(look(settings, ledger))
            yield from _clock(ledger, head, settings)
            yield from _erasures(ledger)
            yield keys_of_everybody(ledger)
            yield from looked_at(ledger, head)
            with opened_views(settings) as views:
                yield projected(ledger, views, head)
    except MasterKeyError:
        return  # said already
    except DatabaseBehind:
        advice = "run `jisr database prepare` with JISR_OWNER_URL set"
        yield Finding("database", well=False, found="not prepared for this version", advice=advice)
    except Unavailable as error:
        away = error.params.get("database", "ledger")
        advice = "start the database, and check JISR_DATABASE_URL, JISR_KEYS_URL, JISR_VIEWS_URL"
        yield Finding(f"database of the {away}", well=False, found="does not answer", advice=advice)
    except NewerReleaseNeeded as error:
        yield Finding("ledger", well=False, found=f"cannot be read: {error}")
    except WrongMasterKey as error:
        advice = "bring back the master key that this data was written under"
        yield Finding("ledger", well=False, found=f"cannot be opened: {error}", advice=advice)
    except JisrError as error:
        advice = "look into the log, and tell who made it the reference of the fault"
        yield Finding("ledger", well=False, found=f"cannot be used: {error}", advice=advice)


def _loss(ledger: Ledger) -> Iterator[Finding]:
    if (lost := ledger.upkeep.lost) is not None:
        found = f"entries are gone since {lost.noted_at:%Y-%m-%d %H:%M} UTC: {lost.detail}"
        advice = "find out which backup was brought back; then run `jisr ledger accept`"
        yield Finding("ledger's tail", well=False, found=found, advice=advice)


def _level(upgrade: Upgrade) -> Finding:
    """An upgrade that waits to be finished is nothing wrong."""
    if upgrade.level > upgrade.reads:
        return Finding(
            "upgrade",
            well=False,
            found=f"the ledger is on level {upgrade.level}, and this release reads {upgrade.reads}: "
            "it answers questions and records nothing",
            advice="start every process from the release that finished the upgrade",
        )
    if upgrade.level == upgrade.reads:
        return Finding(
            "upgrade", well=True, found=f"finished: the ledger is on level {upgrade.level}"
        )
    waits = (
        f"still older: {named(upgrade.behind)}" if upgrade.behind else "no older process is left"
    )
    found = (
        f"the ledger is on level {upgrade.level}, and this release reads {upgrade.reads}: what is new "
        f"waits for `jisr upgrade finish`; {waits}"
    )
    return Finding("upgrade", well=True, found=found)


def _erasures(ledger: Ledger) -> Iterator[Finding]:
    """Copies of a destroyed key on disks and in backups end with its master key."""
    oldest = ledger.oldest_erasure()
    if oldest is None:
        yield Finding("erasures", well=True, found="none since the master key was made")
        return
    days = (datetime.now(UTC) - oldest).days
    yield Finding(
        "erasures",
        days <= LONGEST_ERASURE,
        f"the oldest under this master key is {days} days old",
        "run `jisr keys rotate`: disks and backups may still hold that key, wrapped",
    )


def _clock(ledger: Ledger, head: int, settings: Settings) -> Iterator[Finding]:
    """The ledger must not know the future; a database elsewhere must agree on the time."""
    advice = "set the clock (an NTP service keeps it right): due dates and history go by it"
    now = datetime.now(UTC)
    drift = 0.0
    # What cannot be read is said of the projector.
    with suppress(NewerReleaseNeeded, Unexpected):
        for last in ledger.events(head - 1, 1) if head else ():
            drift = max(drift, (last.envelope.recorded_at - now).total_seconds())
    if settings.on_postgres:
        drift = max(drift, abs(_database_clock(settings.ledger) - now).total_seconds())
    if drift > LARGEST_DRIFT:
        found = f"this machine is {drift:.0f} s off what the ledger knows"
        yield Finding("clock", well=False, found=found, advice=advice)
    else:
        yield Finding("clock", well=True, found="agrees with the ledger")


def _database_clock(url: str) -> datetime:
    import psycopg

    from ledger.postgres.session import options

    with psycopg.connect(url, options=options()) as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
    found: datetime = row[0] if row else datetime.now(UTC)
    return found


def _temporal(settings: Settings) -> Iterator[Finding]:
    address = temporal_address(settings)
    yield from asyncio.run(_asked(settings, address))


async def _asked(settings: Settings, address: str) -> list[Finding]:
    # ruff: noqa: PLC0415 - slow to load, and the last to be looked at
    from temporalio.service import RPCError

    from workflows.examining import look

    advice = (
        "start it (`jisr up` starts one of its own), and check JISR_TEMPORAL_ADDRESS, "
        "JISR_TEMPORAL_NAMESPACE and the TLS files"
    )
    try:
        async with asyncio.timeout(TEMPORAL_SECONDS):
            client = await temporal_client(settings)
            workers = await workers_of(client)
            seen = await look(client)
    except (RPCError, TimeoutError, RuntimeError):
        return [Finding("Temporal", well=False, found=f"no answer at {address}", advice=advice)]
    return [
        Finding("Temporal", well=True, found=f"answers at {address}"),
        Finding(
            "worker",
            well=workers > 0,
            found=f"{workers} at work",
            advice="start `jisr worker` (or `jisr up`): until then steps are answered 503",
        ),
        *_workflows(seen),
    ]


def _workflows(seen: "Seen") -> Iterator[Finding]:
    """Each kind of trouble with its cases; a worker that runs heals all but the last by itself."""
    healed = "the worker begins them anew, within a round; if not, look into its log"
    again = "beginning them anew does not help: look into the worker's log, and tell who made it"
    well = True
    for trouble, cases, advice in (
        ("another's run has the id of", seen.foreign, healed),
        ("tasks fail again and again of", seen.stuck, healed),
        ("begun anew three times within the hour:", seen.restless, again),
    ):
        if cases:
            well = False
            named = ", ".join(cases[:NAMED]) + (" and others" if len(cases) > NAMED else "")
            yield Finding("workflows", well=False, found=f"{trouble} {named}", advice=advice)
    if well:
        minutes = seen.round_seconds / 60
        found = f"{seen.running} run; the sweep looks at all within {minutes:.0f} minutes"
        yield Finding("workflows", well=True, found=found)
