"""The ledger in PostgreSQL as a persistence module of the eventsourcing library.

`PERSISTENCE_MODULE=ledger.postgres` opens the schema `ledger` of a prepared database to be
read and followed; writing beside the ledger, past its commands, needs
`JISR_LEDGER_WRITE=yes` as well. Ids are texts. Followers keep their tracking in a schema
of their own, `POSTGRES_SCHEMA`.
"""

from collections.abc import Sequence
from types import TracebackType
from typing import Any

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    ProcessRecorder,
    StoredEvent,
    Tracking,
)
from eventsourcing.postgres import PostgresDatastore, PostgresFactory, PostgresTrackingRecorder
from eventsourcing.utils import Environment, EnvType
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row

from ledger.library import may_write, require_snapshots
from ledger.postgres.connections import PostgresConnections
from ledger.postgres.store import PostgresStore
from ledger.store import LOCK_SECONDS

POOL_SIZE = 5


class PostgresProcessRecorder(PostgresTrackingRecorder, PostgresStore, ProcessRecorder):
    """A store that moves a follower's tracking in the commit of the events it makes."""

    def __init__(self, connections: PostgresConnections, datastore: PostgresDatastore) -> None:
        PostgresTrackingRecorder.__init__(self, datastore)
        PostgresStore.__init__(self, connections)

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        tracking: Tracking | None = None,
        **others: Any,
    ) -> Sequence[int]:
        transaction = others.get("transaction")
        if transaction is None:
            return super().insert_events(stored_events, tracking=tracking)
        if tracking is not None:
            with transaction.connection.cursor(row_factory=dict_row) as cursor:
                self._insert_tracking(cursor, tracking)
        return super().insert_events(stored_events, transaction=transaction)


class Factory(PostgresFactory):
    """Makes the library's recorders; an `Application` finds it by its module's name."""

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        self.datastore.originator_id_type = "text"
        self._opened: list[PostgresConnections] = []

    def aggregate_recorder(self, purpose: str = "snapshots") -> AggregateRecorder:
        require_snapshots(purpose)
        return super().aggregate_recorder(purpose)

    def application_recorder(self) -> ApplicationRecorder:
        return PostgresStore(self._connections())

    def process_recorder(self) -> ProcessRecorder:
        recorder = PostgresProcessRecorder(self._connections(), self.datastore)
        if self.env_create_table():
            recorder.create_table()
        return recorder

    def _connections(self) -> PostgresConnections:
        pool = self.datastore.pool
        if not isinstance(pool.kwargs, dict):
            raise TypeError(type(pool.kwargs))
        given = {name: pool.kwargs[name] for name in ("dbname", "host", "port", "user", "password")}
        if pool.get_password_func is not None:
            given["password"] = pool.get_password_func()
        connections = PostgresConnections(
            make_conninfo(**given),
            pool_size=POOL_SIZE,
            lock_timeout=self.datastore.lock_timeout or LOCK_SECONDS,
            read_only=not may_write(self.env),
        )
        self._opened.append(connections)
        return connections

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        for connections in self._opened:
            connections.close()
        super().close()
