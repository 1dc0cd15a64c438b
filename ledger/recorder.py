"""What both stores do the same way, as recorders of the eventsourcing library."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent

from ledger.faults import as_the_library_says
from ledger.store import ANYWHERE, Mark, Transaction

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
