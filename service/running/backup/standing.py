"""What stands where a backup would be brought back, and what would be lost with it."""

import sqlite3
from collections import Counter
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from uuid import UUID

from domain.batch.events import BatchForgotten
from domain.beneficiary.events import BeneficiaryErased
from domain.complaint.events import ComplaintErased
from domain.dismissal.events import FindingForgotten
from domain.errors import JisrError
from domain.events.shapes import topics_of
from domain.message import kind_of, name_of
from ledger.faults import translated
from ledger.reads.opening import OF
from service.running.backup.making import destroyed_in, head_of, id_of
from service.running.backup.manifest import Head, Manifest
from service.running.backup.rooms import READS, Room, keys_of, ledger_of
from service.running.backup.snapshots import Snapshot, snapshot
from service.running.faults import OperatorError
from service.settings import Settings

ERASURES = (BeneficiaryErased, BatchForgotten, ComplaintErased, FindingForgotten)
"""Of whose stream the key ends with them."""

AT = """SELECT position, originator_id, originator_version, topic, state FROM stored_events
    WHERE position = {position}"""
SINCE = "SELECT originator_id, topic FROM stored_events WHERE position > {position}"
OF_LEDGER = f"SELECT detail FROM upkeep WHERE kind = '{OF}'"  # noqa: S608 (a constant)
WHEN = "SELECT min(recorded_at), max(recorded_at) FROM commands WHERE position > {position}"


@dataclass(frozen=True, slots=True)
class Standing:
    """The ledger that is there now."""

    head: int = 0
    """0 where there is none."""
    damaged: bool = False
    """There is something, and it cannot be looked at."""
    differs: bool = False
    """What stands in it is not what the backup has there: two ledgers went on from one."""
    lost: int = 0
    """Events that the backup does not have."""
    streams: Counter[str] = field(default_factory=Counter)
    """In how many streams, by their kinds."""
    first: str = ""
    last: str = ""
    """When they were recorded."""
    reads_go_on: bool = False
    """The log of who read what is the backup's, or goes on from it: it stays."""
    erased: Collection[UUID] = ()
    """Those whose key is destroyed, or is to be, by what is there."""

    @property
    def is_newer(self) -> bool:
        return self.lost > 0 or self.differs

    def told(self) -> str:
        """What would be lost, in words."""
        kinds = ", ".join(f"{many} {kind}" for kind, many in sorted(self.streams.items()))
        where = f"; in {kinds}" if kinds else ""
        when = f", recorded from {self.first} to {self.last} UTC" if self.first else ""
        text = f"{self.lost} events that the backup does not have{when}{where}"
        return f"another history than the backup's, and {text}" if self.differs else text


def stands(settings: Settings, records: Manifest) -> Standing:
    """Raises `OperatorError` where another installation is, and `Unavailable`."""
    ledger = _ledger_stands(settings, records)
    return replace(ledger, reads_go_on=_goes_on(Room(READS, settings.reads), records))


def _goes_on(log: Room, records: Manifest) -> bool:
    """Whether what stands there begins as the backup does. Then nothing read since is lost."""
    found = _opened(log)
    if found is None or isinstance(found, sqlite3.Error):
        return False
    with closing(found), suppress(sqlite3.Error):
        if [UUID(of) for (of,) in found.rows(OF_LEDGER)] != [records.ledger]:
            return False
        backup = records.reads or Head(position=0, digest="")
        return head_of(found, AT.format(position=backup.position)) == backup
    return False


def _ledger_stands(settings: Settings, records: Manifest) -> Standing:
    erased = _destroyed(keys_of(settings))
    found = _opened(ledger_of(settings))
    if found is None:
        return Standing(erased=erased)
    if isinstance(found, sqlite3.Error):
        return Standing(damaged=True, erased=erased)
    with closing(found), translated("ledger"):
        head = head_of(found)
        if not head.position:
            return Standing(erased=erased)
        if (ledger := id_of(found)) != records.ledger:
            raise OperatorError(
                f"another installation is there ({ledger}), and the backup is of {records.ledger}: name"
                " an empty folder by --data, or a database without one"
            )
        return _compared(found, head, records.head, erased)


def _compared(found: Snapshot, head: Head, backup: Head, destroyed: Collection[UUID]) -> Standing:
    since, differs = backup.position, False
    if head.position >= backup.position > 0:
        there = head_of(found, AT.format(position=backup.position))
        differs = there.digest != backup.digest
    elif head.position < backup.position:
        return Standing(head.position, erased=destroyed)  # what it lacks is in the backup
    if differs:
        since = 0
    told = found.rows(SINCE.format(position=since))
    topics = {topic for each in ERASURES for topic in topics_of(each)}
    erased = {UUID(name_of(stream)) for stream, topic in told if topic in topics}
    ((first, last),) = found.rows(WHEN.format(position=since))
    return Standing(
        head=head.position,
        differs=differs,
        lost=len(told),
        streams=Counter(str(kind_of(stream)) for stream in {stream for stream, _ in told}),
        first=str(first)[:16] if first else "",
        last=str(last)[:16] if last else "",
        erased={*destroyed, *erased},
    )


def _destroyed(keys: Room) -> Collection[UUID]:
    found = _opened(keys)
    if found is None or isinstance(found, sqlite3.Error):
        return ()
    with closing(found):
        try:
            return set(destroyed_in(found))
        except sqlite3.Error:  # no key store of ours
            return ()


def _opened(room: Room) -> Snapshot | sqlite3.Error | None:
    """None where nothing is there; the error of a file that is no whole database."""
    if room.file is not None:
        if not room.file.exists() or not room.file.stat().st_size:
            return None
        try:
            found = snapshot(room)
            found.rows("SELECT name FROM sqlite_master")
        except sqlite3.Error as error:
            return error
        return found
    import psycopg  # noqa: PLC0415 (only on PostgreSQL)

    with translated(room.name):
        found = snapshot(room)
        try:
            found.rows("SELECT version FROM schema_version LIMIT 1")
        except (psycopg.errors.UndefinedTable, psycopg.errors.InsufficientPrivilege):
            found.close()
            return None
    return found


def require_at_rest(settings: Settings, standing: Standing) -> None:
    """Raises `OperatorError` while a process is at work on what is there."""
    from ledger.opening import open_living  # noqa: PLC0415 (only here)

    if not standing.head:
        return
    with closing(open_living(settings.ledger)) as living:
        try:
            alive = living.everybody()
        except JisrError:
            return
    if alive:
        named = ", ".join(f"{each.part} ({each.place})" for each in alive)
        raise OperatorError(
            f"these are at work on it: {named}. Stop them; one that was killed is forgotten within a"
            " minute"
        )
