"""Whether the ledger still is what this process knew of it.

A backup brought back under running processes takes a tail away that had been answered
for; when others then record on top of it, its numbers grow again as if nothing had been.
So a process remembers what stood at the head, and looks for it with each lock it takes.
What it misses it notes in the ledger's upkeep: from then on no process decides anything,
until a person has looked and accepted the ledger as it stands.
"""

import json
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self
from uuid import uuid4

from domain.errors import LedgerLost
from domain.events.levels import FIRST, LEVELS
from ledger.store import MADE, Change, Mark, Note

log = logging.getLogger("jisr.ledger")


class Kind(StrEnum):
    """Of the notes of upkeep that change how the ledger stands."""

    LOSS_FOUND = "loss_found"
    LOSS_ACCEPTED = "loss_accepted"
    CLOCK_CONFIRMED = "clock_confirmed"
    CLOCK_RESTARTED = "clock_restarted"
    LEVEL_RAISED = "level_raised"
    SIGNED_BY = "signed_by"
    """By which key what is sealed is signed from then on."""


def first_notes() -> list[tuple[str, str]]:
    """What the upkeep of a new ledger begins with: its id, and the level of who makes it."""
    notes = [(MADE, str(uuid4()))]
    if LEVELS.reads > FIRST:
        notes.append((Kind.LEVEL_RAISED, json.dumps({"level": LEVELS.reads})))
    return notes


class TailLost(Exception):
    """What was remembered of the ledger's head is not there; nobody has been told yet."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the notes of upkeep come to."""

    noted: int = 0
    lost: Note | None = None
    """The loss that nobody has accepted yet."""
    accepted_at: datetime | None = None
    """When a loss was last accepted."""
    confirmed_at: datetime | None = None
    """When a person last said that the clock is right."""
    epoch: int = 0
    """The first position since the clock was last restarted: what was recorded before may
    be dated in a future that was none."""
    level: int = FIRST
    """What a program must read to decide anything (`domain.events.levels`)."""

    def after(self, notes: Sequence[Note]) -> Self:
        standing = self
        for note in notes:
            if note.number > standing.noted:
                standing = standing._with(note)
        return standing

    def _with(self, note: Note) -> Self:
        standing = replace(self, noted=note.number)
        match note.kind:
            case Kind.LOSS_FOUND:
                return replace(standing, lost=note)
            case Kind.LOSS_ACCEPTED:
                return replace(standing, lost=None, accepted_at=note.noted_at)
            case Kind.CLOCK_CONFIRMED:
                return replace(standing, confirmed_at=note.noted_at)
            case Kind.CLOCK_RESTARTED:
                return replace(standing, epoch=json.loads(note.detail)["position"])
            case Kind.LEVEL_RAISED:
                return replace(standing, level=json.loads(note.detail)["level"])
            case _:
                return standing


class Watch:
    """One process's memory of how the ledger stands. Safe to use from many threads."""

    def __init__(
        self, notes: Sequence[Note], wall: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._wall = wall
        self._lock = threading.Lock()
        self._well_at = wall()
        self.standing = Standing().after(notes)

    def look(self, change: Change) -> None:
        """Raises `TailLost`, and `LedgerLost` for as long as a found loss is not accepted."""
        if change.lost:
            raise TailLost
        with self._lock:
            self.standing = self.standing.after(change.notes)
            self._well_at = self._wall()
        self.require_whole()

    def require_whole(self) -> None:
        if self.standing.lost is not None:
            raise LedgerLost(position=json.loads(self.standing.lost.detail)["position"])

    def begin_anew(self, notes: Sequence[Note]) -> bool:
        """Believe the notes only. True when the loss was accepted since all was well here."""
        with self._lock:
            self.standing = Standing().after(notes)
            accepted_at = self.standing.accepted_at
            accepted = accepted_at is not None and accepted_at > self._well_at
            self._well_at = self._wall()
        return accepted


def loss(remembered: Mark, head: Mark, by: str) -> str:
    """The detail of a `loss_found`, and the alarm."""
    log.critical(
        "the ledger has lost a tail: %s remembers position %d, which is not there any more;"
        " the ledger now ends at %d. Nothing is recorded until `jisr ledger accept`.",
        by,
        remembered.position,
        head.position,
    )
    return json.dumps({"position": remembered.position, "head": head.position, "by": by})
