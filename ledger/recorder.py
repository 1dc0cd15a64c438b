"""What both stores do the same way, as recorders of the eventsourcing library."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple
from uuid import UUID

from eventsourcing.persistence import ApplicationRecorder, Notification, StoredEvent

from ledger.faults import as_the_library_says
from ledger.store import ANYWHERE, Mark, Transaction

LAST = (1 << 63) - 1
"""No version or position is higher: what both databases can hold."""

_new, _set = object.__new__, object.__setattr__


def notifications(rows: Iterable[Any]) -> list[Notification]:
    """Of rows as both stores select them: position, stream, version, topic, state."""
    made: list[Notification] = []
    for position, originator_id, version, topic, state in rows:
        one = _new(Notification)
        # A frozen dataclass sets its fields one by one: three times as dear, for every event.
        _set(
            one,
            "__dict__",
            {
                "originator_id": originator_id,
                "originator_version": version,
                "topic": topic,
                "state": state,
                "id": position,
            },
        )
        made.append(one)
    return made


class Versions(NamedTuple):
    """Which events of a stream: those after a version, up to another, so many at the most."""

    after: int
    up_to: int
    order: str
    """`ASC` or `DESC`."""
    limit: int | None


class Selecting(ApplicationRecorder):
    """What the library asks for, put into the ranges that both databases are asked for."""

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
        transaction: Transaction | None = None,
    ) -> Sequence[Notification]:
        after, up_to = -1 if gt is None else gt, LAST if lte is None else lte
        wanted = Versions(after, up_to, "DESC" if desc else "ASC", limit)
        return self.select_versions(str(originator_id), wanted, transaction)

    @abstractmethod
    def select_versions(
        self, stream: str, wanted: Versions, transaction: Transaction | None
    ) -> Sequence[Notification]: ...

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        after = (start or 0) - (1 if inclusive_of_start and start else 0)
        return self.select_positions((after, LAST if stop is None else stop), topics, limit)

    @abstractmethod
    def select_positions(
        self, positions: tuple[int, int], topics: Sequence[str], limit: int
    ) -> Sequence[Notification]:
        """Those after the first position, up to the second; of these topics, if there are any."""


class Inserting(ABC):
    """How events are inserted: numbered from the head on, in a commit of commands or their own."""

    @abstractmethod
    def require_writing(self) -> None:
        """Raises where the ledger was opened to be read alone."""

    @abstractmethod
    def writing(
        self, commands: Sequence[UUID], since: Mark
    ) -> AbstractContextManager[Transaction]: ...

    @abstractmethod
    def committing(self, transaction: Transaction) -> AbstractContextManager[None]: ...

    @abstractmethod
    def insert_numbered(
        self,
        positions: Sequence[int],
        stored_events: Sequence[StoredEvent],
        transaction: Transaction,
    ) -> None:
        """Each at its position."""

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        transaction: Transaction | None = None,
        **others: Any,
    ) -> Sequence[int]:
        """The events' positions, from the head on, without gaps."""
        if transaction is None:
            return self._insert_alone(stored_events, **others)
        positions = transaction.numbered(stored_events)
        self.insert_numbered(positions, stored_events, transaction)
        return positions

    def _insert_alone(self, stored_events: Sequence[StoredEvent], **others: Any) -> Sequence[int]:
        """As the library inserts: beside the commands, with a lock and commit of its own."""
        self.require_writing()
        with (
            as_the_library_says(),
            self.writing((), ANYWHERE) as transaction,
            self.committing(transaction),
        ):
            return self.insert_events(stored_events, transaction=transaction, **others)
