"""Whether the log of readings is this ledger's, the one that was sealed, and found whole by its index."""

from domain.errors import JisrError
from ledger.ledger import Ledger
from ledger.proof.log import READS, LogDiffers
from ledger.proof.tiles import TreeDamaged
from ledger.reads.finding import Index
from ledger.reads.opening import looked_at_reads
from ledger.store import PROOF, Store
from ledger.urls import sqlite_path
from service.running.doctor.finding import Finding, Part, broken, well
from service.settings import Settings

LATEST = 20_000
"""So many of the latest entries are compared with the index: the whole log is `jisr audit verify`'s."""
BESIDE = "bring back the log that belongs to this ledger, from a backup of the same moment"
LOOK = "keep everything as it is, and ask whoever holds a checkpoint of the log of readings"
INDEX = (
    "the log itself is whole: a worker makes what finds readings again from it within a day of its start "
    "(restart it to have it now), and an act in the ledger says from which entry on it was another"
)


def readings(ledger: Ledger, settings: Settings) -> Finding:
    path = sqlite_path(settings.reads)
    if path is not None and not path.exists():
        if path.with_name(f"{path.name}.{PROOF}").exists():
            return broken(Part.READS, "the log of who read what is gone", BESIDE)
        return well(Part.READS, "nobody has read anything yet")
    try:
        with looked_at_reads(settings.reads, ledger.id) as (store, index):
            return _wrong_with(ledger, store, index) or _whole(store)
    except JisrError as error:
        return broken(Part.READS, f"it cannot be used: {error}", BESIDE)


def _wrong_with(ledger: Ledger, store: Store, index: Index) -> Finding | None:
    try:
        ledger.sealed.beside(READS, store).require_same()
    except LogDiffers as difference:
        found = (
            f"the log of readings is not the one that was sealed: position {difference.position}"
        )
        return broken(Part.READS, found, LOOK)
    except TreeDamaged:
        return broken(Part.READS, "what was sealed of the log of readings is damaged", LOOK)
    after = max(0, (store.max_notification_id() or 0) - LATEST)
    differing = next(iter(index.differing(store, after)), None)
    if differing is None:
        return None
    return broken(Part.READS, f"entry {differing} is not found as it stands", INDEX)


def _whole(store: Store) -> Finding:
    return well(Part.READS, f"{store.max_notification_id() or 0} readings are written down")
