"""Proofs of a log, for whoever is shown one event, two checkpoints, or a case.

Each leads to a checkpoint that somebody outside may hold, and can be verified without the log.
"""

from base64 import b64encode
from dataclasses import dataclass

from eventsourcing.persistence import Notification

from ledger.faults import translated
from ledger.proof.entry import entry_of
from ledger.proof.log import Kept, Log
from ledger.proof.notes import Note
from ledger.proof.streams import StreamsProof
from ledger.proof.tiles import HEIGHT, WIDTH, Tiles
from ledger.proof.tree import (
    HASH_BYTES,
    ProofBroken,
    consistency,
    inclusion,
    leaf_hash,
    verify_inclusion,
)

PROOF = "c2sp.org/tlog-proof@v1"


class NotSealed(Exception):
    """The tree has not come so far, or no checkpoint has."""


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That an event stands in the tree that a signed note tells of."""

    index: int
    """Of the leaf, from 0: its position less one."""
    size: int
    leaf: bytes
    path: tuple[bytes, ...]
    note: Note

    @property
    def text(self) -> str:
        """A `.tlog-proof` file (https://c2sp.org/tlog-proof)."""
        path = "".join(f"{b64encode(each).decode()}\n" for each in self.path)
        return f"{PROOF}\nindex {self.index}\n{path}\n{self.note}"


@dataclass(frozen=True, slots=True)
class AllOf:
    """That a stream had so many events at a checkpoint, and no more."""

    stream: str
    proof: StreamsProof
    kept: Kept


class Proofs:
    """Made of a log as it was sealed."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def inclusion(self, stored: Notification, kept: Kept | None = None) -> Inclusion:
        """Of a stored event under a checkpoint, or under the newest head.

        Raises `NotSealed` for one that came later, and `ProofBroken` when the tree has another event
        at its place.
        """
        found = kept or self.log.head()
        if found is None or stored.id > found.size:
            raise NotSealed
        with translated("proof"), self.log.room.reading() as statements:
            path = inclusion(stored.id - 1, found.size, Tiles(statements, self.log.name).hash_of)
            root = Tiles(statements, self.log.name).root(found.size)
        leaf = leaf_hash(entry_of(stored))
        verify_inclusion(leaf, stored.id - 1, found.size, path, root)
        return Inclusion(stored.id - 1, found.size, leaf, tuple(path), found.note)

    def consistency(self, old: int, new: int) -> list[bytes]:
        """That the tree of `new` events begins with the one of `old` events.

        Raises `NotSealed` where there is no such tree.
        """
        head = self.log.head()
        if head is None or not 0 < old <= new <= head.size:
            raise NotSealed
        with translated("proof"), self.log.room.reading() as statements:
            return consistency(old, new, Tiles(statements, self.log.name).hash_of)

    def all_of(self, stream: str) -> AllOf:
        """Raises `NotSealed` before the first checkpoint, `ProofBroken` where what is kept of the
        streams is not what the checkpoint says.
        """
        with translated("proof"), self.log.room.reading() as statements:
            kept = self.log.last_checkpoint()
            if kept is None:
                raise NotSealed
            versions = self.log.stream_versions(statements)
        if versions.root != kept.checkpoint.streams:
            raise ProofBroken
        return AllOf(stream, versions.proof(stream), kept)

    def tile(self, level: int, number: int, width: int) -> bytes:
        """A tile of the tree as it is signed, or its beginning. Raises `NotSealed`."""
        head = self.log.head()
        above = head.size >> (HEIGHT * level) if head else 0
        if not 0 < width <= WIDTH or number * WIDTH + width > above:
            raise NotSealed
        with translated("proof"), self.log.room.reading() as statements:
            row = Tiles(statements, self.log.name).tile(level, number)
        return row[: width * HASH_BYTES]
