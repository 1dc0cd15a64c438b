"""What somebody brings along, a checkpoint or the proof of one event, compared with what stands here."""

import struct
from dataclasses import dataclass
from enum import StrEnum

from eventsourcing.persistence import Notification

from ledger.faults import translated
from ledger.proof.checkpoint import Checkpoint
from ledger.proof.entry import entry_of
from ledger.proof.log import Log
from ledger.proof.notes import Note, NoteBroken
from ledger.proof.proofs import PROOF, Inclusion
from ledger.proof.tiles import Tiles, TreeDamaged
from ledger.proof.tree import ProofBroken


class Shown(StrEnum):
    """What it is."""

    EVENT = "event"
    CHECKPOINT = "checkpoint"


class Comes(StrEnum):
    """What comes of it."""

    STANDS = "stands"
    """It is ours, and what it tells of stands as it stood."""
    DIFFERS = "differs"
    """We signed it, and something else stands here now."""
    FEWER = "fewer"
    """We signed it, and less is sealed here than it tells of."""
    OF_ANOTHER = "of_another"
    """Another installation signed it."""
    UNKNOWN_KEY = "unknown_key"
    """None of our keys signed it."""
    BROKEN = "broken"
    """It is no proof and no checkpoint, or is not whole."""


@dataclass(frozen=True, slots=True)
class Compared:
    comes: Comes
    shown: Shown | None = None
    position: int | None = None
    """Of the event."""
    size: int | None = None
    """Of the tree that the note tells of."""


def compare(log: Log, told: str) -> Compared:
    """Whatever was pasted; line ends as a browser sends them are taken too."""
    text = told.replace("\r\n", "\n").strip() + "\n"
    is_event = text.startswith(PROOF)
    shown = Shown.EVENT if is_event else Shown.CHECKPOINT
    try:
        proof = Inclusion.parsed(text) if is_event else None
        note = proof.note if proof else Note.parsed(text)
        checkpoint = Checkpoint.parsed(note.text)
    except NoteBroken:
        return Compared(Comes.BROKEN)
    position = proof.index + 1 if proof else None
    comes = _signed(log, note, checkpoint)
    if comes is Comes.STANDS and proof is not None:
        comes = _event(log, proof)
    return Compared(comes, shown, position, checkpoint.size)


def _signed(log: Log, note: Note, checkpoint: Checkpoint) -> Comes:
    if checkpoint.origin != log.origin:
        return Comes.OF_ANOTHER
    keys = log.verifier_keys()
    known = {(key.name, key.key_id) for key in keys}
    if not any((each.name, each.key_id) in known for each in note.signatures):
        return Comes.UNKNOWN_KEY
    try:
        note.verified(keys)
    except NoteBroken:
        return Comes.BROKEN
    head = log.head()
    if head is None or checkpoint.size > head.size:
        return Comes.FEWER
    return Comes.STANDS if _root(log, checkpoint.size) == checkpoint.root else Comes.DIFFERS


def _root(log: Log, size: int) -> bytes | None:
    """None where the tree is damaged."""
    try:
        with translated("proof"), log.room.reading() as statements:
            return Tiles(statements, log.name).root(size)
    except TreeDamaged:
        return None


def _event(log: Log, proof: Inclusion) -> Comes:
    """Of a note that stands: whether the proof leads to it, and the event is still the one."""
    try:
        proof.verify(log.verifier_keys())
    except (NoteBroken, ProofBroken):
        return Comes.BROKEN
    with translated("ledger"):
        found = log.store.select_notifications(proof.index + 1, 1)
    stands = bool(found) and found[0].id == proof.index + 1 and _is(found[0], proof.entry)
    return Comes.STANDS if stands else Comes.DIFFERS


def _is(stored: Notification, entry: bytes) -> bool:
    try:
        return entry_of(stored) == entry
    except (TypeError, AttributeError, struct.error):
        return False
