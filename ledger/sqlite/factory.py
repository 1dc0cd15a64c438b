"""The ledger in SQLite as a persistence module of the eventsourcing library.

`PERSISTENCE_MODULE=ledger.sqlite` opens the file `SQLITE_DBNAME` to be read and followed;
writing beside the ledger, past its commands, needs `JISR_LEDGER_WRITE=yes` as well. Ids are
texts. Followers keep their tracking in a file of their own.
"""

from pathlib import Path

from eventsourcing.persistence import ApplicationRecorder, ProcessRecorder, Tracking
from eventsourcing.sqlite import SQLiteCursor, SQLiteFactory, SQLiteTrackingRecorder

from ledger.library import POOL_SIZE, LedgerFactory, TrackedInOneCommit
from ledger.sqlite.files import SqliteFile
from ledger.sqlite.store import SqliteStore
from ledger.store import LOCK_SECONDS, Transaction


class SqliteProcessRecorder(
    TrackedInOneCommit, SQLiteTrackingRecorder, SqliteStore, ProcessRecorder
):
    def __init__(self, file: SqliteFile) -> None:
        SQLiteTrackingRecorder.__init__(self, file)
        SqliteStore.__init__(self, file)

    def track(self, transaction: Transaction, tracking: Tracking) -> None:
        self._insert_tracking(SQLiteCursor(transaction.connection.cursor()), tracking)


class Factory(LedgerFactory, SQLiteFactory):
    """Makes the library's recorders; an `Application` finds it by its module's name."""

    def application_recorder(self) -> ApplicationRecorder:
        return SqliteStore(self._file())

    def process_recorder(self) -> ProcessRecorder:
        recorder = SqliteProcessRecorder(self._file())
        if self.env_create_table():
            recorder.create_table()
        return recorder

    def _file(self) -> SqliteFile:
        return self.kept(
            SqliteFile(
                Path(self.datastore.pool.db_name),
                lock_timeout=self.datastore.pool.lock_timeout or LOCK_SECONDS,
                pool_size=POOL_SIZE,
                read_only=self.read_only,
            )
        )
