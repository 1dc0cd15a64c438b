"""What a witness signs: a checkpoint that goes on from the last one that it signed.

`add-checkpoint` of tlog-witness: the statuses are the protocol's, in the order in which it asks.
"""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from ledger.proof.checkpoint import Checkpoint, is_size
from ledger.proof.notes import Note, NoteBroken, VerifierKey
from ledger.proof.tree import EMPTY_ROOT, HASH_BYTES, ProofBroken, verify_consistency

MOST_HASHES = 63
OLD = "old "

MALFORMED, UNTRUSTED, UNKNOWN, CONFLICT, UNPROVED = 400, 403, 404, 409, 422


class Kind(StrEnum):
    """What a log has signed that was not signed here."""

    CONTRADICTS = "contradicts"
    """Another root of a size that it had signed: the two notes prove it."""
    UNPROVED = "unproved"
    """Nobody has shown that it goes on from what it had signed: the log may be able to."""


class NotSigned(Exception):
    """Why a checkpoint is not signed."""

    def __init__(self, status: int, why: str, *, size: int | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.size = size
        """Of the last checkpoint that was signed, where the asker thought of another."""

    @property
    def kind(self) -> Kind | None:
        """What is kept of it, if anything is."""
        if self.status == CONFLICT and self.size is None:
            return Kind.CONTRADICTS
        return Kind.UNPROVED if self.status == UNPROVED else None


@dataclass(frozen=True, slots=True)
class Seen:
    """The last checkpoint that was signed of a log; of none before the first."""

    size: int = 0
    root: bytes = EMPTY_ROOT


@dataclass(frozen=True, slots=True)
class Submitted:
    """What somebody asks to have signed."""

    old: int
    proof: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint

    @classmethod
    def parsed(cls, body: bytes) -> Self:
        """Raises `NotSigned(400)`."""
        try:
            head, blank, note = body.decode().partition("\n\n")
            first, *hashes = head.split("\n")
            if not blank or len(hashes) > MOST_HASHES:
                raise NotSigned(MALFORMED, "this is no request to sign a checkpoint")
            found = Note.parsed(note)
            return cls(
                _size(first),
                tuple(_hash(each) for each in hashes),
                found,
                Checkpoint.parsed(found.text),
            )
        except (UnicodeDecodeError, NoteBroken) as error:
            raise NotSigned(MALFORMED, f"this is no signed checkpoint: {error}") from None


def judge(asked: Submitted, seen: Seen, keys: Sequence[VerifierKey]) -> None:
    """Raises `NotSigned` unless it goes on from what was seen; `keys`: those trusted for its origin."""
    if not keys:
        raise NotSigned(UNKNOWN, f"{asked.checkpoint.origin} is no log that is known here")
    try:
        asked.note.verified(keys)
    except NoteBroken as error:
        raise NotSigned(UNTRUSTED, str(error)) from None
    new = asked.checkpoint
    if asked.old > new.size:
        raise NotSigned(MALFORMED, "the old tree is larger than the new one")
    if asked.old != seen.size:
        raise NotSigned(CONFLICT, "another size was signed last", size=seen.size)
    if asked.old == new.size and new.root != seen.root:
        raise NotSigned(CONFLICT, "another root of this size was signed")
    if not _goes_on(asked, seen):
        raise NotSigned(UNPROVED, "the proof does not lead from what was signed last to this")


def _goes_on(asked: Submitted, seen: Seen) -> bool:
    new = asked.checkpoint
    if asked.old in {0, new.size}:
        return not asked.proof
    try:
        verify_consistency(asked.old, new.size, asked.proof, seen.root, new.root)
    except ProofBroken:
        return False
    return True


def written(old: int, proof: Sequence[bytes], note: Note) -> bytes:
    """The body of a request, for who asks."""
    hashes = "".join(f"{b64encode(each).decode()}\n" for each in proof)
    return f"{OLD}{old}\n{hashes}\n{note}".encode()


def _size(line: str) -> int:
    told = line.removeprefix(OLD)
    if told == line or not is_size(told):
        raise NotSigned(MALFORMED, "the first line is not the old size")
    return int(told)


def _hash(line: str) -> bytes:
    try:
        found = b64decode(line, validate=True)
    except (NotBase64, ValueError):
        found = b""
    if len(found) != HASH_BYTES or b64encode(found).decode() != line:
        raise NotSigned(MALFORMED, "a line of the proof is no hash")
    return found
