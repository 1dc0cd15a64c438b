"""The ledger in SQLite as a persistence module of the eventsourcing library.

`PERSISTENCE_MODULE=ledger.sqlite` opens the file `SQLITE_DBNAME` to be read and followed;
writing beside the ledger, past its commands, needs `JISR_LEDGER_WRITE=yes` as well. Ids are
texts. Followers keep their tracking in a file of their own.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eventsourcing.persistence import (
    AggregateRecorder,
    ApplicationRecorder,
    ProcessRecorder,
    StoredEvent,
    Tracking,
)
from eventsourcing.sqlite import SQLiteCursor, SQLiteFactory, SQLiteTrackingRecorder
from eventsourcing.utils import Environment, EnvType

from ledger.library import may_write, require_snapshots
from ledger.sqlite.files import SqliteFile
from ledger.sqlite.store import SqliteStore
from ledger.store import LOCK_SECONDS

POOL_SIZE = 5


class SqliteProcessRecorder(SQLiteTrackingRecorder, SqliteStore, ProcessRecorder):
    """A store that moves a follower's tracking in the commit of the events it makes."""

    def __init__(self, file: SqliteFile) -> None:
        SQLiteTrackingRecorder.__init__(self, file)
        SqliteStore.__init__(self, file)

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
            self._insert_tracking(SQLiteCursor(transaction.connection.cursor()), tracking)
        return super().insert_events(stored_events, transaction=transaction)


class Factory(SQLiteFactory):
    """Makes the library's recorders; an `Application` finds it by its module's name."""

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        self.datastore.originator_id_type = "text"
        self._files: list[SqliteFile] = []

    def aggregate_recorder(self, purpose: str = "snapshots") -> AggregateRecorder:
        require_snapshots(purpose)
        return super().aggregate_recorder(purpose)

    def application_recorder(self) -> ApplicationRecorder:
        return SqliteStore(self._file())

    def process_recorder(self) -> ProcessRecorder:
        recorder = SqliteProcessRecorder(self._file())
        if self.env_create_table():
            recorder.create_table()
        return recorder

    def _file(self) -> SqliteFile:
        file = SqliteFile(
            Path(self.datastore.pool.db_name),
            lock_timeout=self.datastore.pool.lock_timeout or LOCK_SECONDS,
            pool_size=POOL_SIZE,
            read_only=not may_write(self.env),
        )
        self._files.append(file)
        return file

    def close(self) -> None:
        for file in self._files:
            file.close()
        super().close()
