"""Reads a ledger's PostgreSQL tables. Each statement sees what was committed when it began."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import Notification

from domain.message import StreamKind
from ledger.postgres.connections import PostgresConnections
from ledger.postgres.following import PostgresSubscription
from ledger.postgres.statements import LEDGER, Statements
from ledger.recorder import Selecting, Versions, notifications
from ledger.store import FOLLOWED, Answer, Change, Mark, Note, Transaction


class PostgresReader(Selecting):
    """The reading half of `ledger.store.Store`, and of the library's recorder."""

    def __init__(self, connections: PostgresConnections, schema: str = LEDGER) -> None:
        self.connections = connections
        self.sql = Statements(schema)

    def select_versions(
        self, stream: str, wanted: Versions, transaction: Transaction | None
    ) -> Sequence[Notification]:
        return self._select(
            f"{self.sql.select}WHERE originator_id = %s AND originator_version > %s "
            f"AND originator_version <= %s ORDER BY originator_version {wanted.order} LIMIT %s",
            (stream, wanted.after, wanted.up_to, wanted.limit),
            transaction,
        )

    def select_tails(
        self, after: Iterable[tuple[str, int]], transaction: Transaction | None = None
    ) -> Sequence[Notification]:
        streams, versions = map(list, zip(*after, strict=True))
        return self._select(self.sql.tails, (streams, versions), transaction)

    def select_between(
        self, after: tuple[str, int], end: str, up_to: int, limit: int
    ) -> Sequence[Notification]:
        return self._select(
            f"{self.sql.select}WHERE (originator_id, originator_version) > (%s, %s) AND originator_id < %s "
            "AND position <= %s ORDER BY originator_id, originator_version LIMIT %s",
            (*after, end, up_to, limit),
            None,
        )

    def select_positions(
        self, positions: tuple[int, int], topics: Sequence[str], limit: int
    ) -> Sequence[Notification]:
        among, wanted = ("AND topic = ANY(%s) ", [list(topics)]) if topics else ("", [])
        return self._select(
            f"{self.sql.select}WHERE position > %s AND position <= %s {among}ORDER BY position LIMIT %s",
            (*positions, *wanted, limit),
            None,
        )

    def _select(
        self, query: str, params: Sequence[Any], transaction: Transaction | None
    ) -> Sequence[Notification]:
        if transaction is not None:
            return _selected(transaction.connection, query, params)
        with self.connections.get_connection() as connection:
            return _selected(connection, query, params)

    def max_notification_id(self) -> int | None:
        with self.connections.get_connection() as connection:
            head: int | None = connection.execute(self.sql.head, prepare=True).fetchall()[0][0]
        return head

    def answer(self, command: UUID) -> Answer | None:
        with self.connections.get_connection() as connection:
            row = connection.execute(self.sql.answers, ([command],), prepare=True).fetchone()
        return Answer(*row) if row else None

    def answer_and_noted(self, command: UUID) -> tuple[Answer | None, int]:
        with self.connections.get_connection() as connection:
            found = connection.execute(
                self.sql.answer_and_noted, (command,), prepare=True
            ).fetchall()
        ((noted, known, *rest),) = found
        return Answer(known, *rest) if known else None, noted

    def answers_between(self, after: int, up_to: int) -> Sequence[Answer]:
        with self.connections.get_connection() as connection:
            rows = connection.execute(self.sql.answers_between, (after, up_to), prepare=True)
            return [Answer(*row) for row in rows]

    def change(self, since: Mark) -> Change:
        # The head first: what comes between the two statements is then looked at twice.
        after = (since.position, FOLLOWED + 1)
        with self.connections.get_connection() as connection, connection.pipeline():
            places = connection.execute(
                self.sql.places, (since.position,), prepare=True, binary=True
            )
            changed = connection.execute(self.sql.changed, after, prepare=True)
            notes = connection.execute(self.sql.notes, (since.noted,), prepare=True)
            clock = connection.execute(self.sql.clock, prepare=True)
            found = (each.fetchall() for each in (places, changed, notes, clock))
            return change_in(since, *found)

    def streams(self, kind: StreamKind) -> list[tuple[str, int]]:
        with self.connections.get_connection() as connection:
            return connection.execute(
                self.sql.streams, (f"{kind}/", f"{kind}0"), prepare=True
            ).fetchall()

    def versions_between(self, after: int, up_to: int) -> list[tuple[str, int]]:
        with self.connections.get_connection() as connection:
            return connection.execute(self.sql.versions, (after, up_to)).fetchall()

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> PostgresSubscription:
        return PostgresSubscription(self, gt, topics)

    def close(self) -> None:
        self.connections.close()


def change_in(
    since: Mark,
    places: Sequence[Any],
    changed: Sequence[Any],
    notes: Sequence[Any],
    clock: Sequence[Any],
) -> Change:
    streams = [stream for (stream,) in changed]
    known = [Note(*row) for row in notes]
    change = Change.since(since, notifications(places), streams, known)
    return change._replace(clock=clock[0][0])


def _selected(
    connection: psycopg.Connection[Any], query: str, params: Sequence[Any]
) -> list[Notification]:
    # Binary results: otherwise each state would travel in hexadecimal.
    return notifications(connection.execute(query, params, prepare=True, binary=True).fetchall())
