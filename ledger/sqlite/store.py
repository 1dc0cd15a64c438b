"""The ledger's store in an SQLite file: WAL, a commit is on disk when it returns."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from domain.errors import Unavailable
from ledger.ground.watch import first_notes
from ledger.recorder import Inserting
from ledger.sqlite.files import (
    SqliteFile,
    migrate,
    newest,
    require_migrated,
    require_no_newer,
    require_utf8,
)
from ledger.sqlite.reader import SqliteReader, answer_in, change_in
from ledger.sqlite.room import SqliteRoom
from ledger.sqlite.tracking import SqliteTracking
from ledger.sqlite.turn import SqliteTurn
from ledger.store import PROOF, Answer, Mark, Transaction

_INSERT_EVENT = "INSERT INTO stored_events (position, originator_id, originator_version, topic, state) VALUES (?,?,?,?,?)"
_INSERT_ANSWER = "INSERT INTO commands VALUES (?,?,?,?,?)"
_NOTE = """INSERT INTO upkeep (number, kind, detail)
    SELECT 1 + coalesce(max(number), 0), ?, ? FROM upkeep"""
_MADE = "SELECT detail FROM upkeep WHERE number = 1"


class SqliteStore(Inserting, SqliteReader):
    """`ledger.store.Store` on SQLite. One thread of a process writes at a time."""

    def __init__(self, file: SqliteFile) -> None:
        """Takes the migrations that are missing. Raises `DatabaseNewer` and `DatabaseUnfit`."""
        super().__init__(file)
        self._writer = threading.Lock()
        self._known = newest("ledger")
        with self.connection() as connection:
            require_utf8(connection)
            if not file.read_only:
                _create(connection)
            require_migrated(connection, "ledger")
            self.id = UUID(connection.execute(_MADE).fetchone()[0])

    @contextmanager
    def _begun(self) -> Iterator[sqlite3.Connection]:
        if not self._writer.acquire(timeout=self.file.lock_timeout):
            raise Unavailable(database="ledger")
        try:
            with self.connection() as connection, _rolled_back(connection):
                connection.execute("BEGIN IMMEDIATE")
                require_no_newer(connection, "ledger", self._known)
                yield connection
        finally:
            self._writer.release()

    @contextmanager
    def writing(self, commands: Sequence[UUID], since: Mark) -> Iterator[Transaction]:
        with self._begun() as connection:
            known = (answer_in(connection, command) for command in commands)
            answers = {answer.id: answer for answer in known if answer}
            yield Transaction(connection, change_in(connection, since), answers)

    @contextmanager
    def committing(self, transaction: Transaction) -> Iterator[None]:
        yield
        self._commit(transaction.connection)

    def _commit(self, connection: sqlite3.Connection) -> None:
        connection.execute("COMMIT")
        self.file.require_same_file()

    def require_writing(self) -> None:
        self.file.require_writing()

    def require_writable(self) -> None:
        self.file.require_room()
        with self._begun():
            """It is rolled back."""

    def insert_numbered(
        self,
        positions: Sequence[int],
        stored_events: Sequence[StoredEvent],
        transaction: Transaction,
    ) -> None:
        transaction.connection.executemany(
            _INSERT_EVENT,
            [
                (position, event.originator_id, event.originator_version, event.topic, event.state)
                for position, event in zip(positions, stored_events, strict=True)
            ],
        )

    def insert_answers(self, answers: Sequence[Answer], transaction: Transaction) -> None:
        transaction.connection.executemany(
            _INSERT_ANSWER,
            [
                (a.id.bytes, a.fingerprint, a.answer, a.position, str(a.recorded_at))
                for a in answers
            ],
        )

    def note(self, kind: str, detail: str) -> None:
        with self._begun() as connection:
            connection.execute(_NOTE, (kind, detail))
            self._commit(connection)

    def insert_note(self, kind: str, detail: str, transaction: Transaction) -> None:
        transaction.connection.execute(_NOTE, (kind, detail))

    def tracking(self) -> SqliteTracking:
        return SqliteTracking(
            self.file.beside("followers"),
            lock_timeout=self.file.lock_timeout,
            looking=self.file.looking,
        )

    def proof(self) -> SqliteRoom:
        return SqliteRoom(
            self.file.beside("proof"),
            PROOF,
            lock_timeout=self.file.lock_timeout,
            durable=True,
            looking=self.file.looking,
        )

    def turn(self, name: str) -> SqliteTurn:
        return SqliteTurn(self.file.beside(f"{name}.lock"))


def _create(connection: sqlite3.Connection) -> None:
    with _rolled_back(connection):
        connection.execute("BEGIN IMMEDIATE")
        migrate(connection, "ledger")
        if connection.execute(_MADE).fetchone() is None:
            connection.executemany(_NOTE, first_notes())
        connection.execute("COMMIT")


@contextmanager
def _rolled_back(connection: sqlite3.Connection) -> Iterator[None]:
    """Leaves no transaction open behind it, whatever happens."""
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.rollback()
