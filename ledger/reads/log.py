"""Writes the log of readings, many in a commit, and answers who read what.

One thread writes for everybody (`ledger/grouping.py`). Who reads waits until their reading is stored, and is
shown nothing where it cannot be.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Self
from uuid import UUID

from domain.errors import JisrError, Unavailable
from ledger.faults import translated, unexpected
from ledger.grouping import Grouping, Waiting
from ledger.reads.finding import Index, Pair, Stretch, Wanted
from ledger.reads.looked import Looked, Reading, read, stored, stream_of
from ledger.store import BEGINNING, Mark, Store, Transaction

GROUP = 256
"""Requests in one commit, at most."""
TOGETHER = 500
"""Entries whose index is made again in one commit."""
KEPT = 10_000
"""Streams whose last version is remembered."""
NAME = "reads"


class ReadLog:
    """Safe to use from many threads, event loops and processes.

    Every method raises `Unavailable` while the database is away.
    """

    def __init__(self, store: Store, index: Index) -> None:
        self.store = store
        self._index = index
        self._mark: Mark = BEGINNING
        self._versions: dict[str, int] = {}
        self._grouping: Grouping[Sequence[Looked], None] = Grouping(
            "reads-writer", GROUP, self._write, lambda: Unavailable(database=NAME)
        )

    def submit(self, readings: Sequence[Looked]) -> "Future[None]":
        """Queue what belongs together; done once it is on the disk."""
        return self._grouping.submit(readings)

    async def write(self, readings: Sequence[Looked]) -> None:
        """As `submit`, and wait."""
        if readings:
            await asyncio.wrap_future(self.submit(readings))

    def find(self, wanted: Wanted) -> list[Reading]:
        """Those readings, the last first."""
        with translated(NAME):
            found: list[Reading] = []
            for position in self._index.positions(wanted):
                found += read(self.store.select_notifications(position, 1))
            return found

    def pairs(self, wanted: Wanted) -> list[Pair]:
        """Who read of whom alone, and how often; the last first."""
        with translated(NAME):
            return self._index.pairs(wanted)

    def stretches(self, wanted: Wanted, hours: int, at_least: int) -> list[Stretch]:
        """Who read that often within so many hours, the last first."""
        with translated(NAME):
            return self._index.stretches(wanted, hours, at_least)

    def subjects(self, wanted: Wanted) -> set[UUID]:
        """Cases and persons that were read of."""
        with translated(NAME):
            return self._index.subjects(wanted)

    def head(self) -> int:
        """The position of the last reading; 0 where there is none."""
        with translated(NAME):
            return self.store.max_notification_id() or 0

    def differing(self) -> int | None:
        """The first entry that the index does not find as it stands; None where it finds all."""
        with translated(NAME):
            return next(iter(self._index.differing(self.store)), None)

    def mend(self, after: int = 0) -> list[int]:
        """Have the index find the entries after one as they stand; those at which it did not."""
        with translated(NAME):
            found = [*self._index.differing(self.store, after)]
            for start in range(0, len(found), TOGETHER):
                with self.store.writing((), BEGINNING) as transaction:
                    some = found[start : start + TOGETHER]
                    with self.store.committing(transaction):
                        self._index.remake(some, self.store, transaction)
            return found

    def close(self) -> None:
        """Write what is queued, and stop. Can be repeated."""
        self._grouping.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _write(self, group: Sequence[Waiting[Sequence[Looked], None]]) -> None:
        fault: JisrError | None = None
        try:
            with translated(NAME):
                self._commit([each for waiting in group for each in waiting.item])
        except JisrError as error:
            fault = error
        except Exception as error:  # noqa: BLE001 (the edge of a thread that must go on)
            fault = unexpected(error, NAME)
        if fault is not None:
            self._versions.clear()
        for waiting in group:
            waiting.settle(fault)

    def _commit(self, readings: Sequence[Looked]) -> None:
        with self.store.writing((), self._mark) as transaction:
            self._forget_changed(transaction)
            events = []
            for each in readings:
                version = self._version(stream_of(each.staff), transaction) + 1
                self._versions[stream_of(each.staff)] = version
                events.append(stored(each, version))
            with self.store.committing(transaction):
                positions = self.store.insert_events(events, transaction=transaction)
                found = zip(positions, readings, strict=True)
                self._index.insert([Reading(*each) for each in found], transaction)
            self._mark = transaction.head

    def _forget_changed(self, transaction: Transaction) -> None:
        """What another process wrote meanwhile has other versions than are remembered."""
        change = transaction.change
        if change.streams is None or len(self._versions) > KEPT:
            self._versions.clear()
            return
        for stream in change.streams:
            self._versions.pop(stream, None)

    def _version(self, stream: str, transaction: Transaction) -> int:
        known = self._versions.get(stream)
        if known is None:
            last = self.store.select_events(stream, desc=True, limit=1, transaction=transaction)
            known = last[0].originator_version if last else 0
        return known
