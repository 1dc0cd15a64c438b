"""Stores that are wrong in what they read, remember or tell."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from ledger.keys.table import Found
from ledger.store import BEGINNING, Change, Mark, Transaction
from tests.compliance.wrong.around import Around


class Backwards(Around):
    def select_events(self, stream: str, **how: Any) -> Any:
        return self.right.select_events(stream, **how)[::-1]

    def select_notifications(self, *given: Any, **how: Any) -> Any:
        return self.right.select_notifications(*given, **how)[::-1]


class IgnoresBounds(Around):
    def select_events(self, stream: str, **how: Any) -> Any:
        return self.right.select_events(stream)

    def select_notifications(self, start: Any, limit: int, *given: Any, **how: Any) -> Any:
        return self.right.select_notifications(None, 1 << 40)


class IgnoresTopics(Around):
    def select_notifications(self, start: Any, limit: int, stop: Any = None, *_: Any) -> Any:
        return self.right.select_notifications(start, limit, stop)


class MixesStreams(Around):
    def select_events(self, stream: str, **how: Any) -> Any:
        return self.right.select_notifications(None, 1 << 40)


class ListsNeighbours(Around):
    def streams(self, kind: str) -> Any:
        found = {e.originator_id: e.originator_version for e in self._all()}
        return sorted((s, version) for s, version in found.items() if s.startswith(kind))

    def _all(self) -> Any:
        return self.right.select_notifications(None, 1 << 40)


class SortsAsPeopleDo(Around):
    def streams(self, kind: str) -> Any:
        return sorted(self.right.streams(kind), key=lambda found: found[0].lower())


class ForgetsATail(Around):
    def select_tails(self, after: Any, transaction: Any = None) -> Any:
        return self.right.select_tails(list(after)[:-1], transaction)


class GoesOnAtTheNextStream(Around):
    def select_between(self, after: tuple[str, int], end: str, up_to: int, limit: int) -> Any:
        return self.right.select_between((after[0], 1 << 40), end, up_to, limit)


class ReadsPastTheEnd(Around):
    def select_between(self, after: tuple[str, int], end: str, up_to: int, limit: int) -> Any:
        return self.right.select_between(after, f"{end}~", up_to, limit)


class SaysZero(Around):
    def max_notification_id(self) -> int:
        return self.right.max_notification_id() or 0


class Changed(Around):
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


class ForgetsChanges(Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(streams=())


class FollowsTooFew(Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(streams=() if change.streams is None else change.streams)


class CountsOnly(Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(lost=change.head.position < since.position)


class NeverLooksBack(Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(lost=False)


class AlarmsForNothing(Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(lost=since != BEGINNING)


class ForgetsNotes(Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(notes=())


class ForgetsTheLast(Changed):
    def told(self, change: Change, since: Mark) -> Change:
        return change._replace(last=None)


class NewIdEachTime(Around):
    def __init__(self, right: Any) -> None:
        super().__init__(right)
        self.id = uuid4()


class ForgetsAnswers(Around):
    def answer(self, command: UUID) -> None:
        return None

    def answer_and_noted(self, command: UUID) -> tuple[None, int]:
        return None, self.right.answer_and_noted(command)[1]

    @contextmanager
    def writing(self, commands: Sequence[UUID], since: Mark) -> Iterator[Transaction]:
        with self.right.writing((), since) as transaction:
            yield transaction


class RephrasesAnswers(Around):
    def insert_answers(self, answers: Any, transaction: Transaction) -> None:
        spaced = [a._replace(answer=json.dumps(json.loads(a.answer))) for a in answers]
        self.right.insert_answers(spaced, transaction)


class RoundsTime(Around):
    def insert_answers(self, answers: Any, transaction: Transaction) -> None:
        rounded = [a._replace(recorded_at=a.recorded_at.replace(microsecond=0)) for a in answers]
        self.right.insert_answers(rounded, transaction)


class SkipsUnknown(Around):
    def select_events(self, stream: str, **how: Any) -> Any:
        return [e for e in self.right.select_events(stream, **how) if e.topic != "Unheard:1"]


class KeepsKeys(Around):
    """A key table that still finds what was destroyed."""

    kept: dict[UUID, bytes] = {}  # noqa: RUF012 (shared by all its tables, as a backup would be)

    def find(self, subjects: Any) -> Found:
        found = self.right.find(subjects)
        self.kept.update(found.wrapped)
        return Found({s: self.kept[s] for s in subjects if s in self.kept}, ())

    def add(self, wrapped: Any, number: int) -> Found:
        found: Found = self.right.add(wrapped, number)
        self.kept.update(found.wrapped)
        return found

    def destroyed_since(self, number: int) -> tuple[int, list[UUID]]:
        return number, []


class Following:
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


class DropsWhileFollowed(Around):
    def subscribe(self, *given: Any, **how: Any) -> Any:
        return Following(self.right.subscribe(*given, **how), dropped=2)


class RepeatsWhileFollowed(Around):
    def subscribe(self, *given: Any, **how: Any) -> Any:
        return Following(self.right.subscribe(*given, **how), repeated=2)


class StaysOpen(Around):
    def close(self) -> None:
        return None
