"""Which room of one database is which of the other, and what a backup must be for that."""

from collections.abc import Mapping

from ledger.migrations import steps
from service.identity.passwords.tables import PASSWORDS
from service.keeping import Kept
from service.notify.outbox.tables import OUTBOX
from service.running.backup.manifest import Manifest, RoomCopied
from service.running.backup.rooms import KEYS, LEDGER, LOOKED, PROOF, READS, Room
from service.running.faults import OperatorError

SMALL: Mapping[str, Kept] = {kept.name: kept for kept in (PASSWORDS, OUTBOX)}
"""Stores without migrations, by their name."""
WITHIN: Mapping[str, str] = {LOOKED: READS}
"""What in SQLite stands in another's file."""
MADE_OF: Mapping[str, tuple[str, ...]] = {
    LEDGER: (LEDGER,),
    PROOF: (PROOF,),
    KEYS: (KEYS,),
    READS: (LEDGER, LOOKED),
}
"""The migrations by which a file of SQLite is made."""


def is_across(room: Room, found: RoomCopied) -> bool:
    """Whether the backup is of the other database than the settings name."""
    return found.in_files is not (room.file is not None)


def require_newest(found: RoomCopied) -> None:
    """Raises `OperatorError` where the tables are not those of this release."""
    database = "sqlite" if found.in_files else "postgres"
    if found.version is not None and found.version != steps(database, found.name)[-1].number:
        kind = "SQLite" if found.in_files else "PostgreSQL"
        raise OperatorError(
            f"the backup is of an earlier release's tables, and of the other database: bring it back into"
            f" {kind} with this release first, and take another backup there"
        )


def in_schema(room: Room, records: Manifest) -> RoomCopied | None:
    """The room as PostgreSQL is to have it, out of a backup of SQLite; None where it has nothing of it."""
    found = records.room(WITHIN.get(room.name, room.name))
    if found is None:
        return None
    version = None if room.name in SMALL else steps("postgres", room.name)[-1].number
    return RoomCopied(name=room.name, in_files=True, version=version)
