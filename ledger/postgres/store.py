"""The ledger's store in PostgreSQL: two round trips and one flush a commit.

An advisory lock makes whoever appends wait for the one before until its commit is
visible, so positions follow the order of commits. Each statement reads what is committed
when it starts (READ COMMITTED), so what is read after the lock was got is current.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import Notification, StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder

from domain.errors import Unavailable
from domain.message import StreamKind
from ledger.postgres.connections import PostgresConnections
from ledger.postgres.schema import CHANNEL, LOCK, require_prepared
from ledger.store import EVENTS, FOLLOWED, Answer, Change, Transaction

_SELECT = (
    "SELECT position, originator_id, originator_version, topic, state FROM ledger.stored_events "
)
_HEAD = "SELECT coalesce(max(position), 0) FROM ledger.stored_events"
_CHANGED = """SELECT originator_id FROM ledger.stored_events WHERE position > %s
    ORDER BY position LIMIT %s"""
_ANSWERS = """SELECT id, fingerprint, answer, position, recorded_at FROM ledger.commands
    WHERE id = ANY(%s)"""
_BEGIN = f"BEGIN; SELECT pg_advisory_xact_lock(%s); {_HEAD}; {_CHANGED}; {_ANSWERS}"
_INSERT_EVENTS = """INSERT INTO ledger.stored_events (position, originator_id, originator_version, topic, state) SELECT * FROM unnest(
    %s::bigint[], %s::text[], %s::bigint[], %s::text[], %b::bytea[])"""
_INSERT_ANSWERS = """INSERT INTO ledger.commands SELECT * FROM unnest(
    %s::uuid[], %b::bytea[], %s::text[], %s::bigint[], %s::timestamptz[])"""
_TAILS = """SELECT e.position, e.originator_id, e.originator_version, e.topic, e.state
    FROM unnest(%s::text[], %s::bigint[]) AS known (stream, version) JOIN ledger.stored_events AS e
    ON e.originator_id = known.stream AND e.originator_version > known.version
    ORDER BY e.originator_id, e.originator_version"""
_STREAMS = """SELECT originator_id, (SELECT max(originator_version) FROM ledger.stored_events AS all_events
        WHERE all_events.originator_id = first.originator_id)
    FROM ledger.stored_events AS first WHERE originator_version = 1
    AND originator_id >= %s AND originator_id < %s ORDER BY originator_id"""
_MOST = (1 << 63) - 1


class PostgresStore(PostgresApplicationRecorder):
    """`ledger.store.Store` on PostgreSQL. One thread of a process writes at a time."""

    datastore: PostgresConnections

    def __init__(self, connections: PostgresConnections, *, lock_timeout: float) -> None:
        """Raises `DatabaseBehind` when the database has not been prepared."""
        with connections.get_connection() as connection:
            require_prepared(connection, "ledger")
        super().__init__(connections, events_table_name=EVENTS)
        self._lock_timeout = lock_timeout
        self._writer = threading.Lock()

    @contextmanager
    def writing(self, commands: Sequence[UUID], since: int) -> Iterator[Transaction]:
        if not self._writer.acquire(timeout=self._lock_timeout):
            raise Unavailable(database="ledger")
        try:
            with self.datastore.get_connection() as connection:
                yield _begun(connection, commands, since)
        finally:
            self._writer.release()

    @contextmanager
    def committing(self, transaction: Transaction) -> Iterator[None]:
        connection: psycopg.Connection[Any] = transaction.connection
        with connection.pipeline():
            yield
            commit = connection.execute("COMMIT")
        if commit.statusmessage != "COMMIT":
            raise psycopg.OperationalError("the transaction was rolled back")

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
        positions = range(after, after + len(stored_events))
        if stored_events:
            columns = (
                list(positions),
                [str(event.originator_id) for event in stored_events],
                [event.originator_version for event in stored_events],
                [event.topic for event in stored_events],
                [event.state for event in stored_events],
            )
            transaction.connection.execute(_INSERT_EVENTS, columns, prepare=True)
            transaction.connection.execute(
                "SELECT pg_notify(%s, %s)", (CHANNEL, str(positions[-1])), prepare=True
            )
        return positions

    def insert_answers(self, answers: Sequence[Answer], transaction: Transaction) -> None:
        columns = [list(column) for column in zip(*answers, strict=True)]
        transaction.connection.execute(_INSERT_ANSWERS, columns, prepare=True)

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
            _SELECT + "WHERE originator_id = %s AND originator_version > %s "
            f"AND originator_version <= %s ORDER BY originator_version {order} LIMIT %s",
            (originator_id, gt or 0, _MOST if lte is None else lte, limit),
            transaction,
        )

    def select_tails(
        self, after: Iterable[tuple[str, int]], transaction: Transaction | None = None
    ) -> Sequence[Notification]:
        streams, versions = map(list, zip(*after, strict=True))
        return self._select(_TAILS, (streams, versions), transaction)

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
        among, wanted = ("AND topic = ANY(%s) ", [list(topics)]) if topics else ("", [])
        return self._select(
            f"{_SELECT}WHERE position > %s AND position <= %s {among}ORDER BY position LIMIT %s",
            (after, _MOST if stop is None else stop, *wanted, limit),
            None,
        )

    def _select(
        self, query: str, params: Sequence[Any], transaction: Transaction | None
    ) -> Sequence[Notification]:
        if transaction is not None:
            return _notifications(transaction.connection, query, params)
        with self.datastore.get_connection() as connection:
            return _notifications(connection, query, params)

    def max_notification_id(self) -> int:
        with self.datastore.get_connection() as connection:
            head: int = connection.execute(_HEAD, prepare=True).fetchall()[0][0]
        return head

    def answer(self, command: UUID) -> Answer | None:
        with self.datastore.get_connection() as connection:
            row = connection.execute(_ANSWERS, ([command],), prepare=True).fetchone()
        return Answer(*row) if row else None

    def change(self, since: int) -> Change:
        with self.datastore.get_connection() as connection, connection.pipeline():
            head = connection.execute(_HEAD, prepare=True)
            changed = connection.execute(_CHANGED, (since, FOLLOWED + 1), prepare=True)
            return _change(head.fetchall(), changed.fetchall())

    def streams(self, kind: StreamKind) -> list[tuple[str, int]]:
        with self.datastore.get_connection() as connection:
            return connection.execute(_STREAMS, (f"{kind}/", f"{kind}0"), prepare=True).fetchall()

    def close(self) -> None:
        self.datastore.close()


def _begun(
    connection: psycopg.Connection[Any], commands: Sequence[UUID], since: int
) -> Transaction:
    # One round trip without psycopg's pipeline, which may end with a flush; after that
    # PostgreSQL forgets its limit on the time a transaction may idle, with the lock held.
    with psycopg.ClientCursor(connection) as cursor:
        cursor.execute(_BEGIN, (LOCK, since, FOLLOWED + 1, list(commands)))
        results: list[list[Any]] = []
        while cursor.nextset():
            results.append(cursor.fetchall())
    _, head, changed, answers = results
    known = (Answer(*row) for row in answers)
    return Transaction(connection, _change(head, changed), {answer.id: answer for answer in known})


def _change(head: Sequence[Any], changed: Sequence[Any]) -> Change:
    streams = [stream for (stream,) in changed]
    return Change(head[0][0], None if len(streams) > FOLLOWED else set(streams))


def _notifications(
    connection: psycopg.Connection[Any], query: str, params: Sequence[Any]
) -> list[Notification]:
    # Binary results: otherwise each state would travel in hexadecimal.
    rows = connection.execute(query, params, prepare=True, binary=True).fetchall()
    return [
        Notification(originator_id, version, topic, state, position)
        for position, originator_id, version, topic, state in rows
    ]
