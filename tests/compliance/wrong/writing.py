"""Stores that are wrong in how they write."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from eventsourcing.persistence import StoredEvent

from ledger.store import ANYWHERE, Mark, Transaction
from tests.compliance.wrong.around import Around


def _committed_here(transaction: Transaction) -> None:
    transaction.connection.execute("COMMIT")
    transaction.connection.execute("BEGIN")
    transaction.connection.execute("SELECT 1").fetchone()  # what was sent together is done now


class SkipsPositions(Around):
    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        transaction.head = transaction.head._replace(position=transaction.head.position + 1)
        return self.right.insert_events(events, transaction=transaction)


class KeepsGivenUpNumbers(Around):
    given_up = 0

    @contextmanager
    def writing(self, commands: Sequence[UUID], since: Mark) -> Iterator[Transaction]:
        with self.right.writing(commands, since) as transaction:
            position = max(transaction.head.position, self.given_up)
            transaction.head = transaction.head._replace(position=position)
            try:
                yield transaction
            except BaseException:
                self.given_up = transaction.head.position
                raise


class LooksBeforeItLocks(Around):
    @contextmanager
    def writing(self, commands: Sequence[UUID], since: Mark) -> Iterator[Transaction]:
        seen = self.right.change(since)
        with self.right.writing(commands, since) as transaction:
            transaction.change = seen
            transaction.head = seen.head
            yield transaction


class LocksLate(Around):
    """Reads without the lock, and takes it when all is decided."""

    @contextmanager
    def writing(self, commands: Sequence[UUID], since: Mark) -> Iterator[Transaction]:
        with self.right.writing(commands, since) as seen:
            pass
        yield Transaction(([], []), seen.change, seen.answers)

    def select_events(self, stream: str, *, transaction: Any = None, **how: Any) -> Any:
        return self.right.select_events(stream, **how)

    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        transaction.connection[0].extend(events)
        return transaction.numbered(events)

    def insert_answers(self, answers: Any, transaction: Transaction) -> None:
        transaction.connection[1].extend(answers)

    @contextmanager
    def committing(self, transaction: Transaction) -> Iterator[None]:
        yield
        time.sleep(0.1)  # so that those who began together all number from one head
        events, answers = transaction.connection
        with self.right.writing((), ANYWHERE) as late, self.right.committing(late):
            late.head = transaction.change.head
            self.right.insert_events(events, transaction=late)
            if answers:
                self.right.insert_answers(answers, late)


class KeepsTheLock(Around):
    def __init__(self, right: Any) -> None:
        super().__init__(right)
        self.kept: list[Any] = []

    @contextmanager
    def writing(self, commands: Sequence[UUID], since: Mark) -> Iterator[Transaction]:
        lock = self.right.writing(commands, since)
        transaction = lock.__enter__()
        self.kept.append(lock)
        yield transaction
        self.kept.pop().__exit__(None, None, None)

    def close(self) -> None:
        for lock in self.kept:
            lock.__exit__(None, None, None)
        self.right.close()


class CommitsEarly(Around):
    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        inserted = self.right.insert_events(events, transaction=transaction)
        _committed_here(transaction)
        return inserted


class NotesEarly(Around):
    def insert_note(self, kind: str, detail: str, transaction: Transaction) -> None:
        self.right.insert_note(kind, detail, transaction)
        _committed_here(transaction)


class CommitsOneByOne(Around):
    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        inserted = []
        for event in events:
            inserted += self.right.insert_events([event], transaction=transaction)
            _committed_here(transaction)
        return inserted


class AnswersFirst(Around):
    waiting: Sequence[StoredEvent] = ()

    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        self.waiting = events
        after = transaction.head.position + 1
        return list(range(after, after + len(events)))

    def insert_answers(self, answers: Any, transaction: Transaction) -> None:
        self.right.insert_answers(answers, transaction)
        _committed_here(transaction)
        self._insert_waiting(transaction)

    @contextmanager
    def committing(self, transaction: Transaction) -> Iterator[None]:
        with self.right.committing(transaction):
            yield
            self._insert_waiting(transaction)

    def _insert_waiting(self, transaction: Transaction) -> None:
        waiting, self.waiting = self.waiting, []
        self.right.insert_events(waiting, transaction=transaction)


class NeverCommits(Around):
    @contextmanager
    def committing(self, transaction: Transaction) -> Iterator[None]:
        with suppress(Never), self.right.committing(transaction):
            yield
            raise Never


class Never(Exception):
    pass


class OtherNumbers(Around):
    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        return [n + 1 for n in self.right.insert_events(events, transaction=transaction)]


class Rewrites(Around):
    def rewritten(self, event: StoredEvent) -> StoredEvent:
        raise NotImplementedError

    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        events = [self.rewritten(event) for event in events]
        return self.right.insert_events(events, transaction=transaction)


class MarksByNumber(Around):
    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        inserted = self.right.insert_events(events, transaction=transaction)
        transaction.head = transaction.head._replace(digest=b"")
        return inserted


class TrimsBytes(Rewrites):
    def rewritten(self, event: StoredEvent) -> StoredEvent:
        return replace(event, state=event.state.strip())


class CutsLong(Rewrites):
    def rewritten(self, event: StoredEvent) -> StoredEvent:
        return replace(event, state=event.state[:65_536])


class FoldsCase(Rewrites):
    def rewritten(self, event: StoredEvent) -> StoredEvent:
        return replace(event, originator_id=str(event.originator_id).lower())
