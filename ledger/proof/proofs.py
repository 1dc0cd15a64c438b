"""Proofs of a log, for whoever is shown one event, two checkpoints, or a case.

Each leads to a checkpoint that somebody outside may hold, and can be verified without the log.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from eventsourcing.persistence import Notification

from ledger.faults import translated
from ledger.proof.checkpoint import Checkpoint, is_size
from ledger.proof.entry import entry_of
from ledger.proof.log import Kept, Log
from ledger.proof.notes import Note, NoteBroken, VerifierKey
from ledger.proof.streams import StreamsProof, verify_version
from ledger.proof.tiles import HEIGHT, WIDTH, Tiles
from ledger.proof.tree import (
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
    entry: bytes
    """What of the event is in the tree."""
    path: tuple[bytes, ...]
    note: Note

    @property
    def text(self) -> str:
        """A `.tlog-proof` file (https://c2sp.org/tlog-proof); its extra data is the entry."""
        path = "".join(f"{b64encode(each).decode()}\n" for each in self.path)
        extra = b64encode(self.entry).decode()
        return f"{PROOF}\nextra {extra}\nindex {self.index}\n{path}\n{self.note}"

    @classmethod
    def parsed(cls, text: str) -> Self:
        """Raises `NoteBroken`; verifies nothing."""
        told, blank, note = text.partition("\n\n")
        lines = told.split("\n")
        first, extra, index = (*lines, "", "", "")[:3]
        if not blank or first != PROOF or not extra.startswith("extra "):
            raise NoteBroken("this is no proof of an event")
        place = index.removeprefix("index ")
        if index == place or not is_size(place):
            raise NoteBroken("the index is no number")
        found = Note.parsed(note)
        size = Checkpoint.parsed(found.text).size
        path = tuple(_decoded(each) for each in lines[3:])
        return cls(int(place), size, _decoded(extra.removeprefix("extra ")), path, found)

    def verify(self, keys: Sequence[VerifierKey]) -> None:
        """Raises `NoteBroken` for a note that none of the keys signed, `ProofBroken` for a path that
        does not lead to its root.
        """
        self.note.verified(keys)
        root = Checkpoint.parsed(self.note.text).root
        verify_inclusion(leaf_hash(self.entry), self.index, self.size, self.path, root)


@dataclass(frozen=True, slots=True)
class AllOf:
    """That a stream had so many events at a checkpoint, and no more."""

    version: int
    proof: StreamsProof
    kept: Kept


def _decoded(encoded: str) -> bytes:
    try:
        return b64decode(encoded, validate=True)
    except (NotBase64, ValueError):
        raise NoteBroken("a line of the proof is no base64") from None


class Proofs:
    """Made of a log as it was sealed."""

    def __init__(self, log: Log) -> None:
        self.log = log

    def inclusion(self, stored: Notification, kept: Kept | None = None) -> Inclusion:
        """Of a stored event under a checkpoint, or under the newest head.

        Raises `NotSealed` for one that came later, and `ProofBroken` when the tree has another event
        at its place, or what is signed of another tree.
        """
        found = kept or self.log.head()
        if found is None or stored.id > found.size:
            raise NotSealed
        with translated("proof"), self.log.room.reading() as statements:
            path = inclusion(stored.id - 1, found.size, Tiles(statements, self.log.name).hash_of)
        root = Checkpoint.parsed(found.note.text).root
        entry = entry_of(stored)
        verify_inclusion(leaf_hash(entry), stored.id - 1, found.size, path, root)
        return Inclusion(stored.id - 1, found.size, entry, tuple(path), found.note)

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
            kept = self.log.last_in(statements)
            if kept is None:
                raise NotSealed
            versions = self.log.stream_versions(statements)
        root, proof = kept.checkpoint.streams, versions.proof(stream)
        if root is None:
            raise NotSealed
        return AllOf(verify_version(stream, proof, root), proof, kept)

    def tile(self, level: int, number: int, width: int) -> bytes:
        """A tile of the tree as it is signed, or its beginning. Raises `NotSealed`, `TreeDamaged`."""
        head = self.log.head()
        above = head.size >> (HEIGHT * level) if head else 0
        if not 0 < width <= WIDTH or number * WIDTH + width > above:
            raise NotSealed
        with translated("proof"), self.log.room.reading() as statements:
            tiles = Tiles(statements, self.log.name)
            return b"".join(tiles.hashes(level, number * WIDTH, width))
