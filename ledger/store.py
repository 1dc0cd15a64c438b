"""What a database must do for the ledger.

A write takes the lock first and reads afterwards, so nothing that was read can change
before the commit: no conflict is possible, and positions have no gaps and no disorder.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent

from domain.message import StreamKind

if TYPE_CHECKING:
    from ledger.following.subscription import LedgerSubscription
    from ledger.following.tracking import FollowerTracking
    from ledger.following.turn import Turn
    from ledger.room import Room

FOLLOWED = 1000
"""Up to so many events written by others are looked at one by one to see what changed."""

LOCK_SECONDS = 10
"""How long a command waits for its turn before it answers `Unavailable`."""

PROOF = "proof"
"""The room in which a ledger's tree and checkpoints are."""

MADE = "made"
"""The kind of the first note of upkeep; its detail is the ledger's own id."""


class Answer(NamedTuple):
    """A row of the commands table."""

    id: UUID
    fingerprint: bytes
    answer: str
    position: int
    recorded_at: datetime


class Mark(NamedTuple):
    """A place in the ledger, known by what stands there and not by its number alone.

    A tail that was lost and overtaken has the same numbers again: they look like progress.
    """

    position: int
    digest: bytes
    noted: int = 0
    """The last note of upkeep that was read with it."""

    @classmethod
    def of(cls, position: int, event: StoredEvent) -> Self:
        told = f"{event.originator_id}\n{event.originator_version}\n{event.topic}\n"
        return cls(position, hashlib.sha256(told.encode() + event.state).digest())


BEGINNING = Mark(0, b"")
ANYWHERE = Mark(1 << 62, b"", 1 << 62)
"""For who does not ask what changed."""
ALL_NOTES = Mark(1 << 62, b"")
"""For who asks for the notes of upkeep alone."""


class Note(NamedTuple):
    """A row of the ledger's upkeep: what was done to it as a whole, and when."""

    number: int
    kind: str
    detail: str
    noted_at: datetime


class Change(NamedTuple):
    """How far the ledger has come, and which streams it has come by."""

    head: Mark
    streams: Collection[str] | None
    """Streams written since the mark asked about; None when they are too many."""
    lost: bool = False
    """Whether something else, or nothing, stands now at the mark asked about."""
    last: Notification | None = None
    """The event at the head."""
    notes: Sequence[Note] = ()
    """Of upkeep, since those that the mark knew."""
    clock: datetime | None = None
    """What the database's own clock says; None where it is this machine's."""

    @classmethod
    def since(
        cls,
        mark: Mark,
        places: Iterable[Notification],
        streams: Sequence[str],
        notes: Sequence[Note],
    ) -> Self:
        """From the rows at the mark's position and at the head, and what was written after."""
        found = {event.id: event for event in places}
        head = max(found, default=0)
        marks = {position: Mark.of(position, event) for position, event in found.items()}
        lost = mark.position > 0 and marks.get(mark.position, BEGINNING).digest != mark.digest
        changed = None if lost or len(streams) > FOLLOWED else set(streams)
        noted = notes[-1].number if notes else mark.noted
        now = marks.get(head, BEGINNING)._replace(noted=noted)
        return cls(now, changed, lost, found.get(head), notes)


@dataclass(slots=True)
class Transaction:
    """A write that holds the lock. `connection` is the store's own business."""

    connection: Any
    change: Change
    answers: dict[UUID, Answer] = field(default_factory=dict)
    head: Mark = BEGINNING
    """The head's, moved by what is inserted."""

    def __post_init__(self) -> None:
        self.head = self.change.head

    def numbered(self, events: Sequence[StoredEvent]) -> list[int]:
        """Positions for events about to be inserted, from the head on, without gaps."""
        after = self.head.position + 1
        if events:
            head = Mark.of(self.head.position + len(events), events[-1])
            self.head = head._replace(noted=self.head.noted)
        return list(range(after, after + len(events)))


class Store(Protocol):
    """A recorder of the eventsourcing library, and the few things more that we need."""

    @property
    def id(self) -> UUID:
        """The ledger's own: made once, with it, by chance."""

    def writing(self, commands: Sequence[UUID], since: Mark) -> AbstractContextManager[Transaction]:
        """Hold the lock; rolled back unless `committing` ends well inside.

        The transaction knows the answers of `commands` and what changed since `since`.
        """

    def committing(self, transaction: Transaction) -> AbstractContextManager[None]:
        """What is inserted inside is committed, durably, at the end."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, transaction: Transaction
    ) -> Sequence[int]:
        """The events' positions, from the head on, without gaps."""

    def insert_answers(self, answers: Sequence[Answer], transaction: Transaction) -> None: ...

    def select_events(
        self,
        originator_id: str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
        transaction: Transaction | None = None,
    ) -> Sequence[Notification]: ...

    def select_tails(
        self, after: Iterable[tuple[str, int]], transaction: Transaction | None = None
    ) -> Sequence[Notification]:
        """The events of several streams, each after a version; by stream and version."""

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]: ...

    def select_between(
        self, after: tuple[str, int], end: str, up_to: int, limit: int
    ) -> Sequence[Notification]:
        """The next events, by stream and version, after such a place, before the stream `end`.

        Of those that stand up to a position.
        """

    def versions_between(self, after: int, up_to: int) -> list[tuple[str, int]]:
        """Each stream that was written between two positions, with its last version of these."""

    def max_notification_id(self) -> int | None:
        """The position of the last event; None when there is none."""

    def answer(self, command: UUID) -> Answer | None: ...

    def answer_and_noted(self, command: UUID) -> tuple[Answer | None, int]:
        """With the answer the number of the last note of upkeep, as of the same moment."""

    def answers_between(self, after: int, up_to: int) -> Sequence[Answer]:
        """Of the commands that end between two positions: by position and id."""

    def change(self, since: Mark) -> Change: ...

    def streams(self, kind: StreamKind) -> list[tuple[str, int]]: ...

    def note(self, kind: str, detail: str) -> None:
        """Add to the upkeep, durably."""

    def subscribe(self, gt: int | None = None) -> "LedgerSubscription[Any]":
        """What is recorded after a position, as it comes; to be entered, and left."""

    def tracking(self) -> "FollowerTracking":
        """Where this ledger's followers are; to be closed by who asked."""

    def proof(self) -> "Room":
        """Where this ledger's tree and checkpoints are; to be closed by who asked."""

    def turn(self, name: str) -> "Turn":
        """Of what one process at a time does on this ledger."""

    def require_writable(self) -> None:
        """Raises what keeps a commit from being stored now; takes the lock for a moment."""

    def insert_note(self, kind: str, detail: str, transaction: Transaction) -> None:
        """As `note`, in a commit with what was looked at before."""

    def close(self) -> None: ...
