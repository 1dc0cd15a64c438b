"""The ledger in PostgreSQL as a persistence module of the eventsourcing library.

`PERSISTENCE_MODULE=ledger.postgres` opens the schema `ledger` of a prepared database to be
read and followed; writing beside the ledger, past its commands, needs
`JISR_LEDGER_WRITE=yes` as well. Ids are texts. Followers keep their tracking in a schema
of their own, `POSTGRES_SCHEMA`.
"""

from eventsourcing.persistence import ApplicationRecorder, ProcessRecorder, Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresFactory, PostgresTrackingRecorder
from psycopg.conninfo import make_conninfo
from psycopg.rows import dict_row

from ledger.library import POOL_SIZE, LedgerFactory, TrackedInOneCommit
from ledger.postgres.connections import PostgresConnections
from ledger.postgres.store import PostgresStore
from ledger.store import LOCK_SECONDS, Transaction


class PostgresProcessRecorder(
    TrackedInOneCommit, PostgresTrackingRecorder, PostgresStore, ProcessRecorder
):
    def __init__(self, connections: PostgresConnections, datastore: PostgresDatastore) -> None:
        PostgresTrackingRecorder.__init__(self, datastore)
        PostgresStore.__init__(self, connections)

    def track(self, transaction: Transaction, tracking: Tracking) -> None:
        with transaction.connection.cursor(row_factory=dict_row) as cursor:
            self._insert_tracking(cursor, tracking)


class Factory(LedgerFactory, PostgresFactory):
    """Makes the library's recorders; an `Application` finds it by its module's name."""

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
        return self.kept(
            PostgresConnections(
                make_conninfo(**given),
                pool_size=POOL_SIZE,
                lock_timeout=self.datastore.lock_timeout or LOCK_SECONDS,
                read_only=self.read_only,
            )
        )
