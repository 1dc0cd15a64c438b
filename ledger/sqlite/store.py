"""The ledger's store in an SQLite file: WAL, a commit is on disk when it returns."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.sqlite import SQLiteApplicationRecorder

from domain.errors import Unavailable
from domain.message import StreamKind
from ledger.sqlite import schema as sqlite_schema
from ledger.sqlite.files import SqliteFile, require_version
from ledger.store import EVENTS, FOLLOWED, Answer, Change, Transaction

_INSERT_EVENT = "INSERT INTO stored_events (position, originator_id, originator_version, topic, state) VALUES (?,?,?,?,?)"
_INSERT_ANSWER = "INSERT INTO commands VALUES (?,?,?,?,?)"
_SELECT = "SELECT position, originator_id, originator_version, topic, state FROM stored_events "
_HEAD = "SELECT coalesce(max(position), 0) FROM stored_events"
_CHANGED = """SELECT originator_id FROM stored_events WHERE position > ?
    ORDER BY position LIMIT ?"""
_ANSWER = "SELECT id, fingerprint, answer, position, recorded_at FROM commands WHERE id = ?"
_STREAMS = """SELECT originator_id, (SELECT max(originator_version) FROM stored_events AS all_events
        WHERE all_events.originator_id = first.originator_id)
    FROM stored_events AS first WHERE originator_version = 1
    AND originator_id >= ? AND originator_id < ? ORDER BY originator_id"""


class SqliteStore(SQLiteApplicationRecorder):
    """`ledger.store.Store` on SQLite. One thread of a process writes at a time."""

    def __init__(self, file: SqliteFile, *, lock_timeout: float) -> None:
        super().__init__(file, EVENTS)
        self._lock_timeout = lock_timeout
        self._writer = threading.Lock()
        self._create()

    def construct_create_table_statements(self) -> list[str]:
        return list(sqlite_schema.STATEMENTS)

    def _create(self) -> None:
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            with _rolled_back(connection):
                for statement in self.create_table_statements:
                    connection.execute(statement)
                require_version(connection, "ledger_schema")
                connection.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        pool = self.datastore.pool
        connection = pool.get_connection()
        try:
            yield connection._sqlite_conn  # noqa: SLF001 (the library has no public way to it)
        finally:
            pool.put_connection(connection)

    @contextmanager
    def writing(self, commands: Sequence[UUID], since: int) -> Iterator[Transaction]:
        if not self._writer.acquire(timeout=self._lock_timeout):
            raise Unavailable(database="ledger")
        try:
            with self._connection() as connection:
                connection.execute("BEGIN IMMEDIATE")
                with _rolled_back(connection):
                    known = (self._answer(connection, command) for command in commands)
                    yield Transaction(
                        connection,
                        self._change(connection, since),
                        {answer.id: answer for answer in known if answer},
                    )
        finally:
            self._writer.release()

    @contextmanager
    def committing(self, transaction: Transaction) -> Iterator[None]:
        yield
        transaction.connection.execute("COMMIT")

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        transaction: Transaction | None = None,
        **_: Any,
    ) -> Sequence[int]:
        if transaction is None:
            with self.writing((), 0) as own, self.committing(own):
                return self.insert_events(stored_events, transaction=own)
        after = transaction.change.head + 1
        transaction.connection.executemany(
            _INSERT_EVENT,
            [
                (position, event.originator_id, event.originator_version, event.topic, event.state)
                for position, event in enumerate(stored_events, after)
            ],
        )
        return range(after, after + len(stored_events))

    def insert_answers(self, answers: Sequence[Answer], transaction: Transaction) -> None:
        transaction.connection.executemany(
            _INSERT_ANSWER,
            [
                (a.id.bytes, a.fingerprint, a.answer, a.position, str(a.recorded_at))
                for a in answers
            ],
        )

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
        order = "DESC" if desc else "ASC"
        return self._select(
            "WHERE originator_id = ? AND originator_version > ? AND originator_version <= ? "
            f"ORDER BY originator_version {order} LIMIT ?",
            (originator_id, gt or 0, _most(lte), -1 if limit is None else limit),
            transaction,
        )

    def select_tails(
        self, after: Iterable[tuple[str, int]], transaction: Transaction | None = None
    ) -> Sequence[Notification]:
        return [
            event
            for stream, version in after
            for event in self.select_events(stream, gt=version, transaction=transaction)
        ]

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
        among = "AND topic IN ({','.join('?' * len(topics))}) " if topics else ""
        return self._select(
            f"WHERE position > ? AND position <= ? {among}ORDER BY position LIMIT ?",
            (after, _most(stop), *topics, limit),
            None,
        )

    def _select(
        self, where: str, params: tuple[Any, ...], transaction: Transaction | None
    ) -> Sequence[Notification]:
        if transaction is not None:
            return _notifications(transaction.connection.execute(_SELECT + where, params))
        with self._connection() as connection:
            return _notifications(connection.execute(_SELECT + where, params))

    def max_notification_id(self) -> int:
        with self._connection() as connection:
            return self._head(connection)

    def answer(self, command: UUID) -> Answer | None:
        with self._connection() as connection:
            return self._answer(connection, command)

    def change(self, since: int) -> Change:
        with self._connection() as connection:
            return self._change(connection, since)

    def streams(self, kind: StreamKind) -> list[tuple[str, int]]:
        with self._connection() as connection:
            return connection.execute(_STREAMS, (f"{kind}/", f"{kind}0")).fetchall()

    def close(self) -> None:
        self.datastore.close()

    @staticmethod
    def _head(connection: sqlite3.Connection) -> int:
        head: int = connection.execute(_HEAD).fetchone()[0]
        return head

    def _change(self, connection: sqlite3.Connection, since: int) -> Change:
        head = self._head(connection)
        if head == since:
            return Change(head, ())
        rows = connection.execute(_CHANGED, (since, FOLLOWED + 1)).fetchall()
        return Change(head, None if len(rows) > FOLLOWED else {stream for (stream,) in rows})

    @staticmethod
    def _answer(connection: sqlite3.Connection, command: UUID) -> Answer | None:
        row = connection.execute(_ANSWER, (command.bytes,)).fetchone()
        if row is None:
            return None
        _, fingerprint, answer, position, recorded_at = row
        return Answer(command, fingerprint, answer, position, datetime.fromisoformat(recorded_at))


def _notifications(rows: Iterable[Any]) -> list[Notification]:
    return [
        Notification(originator_id, version, topic, state, position)
        for position, originator_id, version, topic, state in rows
    ]


def _most(number: int | None) -> int:
    return (1 << 62) if number is None else number


@contextmanager
def _rolled_back(connection: sqlite3.Connection) -> Iterator[None]:
    """Leaves no transaction open behind it, whatever happens."""
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.rollback()
