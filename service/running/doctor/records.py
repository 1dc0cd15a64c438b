"""The ledger and its keys: whether they can be opened, belong together and can be believed."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from domain.errors import (
    DatabaseBehind,
    DatabaseDamaged,
    DatabaseNewer,
    DatabaseUnfit,
    JisrError,
    KeysOfAnotherLedger,
    NewerReleaseNeeded,
    Unavailable,
    Unexpected,
    WrongMasterKey,
)
from ledger.ground.clock import IDLE, MAY_DIFFER
from ledger.ground.watch import Standing
from ledger.ledger import Ledger
from ledger.sqlite.wholeness import damage_of
from ledger.urls import sqlite_path
from service.running.doctor.finding import Finding, Part, broken, warning, well
from service.running.faults import in_words
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
    DatabaseNewer: ("{place} cannot be used: {error}", "start Jisr from that release"),
    DatabaseUnfit: (
        "{place} would lose or spoil what is stored in it: {error}",
        "set it up as that says, and start Jisr again",
    ),
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


def not_whole(settings: Settings) -> Iterator[Finding]:
    """Files of the ledger and its keys that are not there, or not what they should be."""
    for part, url in ((Part.LEDGER, settings.ledger), (Part.KEYS, settings.keys)):
        path = sqlite_path(url)
        if path is None:
            continue
        try:
            wrong = damage_of(path) if path.exists() else "does not exist"
        except OSError as error:
            wrong = f"cannot be looked at ({in_words(error)})"
        if wrong:
            advice = f"bring it back {ANOTHER}; a new installation makes it: start `jisr up` once"
            yield broken(part, f"{path} {wrong}", advice)


def unusable(error: JisrError, settings: Settings) -> Finding:
    """What keeps the ledger or its keys from being opened."""
    part = PARTS.get(str(error.params.get("database") or error.params.get("schema")), Part.LEDGER)
    path = sqlite_path(settings.keys if part is Part.KEYS else settings.ledger)
    place = str(path) if path else f"the database of the {part}"
    for kind, (found, advice) in (ON_FILE if path else IN_DATABASE).items():
        if isinstance(error, kind):
            told = found.format(place=place, error=error, cause=error.__cause__)
            return broken(part, told, advice)
    advice = "look into the log, and tell who made it the reference of the fault"
    return broken(part, f"it cannot be used: {error}", advice)


def standing(ledger: Ledger, settings: Settings) -> Iterator[Finding]:
    """What can be said of a ledger that is open."""
    head = ledger.head()
    yield well(Part.LEDGER, f"can be read, and ends at position {head}")
    if (lost := ledger.upkeep.lost) is not None:
        found = f"entries are gone since {lost.noted_at:%Y-%m-%d %H:%M} UTC: {lost.detail}"
        advice = "find out which backup was brought back; then run `jisr ledger accept`"
        yield broken(Part.TAIL, found, advice)
    yield _level(look(settings, ledger))
    yield _clock(ledger, head, settings)
    yield _erasures(ledger)


def _level(upgrade: Upgrade) -> Finding:
    """An upgrade that waits to be finished is nothing wrong."""
    if upgrade.level > upgrade.reads:
        return broken(
            Part.UPGRADE,
            f"the ledger is on level {upgrade.level}, and this release reads {upgrade.reads}: "
            "it answers questions and records nothing",
            "start every process from the release that finished the upgrade",
        )
    if upgrade.level == upgrade.reads:
        return well(Part.UPGRADE, f"finished: the ledger is on level {upgrade.level}")
    waits = (
        f"still older: {named(upgrade.behind)}" if upgrade.behind else "no older process is left"
    )
    return well(
        Part.UPGRADE,
        f"the ledger is on level {upgrade.level}, and this release reads {upgrade.reads}: what is new "
        f"waits for `jisr upgrade finish`; {waits}",
    )


def _erasures(ledger: Ledger) -> Finding:
    """Copies of a destroyed key on disks and in backups end with its master key."""
    oldest = ledger.oldest_erasure()
    if oldest is None:
        return well(Part.ERASURES, "none since the master key was made")
    days = (datetime.now(UTC) - oldest).days
    found = f"the oldest under this master key is {days} days old"
    if days <= LONGEST_ERASURE:
        return well(Part.ERASURES, found)
    advice = "run `jisr keys rotate`: disks and backups may still hold that key, wrapped"
    return warning(Part.ERASURES, found, advice)


def _clock(ledger: Ledger, head: int, settings: Settings) -> Finding:
    """The ledger must not know the future; a database elsewhere must agree on the time."""
    now = datetime.now(UTC)
    last = _last_recorded(ledger, head)
    drift = (last - now).total_seconds() if last else 0.0
    if settings.on_postgres:
        drift = max(drift, abs(_database_clock(settings.ledger) - now).total_seconds())
    if drift > LARGEST_DRIFT:
        return (broken if drift > MAY_DIFFER.total_seconds() else warning)(
            Part.CLOCK,
            f"this machine is {drift:.0f} s off what the ledger knows",
            "set the clock (an NTP service keeps it right): beyond a minute nothing is recorded."
            " Where it is the ledger that is wrong, then run `jisr clock restart`",
        )
    if last and now - last > IDLE:
        return warning(
            Part.CLOCK,
            f"nothing was recorded for {(now - last).days} days, or the clock is wrong",
            "look whether it is right, and run `jisr clock confirm`: until then a process that has"
            " just started records nothing",
        )
    return well(Part.CLOCK, "agrees with the ledger")


def _last_recorded(ledger: Ledger, head: int) -> datetime | None:
    """When the last event was; None where the clock has been restarted since."""
    if head < max(1, Standing().after(ledger.upkeep.notes()).epoch):
        return None
    # What cannot be read is said of the projector.
    with suppress(NewerReleaseNeeded, Unexpected):
        for last in ledger.events(head - 1, 1):
            return last.envelope.recorded_at
    return None


def _database_clock(url: str) -> datetime:
    # ruff: noqa: PLC0415 - only where the ledger is in PostgreSQL
    import psycopg

    from ledger.postgres.session import options

    with psycopg.connect(url, options=options()) as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()
    found: datetime = row[0] if row else datetime.now(UTC)
    return found
