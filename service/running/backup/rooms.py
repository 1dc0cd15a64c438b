"""What a backup has: the ledger and its keys, and the small stores that cannot be made again.

A room is a file in SQLite and a schema in PostgreSQL, and all of it is copied, whatever a release adds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger.urls import sqlite_path, sqlite_url
from service.running.faults import OperatorError
from service.settings import Settings

LEDGER, PROOF, KEYS = "ledger", "proof", "keys"
READS, LOOKED = "reads", "looked"
"""Who read what of whom; in PostgreSQL what finds it has a schema of its own."""


@dataclass(frozen=True, slots=True)
class Room:
    """A database, or a part of one."""

    name: str
    """The schema's, and of the file in a backup."""
    url: str

    @property
    def file(self) -> Path | None:
        """Where it lies in SQLite; None in PostgreSQL."""
        return sqlite_path(self.url)

    @property
    def plain_url(self) -> str:
        """As PostgreSQL's own library takes it."""
        return self.url.replace("postgresql+psycopg://", "postgresql://", 1)


def ledger_of(settings: Settings) -> Room:
    return Room(LEDGER, settings.ledger)


def keys_of(settings: Settings) -> Room:
    return Room(KEYS, settings.keys)


def rooms(settings: Settings) -> Sequence[Room]:
    """Those of the first half; the keys are the other. A tree stands before what it is of.

    So it is never ahead of that, though each of them goes on being written.
    """
    ledger, reads = ledger_of(settings), Room(READS, settings.reads)
    return (
        ledger,
        Room(PROOF, _beside(ledger, PROOF)),
        reads,
        *(() if reads.file else (Room(LOOKED, settings.reads),)),
        Room("passwords", settings.passwords),
        Room("outbox", settings.outbox),
    )


def both_halves(settings: Settings) -> Sequence[Room]:
    """In which order they are held: the keys behind the tree, of which they have what signed it, and before
    the log of readings, which goes on meanwhile: they remember how much of it was sealed.
    """
    ledger, tree, *others = rooms(settings)
    return (ledger, tree, keys_of(settings), *others)


def _beside(ledger: Room, name: str) -> str:
    """The URL of what stands beside the ledger's tables."""
    file = ledger.file
    return sqlite_url(file.with_name(f"{file.name}.{name}")) if file else ledger.url


def require_owner(settings: Settings) -> str:
    """Raises `OperatorError` where none is named."""
    if settings.owner_url is None:
        raise OperatorError(
            "set JISR_OWNER_URL to the database, signed in as the owner of its schemas: the service's"
            " role may not put anything in place of what is recorded"
        )
    return settings.owner_url.get_secret_value()
