"""Wrong stores, each the right one with a single defect."""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent

from ledger.keys import Found
from ledger.store import ANYWHERE, BEGINNING, Change, Mark, Transaction
from tests.compliance.house import Wrong


class _Around:
    """Does what the right store does, but for what a subclass does otherwise."""

    def __init__(self, right: Any) -> None:
        self.right = right

    def __getattr__(self, name: str) -> Any:
        return getattr(self.right, name)


def _committed_here(transaction: Transaction) -> None:
    transaction.connection.execute("COMMIT")
    transaction.connection.execute("BEGIN")
    transaction.connection.execute("SELECT 1").fetchone()  # what was sent together is done now


class _SkipsPositions(_Around):
    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        transaction.head = transaction.head._replace(position=transaction.head.position + 1)
        return self.right.insert_events(events, transaction=transaction)


class _KeepsGivenUpNumbers(_Around):
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


class _LooksBeforeItLocks(_Around):
    @contextmanager
    def writing(self, commands: Sequence[UUID], since: Mark) -> Iterator[Transaction]:
        seen = self.right.change(since)
        with self.right.writing(commands, since) as transaction:
            transaction.change = seen
            transaction.head = seen.head
            yield transaction


class _LocksLate(_Around):
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
        time.sleep(0.02)  # so that those who began together all number from one head
        events, answers = transaction.connection
        with self.right.writing((), ANYWHERE) as late, self.right.committing(late):
            late.head = transaction.change.head
            self.right.insert_events(events, transaction=late)
            if answers:
                self.right.insert_answers(answers, late)


class _KeepsTheLock(_Around):
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


class _CommitsEarly(_Around):
    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        inserted = self.right.insert_events(events, transaction=transaction)
        _committed_here(transaction)
        return inserted


class _CommitsOneByOne(_Around):
    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        inserted = []
        for event in events:
            inserted += self.right.insert_events([event], transaction=transaction)
            _committed_here(transaction)
        return inserted


class _AnswersFirst(_Around):
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


class _NeverCommits(_Around):
    @contextmanager
    def committing(self, transaction: Transaction) -> Iterator[None]:
        with suppress(_Never), self.right.committing(transaction):
            yield
            raise _Never


class _Never(Exception):
    pass


class _OtherNumbers(_Around):
    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        return [n + 1 for n in self.right.insert_events(events, transaction=transaction)]


class _Rewrites(_Around):
    def rewritten(self, event: StoredEvent) -> StoredEvent:
        raise NotImplementedError

    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        events = [self.rewritten(event) for event in events]
        return self.right.insert_events(events, transaction=transaction)


class _MarksByNumber(_Around):
    def insert_events(self, events: Sequence[StoredEvent], *, transaction: Transaction) -> Any:
        inserted = self.right.insert_events(events, transaction=transaction)
        transaction.head = transaction.head._replace(digest=b"")
        return inserted


class _TrimsBytes(_Rewrites):
    def rewritten(self, event: StoredEvent) -> StoredEvent:
        return replace(event, state=event.state.strip())


class _CutsLong(_Rewrites):
    def rewritten(self, event: StoredEvent) -> StoredEvent:
        return replace(event, state=event.state[:65_536])


class _FoldsCase(_Rewrites):
    def rewritten(self, event: StoredEvent) -> StoredEvent:
        return replace(event, originator_id=str(event.originator_id).lower())


class _Backwards(_Around):
    def select_events(self, stream: str, **how: Any) -> Any:
        return self.right.select_events(stream, **how)[::-1]

    def select_notifications(self, *given: Any, **how: Any) -> Any:
        return self.right.select_notifications(*given, **how)[::-1]


class _IgnoresBounds(_Around):
    def select_events(self, stream: str, **how: Any) -> Any:
        return self.right.select_events(stream)

    def select_notifications(self, start: Any, limit: int, *given: Any, **how: Any) -> Any:
        return self.right.select_notifications(None, 1 << 40)


class _IgnoresTopics(_Around):
    def select_notifications(self, start: Any, limit: int, stop: Any = None, *_: Any) -> Any:
        return self.right.select_notifications(start, limit, stop)


class _MixesStreams(_Around):
    def select_events(self, stream: str, **how: Any) -> Any:
        return self.right.select_notifications(None, 1 << 40)


class _ListsNeighbours(_Around):
    def streams(self, kind: str) -> Any:
        found = {e.originator_id: e.originator_version for e in self._all()}
        return sorted((s, version) for s, version in found.items() if s.startswith(kind))

    def _all(self) -> Any:
        return self.right.select_notifications(None, 1 << 40)


class _SortsAsPeopleDo(_Around):
    def streams(self, kind: str) -> Any:
        return sorted(self.right.streams(kind), key=lambda found: found[0].lower())


class _ForgetsATail(_Around):
    def select_tails(self, after: Any, transaction: Any = None) -> Any:
        return self.right.select_tails(list(after)[:-1], transaction)


class _SaysZero(_Around):
    def max_notification_id(self) -> int:
        return self.right.max_notification_id() or 0


class _Changed(_Around):
    """Tells of changes otherwise."""

    def told(self, change: Change, since: Mark) -> Change:
        raise NotImplementedError

    def change(self, since: Mark) -> Change:
        return self.told(self.right.change(since), since)

    @contextmanager
    def writing(self, commands: Sequence[UUID], since: Mark) -> Iterator[Transaction]:
        with self.right.writing(commands, since) as transaction:
            transaction.change = self.told(transaction.change, since)
            yield transaction


class _ForgetsChanges(_Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(streams=())


class _FollowsTooFew(_Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(streams=() if change.streams is None else change.streams)


class _CountsOnly(_Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(lost=change.head.position < since.position)


class _NeverLooksBack(_Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(lost=False)


class _AlarmsForNothing(_Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(lost=since != BEGINNING)


class _ForgetsNotes(_Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(notes=())


class _ForgetsTheLast(_Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(last=None)


class _NewIdEachTime(_Around):
    def __init__(self, right: Any) -> None:
        super().__init__(right)
        self.id = uuid4()


class _ForgetsAnswers(_Around):
    def answer(self, command: UUID) -> None:
        return None

    @contextmanager
    def writing(self, commands: Sequence[UUID], since: Mark) -> Iterator[Transaction]:
        with self.right.writing((), since) as transaction:
            yield transaction


class _RephrasesAnswers(_Around):
    def insert_answers(self, answers: Any, transaction: Transaction) -> None:
        spaced = [a._replace(answer=json.dumps(json.loads(a.answer))) for a in answers]
        self.right.insert_answers(spaced, transaction)


class _RoundsTime(_Around):
    def insert_answers(self, answers: Any, transaction: Transaction) -> None:
        rounded = [a._replace(recorded_at=a.recorded_at.replace(microsecond=0)) for a in answers]
        self.right.insert_answers(rounded, transaction)


class _SkipsUnknown(_Around):
    def select_events(self, stream: str, **how: Any) -> Any:
        return [e for e in self.right.select_events(stream, **how) if e.topic != "Unheard:1"]


class _KeepsKeys(_Around):
    """A key table that still finds what was destroyed."""

    kept: dict[UUID, bytes] = {}  # noqa: RUF012 (shared by all its tables, as a backup would be)

    def find(self, subjects: Any) -> Found:
        found = self.right.find(subjects)
        self.kept.update(found.wrapped)
        return Found({s: self.kept[s] for s in subjects if s in self.kept}, ())

    def add(self, wrapped: Any) -> Found:
        found: Found = self.right.add(wrapped)
        self.kept.update(found.wrapped)
        return found

    def destroyed_since(self, number: int) -> tuple[int, list[UUID]]:
        return number, []


class _Following:
    def __init__(self, right: Any, *, dropped: int = 0, repeated: int = 0) -> None:
        self.right, self.dropped, self.repeated = right, dropped, repeated

    def __enter__(self) -> Any:
        self.right.__enter__()
        return self._events()

    def __exit__(self, *error: object) -> None:
        self.right.__exit__(*error)

    def _events(self) -> Iterator[Any]:
        for event in self.right:
            if event.id != self.dropped:
                yield event
            if event.id == self.repeated:
                yield event


class _DropsWhileFollowed(_Around):
    def subscribe(self, *given: Any, **how: Any) -> Any:
        return _Following(self.right.subscribe(*given, **how), dropped=2)


class _RepeatsWhileFollowed(_Around):
    def subscribe(self, *given: Any, **how: Any) -> Any:
        return _Following(self.right.subscribe(*given, **how), repeated=2)


class _StaysOpen(_Around):
    def close(self) -> None:
        return None


_NO_NUMBER_GUARD = {
    "sqlite": ["DROP TRIGGER IF EXISTS events_without_gaps"],
    "postgres": ["DROP TRIGGER IF EXISTS without_gaps ON ledger.stored_events"],
}


def _changeable(table: str) -> dict[str, list[str]]:
    return {
        "sqlite": [f"DROP TRIGGER IF EXISTS {table}_no_{a}" for a in ("update", "delete")],
        "postgres": [f"DROP TRIGGER IF EXISTS only_grows ON ledger.{table}"],
    }


SKIPS_POSITIONS = Wrong("leaves a hole before each group", _SkipsPositions, sql=_NO_NUMBER_GUARD)
KEEPS_GIVEN_UP_NUMBERS = Wrong(
    "counts on after a write that was given up", _KeepsGivenUpNumbers, sql=_NO_NUMBER_GUARD
)
LOOKS_BEFORE_IT_LOCKS = Wrong("numbers from what stood before the lock", _LooksBeforeItLocks)
LOCKS_LATE = Wrong("reads without the lock", _LocksLate)
MARKS_BY_NUMBER = Wrong("marks what it wrote by its number", _MarksByNumber)
KEEPS_THE_LOCK = Wrong("keeps the lock when a write fails", _KeepsTheLock)
COMMITS_EARLY = Wrong("commits events before it is told to", _CommitsEarly)
COMMITS_ONE_BY_ONE = Wrong("commits a group event by event", _CommitsOneByOne)
ANSWERS_FIRST = Wrong("commits an answer before its events", _AnswersFirst)
NEVER_COMMITS = Wrong("says that it committed, and did not", _NeverCommits)
OTHER_NUMBERS = Wrong("returns other positions than it stored", _OtherNumbers)
TRIMS_BYTES = Wrong("trims what it stores", _TrimsBytes)
CUTS_LONG = Wrong("cuts what is long", _CutsLong)
FOLDS_CASE = Wrong("takes names that differ by case for one", _FoldsCase)
BACKWARDS = Wrong("reads backwards", _Backwards)
IGNORES_BOUNDS = Wrong("reads everything, whatever was asked", _IgnoresBounds)
IGNORES_TOPICS = Wrong("reads every topic", _IgnoresTopics)
MIXES_STREAMS = Wrong("reads other streams too", _MixesStreams)
LISTS_NEIGHBOURS = Wrong("lists kinds whose names begin alike", _ListsNeighbours)
SORTS_AS_PEOPLE_DO = Wrong("sorts by letter and not by code", _SortsAsPeopleDo)
FORGETS_A_TAIL = Wrong("reads all tails but the last", _ForgetsATail)
SAYS_ZERO = Wrong("says 0 where there is nothing", _SaysZero)
FORGETS_CHANGES = Wrong("does not say what others wrote", _ForgetsChanges)
FOLLOWS_TOO_FEW = Wrong("says that little changed when much did", _FollowsTooFew)
COUNTS_ONLY = Wrong("knows the head by its number alone", _CountsOnly)
NEVER_LOOKS_BACK = Wrong("does not look whether the head is still there", _NeverLooksBack)
ALARMS_FOR_NOTHING = Wrong("misses what is there", _AlarmsForNothing)
FORGETS_NOTES = Wrong("does not pass on the notes of upkeep", _ForgetsNotes)
FORGETS_THE_LAST = Wrong("does not say what stands at the head", _ForgetsTheLast)
NEW_ID_EACH_TIME = Wrong("takes a new id at each opening", _NewIdEachTime)
FORGETS_ANSWERS = Wrong("does not find the answers it gave", _ForgetsAnswers)
REPHRASES_ANSWERS = Wrong("keeps what an answer meant, and not its words", _RephrasesAnswers)
ROUNDS_TIME = Wrong("rounds instants to seconds", _RoundsTime)
SKIPS_UNKNOWN = Wrong("passes over events of an unknown type", _SkipsUnknown)
KEEPS_KEYS = Wrong("finds a destroyed key in a copy", keys=_KeepsKeys)
DROPS_WHILE_FOLLOWED = Wrong("leaves out an event from a follower's", _DropsWhileFollowed)
REPEATS_WHILE_FOLLOWED = Wrong("gives a follower an event twice", _RepeatsWhileFollowed)
STAYS_OPEN = Wrong("goes on after it was closed", _StaysOpen)
UNGUARDED_NUMBERS = Wrong("lets anyone leave gaps", sql=_NO_NUMBER_GUARD)
UNNUMBERED_UPKEEP = Wrong(
    "lets notes of upkeep be missing",
    sql={
        "sqlite": ["DROP TRIGGER IF EXISTS upkeep_without_gaps"],
        "postgres": ["DROP TRIGGER IF EXISTS without_gaps ON ledger.upkeep"],
    },
)
BEGINS_AT_ZERO = Wrong(
    "lets any stream begin at version 0",
    sql={
        "sqlite": [
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (', 'CHECK (1 OR ')",
        ],
        "postgres": [
            "ALTER TABLE ledger.stored_events DROP CONSTRAINT IF EXISTS stored_events_check"
        ],
    },
)
REPLACEABLE_EVENTS = Wrong(
    "lets an event be put over another",
    sql={
        kind: [*_NO_NUMBER_GUARD[kind], *_changeable("stored_events")[kind]]
        for kind in ("sqlite", "postgres")
    },
)
CHANGEABLE_EVENTS = Wrong("lets its owner change events", sql=_changeable("stored_events"))
CHANGEABLE_ANSWERS = Wrong("lets its owner change answers", sql=_changeable("commands"))
CHANGEABLE_UPKEEP = Wrong("lets its owner change the upkeep", sql=_changeable("upkeep"))
