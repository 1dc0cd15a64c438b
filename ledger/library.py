"""What the persistence modules `ledger.sqlite` and `ledger.postgres` have in common."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Protocol, TypeVar, cast

from eventsourcing.persistence import (
    AggregateRecorder,
    InfrastructureFactory,
    StoredEvent,
    Tracking,
)
from eventsourcing.utils import Environment, EnvType, strtobool

from ledger.store import Transaction

WRITE = "JISR_LEDGER_WRITE"
POOL_SIZE = 5


class Closes(Protocol):
    """Connections, as either database has them."""

    def close(self) -> None: ...


C = TypeVar("C", bound=Closes)


class LedgerFactory(InfrastructureFactory[Any]):
    """Stands before the library's own factory for a database, whose datastore has the rest."""

    datastore: Any

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        self.datastore.originator_id_type = "text"
        self._opened: list[Closes] = []

    @property
    def read_only(self) -> bool:
        """Whether the ledger is opened to be read alone: nobody writes past its commands unasked."""
        return not strtobool(self.env.get(WRITE) or "no")

    def aggregate_recorder(self, purpose: str = "snapshots") -> AggregateRecorder:
        """An aggregate recorder keeps snapshots: its table has none of the ledger's guards."""
        if purpose == "events":
            raise ValueError(
                "the ledger's events have a recorder of their own: application_recorder"
            )
        recorders: Any = super()
        return cast("AggregateRecorder", recorders.aggregate_recorder(purpose))

    def kept(self, opened: C) -> C:
        """These connections, which are closed with the factory."""
        self._opened.append(opened)
        return opened

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for each in self._opened:
            each.close()
        super().close()


class TrackedInOneCommit(ABC):
    """A store that moves a follower's tracking in the commit of the events it makes."""

    @abstractmethod
    def track(self, transaction: Transaction, tracking: Tracking) -> None:
        """Move the tracking. Raises `IntegrityError` where it stands there already, or further."""

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        tracking: Tracking | None = None,
        **others: Any,
    ) -> Sequence[int]:
        store: Any = super()
        transaction = others.get("transaction")
        if transaction is None:
            return cast("Sequence[int]", store.insert_events(stored_events, tracking=tracking))
        if tracking is not None:
            self.track(transaction, tracking)
        inserted = store.insert_events(stored_events, transaction=transaction)
        return cast("Sequence[int]", inserted)
