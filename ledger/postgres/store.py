"""The ledger's store in PostgreSQL: two round trips and one flush a commit.

An advisory lock makes whoever appends wait for the one before until its commit is
visible, so positions follow the order of commits. Each statement reads what is committed
when it starts (READ COMMITTED), so what is read after the lock was got is current.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent

from domain.errors import Unavailable
from ledger.faults import closed_on_failure
from ledger.postgres.connections import PostgresConnections
from ledger.postgres.fitness import require_fit, require_prepared
from ledger.postgres.reader import PostgresReader, change_in
from ledger.postgres.room import PostgresRoom
from ledger.postgres.statements import LEDGER, Statements
from ledger.postgres.tracking import PostgresTracking
from ledger.postgres.turn import PostgresTurn
from ledger.recorder import Inserting
from ledger.store import ANYWHERE, FOLLOWED, PROOF, Answer, Mark, Transaction

ROOM_POOL_SIZE = 3


class PostgresStore(Inserting, PostgresReader):
    """`ledger.store.Store` on PostgreSQL. One thread of a process writes at a time."""

    def __init__(self, connections: PostgresConnections, schema: str = LEDGER) -> None:
        """Raises `DatabaseBehind` when it is not prepared, and `DatabaseUnfit`."""
        super().__init__(connections, schema)
        self._writer = threading.Lock()
        with connections.get_connection() as connection:
            require_fit(connection)
            require_prepared(connection, schema)
            ((made,),) = connection.execute(self.sql.made).fetchall()
        self.id = UUID(made)

    @contextmanager
    def writing(self, commands: Sequence[UUID], since: Mark) -> Iterator[Transaction]:
        if not self._writer.acquire(timeout=self.connections.lock_timeout):
            raise Unavailable(database="ledger")
        try:
            with self.connections.get_connection() as connection:
                yield _begun(connection, self.sql, commands, since)
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

    def require_writing(self) -> None:
        self.connections.require_writing()

    def require_writable(self) -> None:
        with self.writing((), ANYWHERE) as transaction:
            ((read_only,),) = transaction.connection.execute(
                "SHOW transaction_read_only"
            ).fetchall()
        if read_only == "on":
            raise psycopg.errors.ReadOnlySqlTransaction

    def insert_numbered(
        self,
        positions: Sequence[int],
        stored_events: Sequence[StoredEvent],
        transaction: Transaction,
    ) -> None:
        if stored_events:
            columns = (
                positions,
                [event.originator_id for event in stored_events],
                [event.originator_version for event in stored_events],
                [event.topic for event in stored_events],
                [event.state for event in stored_events],
            )
            transaction.connection.execute(self.sql.insert_events, columns, prepare=True)
            transaction.connection.execute(
                "SELECT pg_notify(%s, %s)", (self.sql.channel, str(positions[-1])), prepare=True
            )

    def insert_answers(self, answers: Sequence[Answer], transaction: Transaction) -> None:
        columns = [list(column) for column in zip(*answers, strict=True)]
        transaction.connection.execute(self.sql.insert_answers, columns, prepare=True)

    def note(self, kind: str, detail: str) -> None:
        with self.writing((), ANYWHERE) as transaction, self.committing(transaction):
            self.insert_note(kind, detail, transaction)

    def insert_note(self, kind: str, detail: str, transaction: Transaction) -> None:
        transaction.connection.execute(self.sql.note, (kind, detail))

    def tracking(self) -> PostgresTracking:
        connections = self._beside()
        with closed_on_failure(connections):
            return PostgresTracking(connections)

    def proof(self) -> PostgresRoom:
        connections = self._beside()
        with closed_on_failure(connections):
            return PostgresRoom(connections, PROOF, durable=True)

    def _beside(self) -> PostgresConnections:
        given, lock_timeout = self.connections.conninfo, self.connections.lock_timeout
        return PostgresConnections(given, pool_size=ROOM_POOL_SIZE, lock_timeout=lock_timeout)

    def turn(self, name: str) -> PostgresTurn:
        return PostgresTurn(self.connections.conninfo, name)


def _begun(
    connection: psycopg.Connection[Any],
    statements: Statements,
    commands: Sequence[UUID],
    since: Mark,
) -> Transaction:
    # One round trip without psycopg's pipeline, which may end with a flush; after that
    # PostgreSQL forgets its limit on the time a transaction may idle, with the lock held.
    with psycopg.ClientCursor(connection) as cursor:
        places = (since.position, since.position, FOLLOWED + 1, since.noted)
        cursor.execute(statements.begin, (statements.lock, *places, list(commands)))
        results: list[list[Any]] = []
        while cursor.nextset():
            results.append(cursor.fetchall())
    _, *changed, answers = results
    known = (Answer(*row) for row in answers)
    return Transaction(
        connection, change_in(since, *changed), {answer.id: answer for answer in known}
    )
