"""Reads a ledger's SQLite file. Each statement sees what was committed when it began."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Notification

from domain.message import StreamKind
from ledger.recorder import Selecting, Versions, notifications
from ledger.sqlite.files import SqliteFile
from ledger.sqlite.following import SqliteSubscription
from ledger.store import FOLLOWED, Answer, Change, Mark, Note, Transaction

_SELECT = "SELECT position, originator_id, originator_version, topic, state FROM stored_events "
_TAIL = f"{_SELECT}WHERE originator_id = ? AND originator_version > ? ORDER BY originator_version"
_HEAD = "SELECT max(position) FROM stored_events"
_PLACES = f"{_SELECT} WHERE position IN (?, ({_HEAD}))"
_CHANGED = """SELECT originator_id FROM stored_events WHERE position > ?
    ORDER BY position LIMIT ?"""
_ANSWER = "SELECT fingerprint, answer, position, recorded_at FROM commands WHERE id = ?"
_ANSWERS = """SELECT id, fingerprint, answer, position, recorded_at FROM commands
    WHERE position > ? AND position <= ? ORDER BY position, id"""
_STREAMS = """SELECT originator_id, (SELECT max(originator_version) FROM stored_events AS all_events
        WHERE all_events.originator_id = first.originator_id)
    FROM stored_events AS first WHERE originator_version = 1
    AND originator_id >= ? AND originator_id < ? ORDER BY originator_id"""
_VERSIONS = """SELECT originator_id, max(originator_version) FROM stored_events
    WHERE position > ? AND position <= ? GROUP BY originator_id"""
_NOTED = "SELECT coalesce(max(number), 0) FROM upkeep"
_NOTES = "SELECT number, kind, detail, noted_at FROM upkeep WHERE number > ? ORDER BY number"


class SqliteReader(Selecting):
    """The reading half of `ledger.store.Store`, and of the library's recorder."""

    def __init__(self, file: SqliteFile) -> None:
        self.file = file

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        with self.file.get_connection(commit=False) as connection:
            yield connection._sqlite_conn  # noqa: SLF001 (the library has no public way to it)

    def select_versions(
        self, stream: str, wanted: Versions, transaction: Transaction | None
    ) -> Sequence[Notification]:
        return self._select(
            "WHERE originator_id = ? AND originator_version > ? AND originator_version <= ? "
            f"ORDER BY originator_version {wanted.order} LIMIT ?",
            (stream, wanted.after, wanted.up_to, -1 if wanted.limit is None else wanted.limit),
            transaction,
        )

    def select_tails(
        self, after: Iterable[tuple[str, int]], transaction: Transaction | None = None
    ) -> Sequence[Notification]:
        def tails(connection: sqlite3.Connection) -> list[Notification]:
            found = (connection.execute(_TAIL, place) for place in after)
            return notifications(row for rows in found for row in rows)

        if transaction is not None:
            return tails(transaction.connection)
        with self.connection() as connection:
            return tails(connection)

    def select_between(
        self, after: tuple[str, int], end: str, up_to: int, limit: int
    ) -> Sequence[Notification]:
        return self._select(
            "WHERE (originator_id, originator_version) > (?, ?) AND originator_id < ? "
            "AND position <= ? ORDER BY originator_id, originator_version LIMIT ?",
            (*after, end, up_to, limit),
            None,
        )

    def select_positions(
        self, positions: tuple[int, int], topics: Sequence[str], limit: int
    ) -> Sequence[Notification]:
        among = f"AND topic IN ({','.join('?' * len(topics))}) " if topics else ""
        return self._select(
            f"WHERE position > ? AND position <= ? {among}ORDER BY position LIMIT ?",
            (*positions, *topics, limit),
            None,
        )

    def _select(
        self, where: str, params: tuple[Any, ...], transaction: Transaction | None
    ) -> Sequence[Notification]:
        if transaction is not None:
            return notifications(transaction.connection.execute(_SELECT + where, params))
        with self.connection() as connection:
            return notifications(connection.execute(_SELECT + where, params))

    def max_notification_id(self) -> int | None:
        with self.connection() as connection:
            head: int | None = connection.execute(_HEAD).fetchone()[0]
        return head

    def answer(self, command: UUID) -> Answer | None:
        with self.connection() as connection:
            return answer_in(connection, command)

    def answer_and_noted(self, command: UUID) -> tuple[Answer | None, int]:
        with self.connection() as connection:
            # The note first: what comes between the two statements is then not missed.
            ((noted,),) = connection.execute(_NOTED).fetchall()
            return answer_in(connection, command), noted

    def answers_between(self, after: int, up_to: int) -> Sequence[Answer]:
        with self.connection() as connection:
            rows = connection.execute(_ANSWERS, (after, up_to)).fetchall()
        return [
            Answer(UUID(bytes=each), fingerprint, answer, position, datetime.fromisoformat(at))
            for each, fingerprint, answer, position, at in rows
        ]

    def change(self, since: Mark) -> Change:
        with self.connection() as connection:
            return change_in(connection, since)

    def streams(self, kind: StreamKind) -> list[tuple[str, int]]:
        with self.connection() as connection:
            return connection.execute(_STREAMS, (f"{kind}/", f"{kind}0")).fetchall()

    def versions_between(self, after: int, up_to: int) -> list[tuple[str, int]]:
        with self.connection() as connection:
            return connection.execute(_VERSIONS, (after, up_to)).fetchall()

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> SqliteSubscription:
        return SqliteSubscription(self, gt, topics)

    def close(self) -> None:
        self.file.close()


def change_in(connection: sqlite3.Connection, since: Mark) -> Change:
    # The head first: what comes between the two statements is then looked at twice.
    places = notifications(connection.execute(_PLACES, (since.position,)))
    changed = connection.execute(_CHANGED, (since.position, FOLLOWED + 1)).fetchall()
    notes = [
        Note(number, kind, detail, datetime.fromisoformat(noted_at))
        for number, kind, detail, noted_at in connection.execute(_NOTES, (since.noted,))
    ]
    return Change.since(since, places, [stream for (stream,) in changed], notes)


def answer_in(connection: sqlite3.Connection, command: UUID) -> Answer | None:
    row = connection.execute(_ANSWER, (command.bytes,)).fetchone()
    if row is None:
        return None
    fingerprint, answer, position, recorded_at = row
    return Answer(command, fingerprint, answer, position, datetime.fromisoformat(recorded_at))
