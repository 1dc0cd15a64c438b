"""What a database must do for the ledger.

A write takes the lock first and reads afterwards, so nothing that was read can change
before the commit: no conflict is possible, and positions have no gaps and no disorder.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent

from domain.message import StreamKind

SCHEMA_VERSION = 1
"""Of the tables. A database with another one is refused when it is opened."""

FOLLOWED = 1000
"""Up to so many events written by others are looked at one by one to see what changed."""

EVENTS = "stored_events"


class Answer(NamedTuple):
    """A row of the commands table."""

    id: UUID
    fingerprint: bytes
    answer: str
    position: int
    recorded_at: datetime


class Change(NamedTuple):
    """How far the ledger has come, and which streams it has come by."""

    head: int
    streams: Collection[str] | None
    """Streams written since the position asked about; None when they are too many."""


@dataclass(slots=True)
class Transaction:
    """A write that holds the lock. `connection` is the store's own business."""

    connection: Any
    change: Change
    answers: dict[UUID, Answer] = field(default_factory=dict)


class Store(Protocol):
    """A recorder of the eventsourcing library, and the few things more that we need."""

    def writing(self, commands: Sequence[UUID], since: int) -> AbstractContextManager[Transaction]:
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

    def max_notification_id(self) -> int:
        """The position of the last event; 0 when there is none."""

    def answer(self, command: UUID) -> Answer | None: ...

    def change(self, since: int) -> Change: ...

    def streams(self, kind: StreamKind) -> list[tuple[str, int]]: ...

    def close(self) -> None: ...
