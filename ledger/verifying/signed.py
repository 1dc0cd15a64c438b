"""What was signed of a log: its head, the checkpoints that stay, and those that somebody kept outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from ledger.proof.checkpoint import Checkpoint
from ledger.proof.log import Head, Kept, Log
from ledger.proof.notes import Note, NoteBroken, VerifierKey
from ledger.proof.remembered import TreeForgotten

REMEMBERED = "what the key store remembers"
"""Called so beside the checkpoints: how far the log was sealed, and under which root."""


class Unusable(Exception):
    """What was given to compare with cannot be compared with: why, in words."""


class Differs(Exception):
    """The log is not what was signed: from which position on, where that is known, and how.

    `up_to`: where it is known only that it is somewhere between the two.
    """

    def __init__(self, said: str, position: int | None = None, up_to: int | None = None) -> None:
        super().__init__(said)
        self.said, self.position, self.up_to = said, position, up_to

    def __str__(self) -> str:
        return self.said if self.position is None else f"position {self.position}: {self.said}"


class Signed(NamedTuple):
    """A checkpoint whose signature holds."""

    called: str
    checkpoint: Checkpoint
    made_at: datetime | None = None
    """None for one that was kept outside, and for the head."""
    outside: bool = False


def kept_by(
    log: Log, keys: Sequence[VerifierKey], accepted: datetime | None = None
) -> list[Signed]:
    """The checkpoints that stay, and the head: by size. Raises `Differs`.

    The house's keys are read after what they signed: one may be made meanwhile, and sign.
    """
    try:
        log.require_noted_keys()
        known = log.remembered  # first: whoever seals goes on meanwhile
        kept, head = log.checkpoints(), log.head()
        keys = [*keys, *log.verifier_keys()]
    except TreeForgotten as forgotten:
        raise Differs(f"what was sealed is gone: {forgotten}", 1) from None
    except (NoteBroken, ValueError, TypeError):
        raise Differs("a head or checkpoint that is kept here is none any more") from None
    size = head.size if head else 0
    if known is not None and known.size > size and (accepted is None or accepted < known.at):
        said = f"the tree is of {size} entries, and the key store remembers {known.size}"
        raise Differs(f"{said}: it is gone, or is an older one", size + 1)
    if kept and (head is None or head.size < kept[-1].size):
        said = f"the newest head is gone: checkpoint {kept[-1].number} is of more events"
        raise Differs(said, size + 1)
    signed = [
        Signed(f"checkpoint {each.number}", _told(log, keys, each), each.made_at) for each in kept
    ]
    if known is not None:
        told = Checkpoint(log.origin, known.size, known.root)
        signed.append(Signed(REMEMBERED, told, known.at))
    if head is not None:
        signed.append(Signed("the newest head", _told(log, keys, head)))
    return sorted(signed, key=lambda each: each.checkpoint.size)


def _told(log: Log, keys: Sequence[VerifierKey], kept: Kept | Head) -> Checkpoint:
    note, size = kept.note, kept.size
    called = f"checkpoint {kept.number}" if isinstance(kept, Kept) else "the newest head"
    try:
        note.verified(keys)
        checkpoint = Checkpoint.parsed(note.text)
    except NoteBroken as broken:
        raise Differs(f"{called}: {broken}") from None
    if (checkpoint.origin, checkpoint.size) != (log.origin, size):
        raise Differs(f"{called} is not of this ledger, or of another size than it is kept under")
    return checkpoint


def given_to(log: Log, keys: Sequence[VerifierKey], called: str, told: bytes) -> Signed:
    """A checkpoint that was kept outside the house. Raises `Unusable`."""
    try:
        note = Note.parsed(told.decode())
        checkpoint = Checkpoint.parsed(note.text)
        if checkpoint.origin != log.origin:
            raise Unusable(f"{called} is of another ledger, {checkpoint.origin}")
        note.verified(keys)
    except UnicodeDecodeError:
        raise Unusable(f"{called} is no checkpoint") from None
    except NoteBroken as broken:
        raise Unusable(f"{called}: {broken}") from None
    return Signed(called, checkpoint, outside=True)


def keys_of(log: Log, given: Sequence[str]) -> list[VerifierKey]:
    """The house's keys, and those given, one of which must have signed the head.

    Raises `Unusable`, also where none of them did, and `Differs`.
    """
    try:
        known, head = log.verifier_keys(), log.head()
    except (NoteBroken, ValueError, TypeError):
        raise Differs("the keys or the head that are kept here are none any more") from None
    theirs = [_named(log, each) for each in given]
    if theirs and head is not None:
        try:
            head.note.verified(theirs)
        except NoteBroken:
            raise Unusable(f"{log.origin} is signed by none of the keys that you gave") from None
    return [*known, *theirs]


def _named(log: Log, vkey: str) -> VerifierKey:
    """As it signs this log: a house signs all its logs by the same keys."""
    try:
        key = VerifierKey.parsed(vkey)
    except NoteBroken as broken:
        raise Unusable(f"--key: {broken}") from None
    house = "/".join(log.origin.split("/")[:2])
    if key.name not in (house, log.origin):
        raise Unusable(f"--key: it is a key of {key.name}, and not of {house}")
    return VerifierKey(log.origin, key.public, key.kind)
