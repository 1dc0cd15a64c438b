"""The ledger and its keys: whether they can be opened, belong together and can be believed."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from domain.errors import (
    DatabaseBehind,
    DatabaseDamaged,
    JisrError,
    KeysOfAnotherLedger,
    NewerReleaseNeeded,
    Unavailable,
    Unexpected,
    WrongMasterKey,
)
from ledger.ledger import Ledger
from ledger.urls import sqlite_path
from service.running.doctor.finding import Finding, Part
from service.running.upgrading import Upgrade, look, named
from service.settings import Settings

LONGEST_ERASURE = 30
"""Days after which the master key of an erased person's key should have ended."""
LARGEST_DRIFT = 5.0
"""Seconds between two clocks."""
PARTS = {"ledger": Part.LEDGER, "keys": Part.KEYS, "followers": Part.ERASING, "views": Part.VIEWS}
ANOTHER = "from backups of one moment: `docs/operations.md` says how"
ANYWHERE: dict[type[JisrError], tuple[str, str]] = {
    DatabaseDamaged: (
        "{place} is damaged, or was not made by Jisr",
        f"stop Jisr, move it away, and bring it back {ANOTHER}",
    ),
    WrongMasterKey: (
        "{error}",
        "bring back the master key that this data was written under",
    ),
    KeysOfAnotherLedger: ("{error}", f"bring back the two that belong together, {ANOTHER}"),
    NewerReleaseNeeded: ("it cannot be read: {error}", "install that release"),
}
"""What is found, and what to do."""
ON_FILE = ANYWHERE | {
    DatabaseBehind: (
        "{place} is an older release's, or has only just been made",
        "the next start of `jisr up` brings it level",
    ),
    Unavailable: (
        "{place} cannot be looked at ({cause})",
        "see that it can be read; where Jisr was killed, `jisr up` brings in what it left beside it",
    ),
}
IN_DATABASE = ANYWHERE | {
    DatabaseBehind: (
        "{place} is not prepared for this release",
        "run `jisr database prepare` with JISR_OWNER_URL set",
    ),
    Unavailable: (
        "{place} does not answer",
        "start the database, and check JISR_DATABASE_URL and JISR_KEYS_URL",
    ),
}


def missing(settings: Settings) -> Iterator[Finding]:
    """Files of the ledger and its keys that are not there, or hold nothing."""
    for part, url in ((Part.LEDGER, settings.ledger), (Part.KEYS, settings.keys)):
        path = sqlite_path(url)
        if path is None:
            continue
        advice = f"bring it back {ANOTHER}; a new installation makes it: start `jisr up` once"
        if not path.exists():
            yield Finding(part, well=False, found=f"{path} does not exist", advice=advice)
        elif path.is_file() and not path.stat().st_size:
            yield Finding(part, well=False, found=f"{path} is empty", advice=advice)


def unusable(error: JisrError, settings: Settings) -> Finding:
    """What keeps the ledger or its keys from being opened."""
    part = PARTS.get(str(error.params.get("database") or error.params.get("schema")), Part.LEDGER)
    path = sqlite_path(settings.keys if part is Part.KEYS else settings.ledger)
    place = str(path) if path else f"the database of the {part}"
    for kind, (found, advice) in (ON_FILE if path else IN_DATABASE).items():
        if isinstance(error, kind):
            told = found.format(place=place, error=error, cause=error.__cause__)
            return Finding(part, well=False, found=told, advice=advice)
    advice = "look into the log, and tell who made it the reference of the fault"
    return Finding(part, well=False, found=f"it cannot be used: {error}", advice=advice)


def standing(ledger: Ledger, settings: Settings) -> Iterator[Finding]:
    """What can be said of a ledger that is open."""
    head = ledger.head()
    yield Finding(Part.LEDGER, well=True, found=f"can be read, and ends at position {head}")
    if (lost := ledger.upkeep.lost) is not None:
        found = f"entries are gone since {lost.noted_at:%Y-%m-%d %H:%M} UTC: {lost.detail}"
        advice = "find out which backup was brought back; then run `jisr ledger accept`"
        yield Finding(Part.TAIL, well=False, found=found, advice=advice)
    yield _level(look(settings, ledger))
    yield _clock(ledger, head, settings)
    yield _erasures(ledger)


def _level(upgrade: Upgrade) -> Finding:
    """An upgrade that waits to be finished is nothing wrong."""
    if upgrade.level > upgrade.reads:
        return Finding(
            Part.UPGRADE,
            well=False,
            found=f"the ledger is on level {upgrade.level}, and this release reads {upgrade.reads}: "
            "it answers questions and records nothing",
            advice="start every process from the release that finished the upgrade",
        )
    if upgrade.level == upgrade.reads:
        found = f"finished: the ledger is on level {upgrade.level}"
        return Finding(Part.UPGRADE, well=True, found=found)
    waits = (
        f"still older: {named(upgrade.behind)}" if upgrade.behind else "no older process is left"
    )
    found = (
        f"the ledger is on level {upgrade.level}, and this release reads {upgrade.reads}: what is new "
        f"waits for `jisr upgrade finish`; {waits}"
    )
    return Finding(Part.UPGRADE, well=True, found=found)


def _erasures(ledger: Ledger) -> Finding:
    """Copies of a destroyed key on disks and in backups end with its master key."""
    oldest = ledger.oldest_erasure()
    if oldest is None:
        return Finding(Part.ERASURES, well=True, found="none since the master key was made")
    days = (datetime.now(UTC) - oldest).days
    return Finding(
        Part.ERASURES,
        days <= LONGEST_ERASURE,
        f"the oldest under this master key is {days} days old",
        "run `jisr keys rotate`: disks and backups may still hold that key, wrapped",
    )


def _clock(ledger: Ledger, head: int, settings: Settings) -> Finding:
    """The ledger must not know the future; a database elsewhere must agree on the time."""
    now = datetime.now(UTC)
    drift = 0.0
    # What cannot be read is said of the projector.
    with suppress(NewerReleaseNeeded, Unexpected):
        for last in ledger.events(head - 1, 1) if head else ():
            drift = max(drift, (last.envelope.recorded_at - now).total_seconds())
    if settings.on_postgres:
        drift = max(drift, abs(_database_clock(settings.ledger) - now).total_seconds())
    if drift <= LARGEST_DRIFT:
        return Finding(Part.CLOCK, well=True, found="agrees with the ledger")
    return Finding(
        Part.CLOCK,
        well=False,
        found=f"this machine is {drift:.0f} s off what the ledger knows",
        advice="set the clock (an NTP service keeps it right): due dates and history go by it",
    )


def _database_clock(url: str) -> datetime:
    # ruff: noqa: PLC0415 - only where the ledger is in PostgreSQL
    import psycopg

    from ledger.postgres.session import options

    with psycopg.connect(url, options=options()) as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
    found: datetime = row[0] if row else datetime.now(UTC)
    return found
