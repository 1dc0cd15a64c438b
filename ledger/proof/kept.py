"""What is kept of a log beside its tree: the newest head, the checkpoints, and how far who has them is."""

from datetime import datetime
from typing import NamedTuple

from ledger.proof.checkpoint import Checkpoint
from ledger.proof.notes import Note


class Head(NamedTuple):
    """What was last signed of a log."""

    size: int
    note: Note
    signed_at: datetime


class Kept(NamedTuple):
    """A checkpoint that was made to stay."""

    number: int
    size: int
    note: Note
    made_at: datetime

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint.parsed(self.note.text)


class Sending(NamedTuple):
    """How far one recipient of checkpoints has come."""

    number: int
    """Of the last that was taken, or of the one that was not."""
    sent_at: datetime | None
    tried_at: datetime | None
    failed: str | None
    """Why the last one was not taken, as a stable word."""


class LogDiffers(Exception):
    """The log is not the one that was sealed: its events differ from the tree, or are fewer."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position
        """Where that was seen."""
