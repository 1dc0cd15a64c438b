"""All views made again from the first event, beside the live ones, then swapped in whole.

The live views are read and kept up meanwhile. The position travels with the views, so the
live projector goes on from wherever the new ones have come to.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from time import monotonic, sleep

from domain.calendar import Calendar
from domain.message import Recorded
from ledger.ledger import Ledger
from projections.changes import Changes
from projections.folding import Folding
from projections.store import Fresh, ProjectorBusy, Views

BATCH = 500
CAPACITY = 200_000
CLOSE = 200
"""When so few events are missing, the rest is folded while the live projector waits."""

PATIENCE = 5.0
PAUSE = 0.05
"""Seconds."""

Progress = Callable[[int, int], None]
"""Called with how many events are folded, and how many there are."""


def rebuild(
    ledger: Ledger, views: Views, calendar: Calendar, progress: Progress | None = None
) -> int:
    """Rebuild and swap; the position the new views have come to.

    Raises `ProjectorBusy` while another rebuild is at work.
    """
    with _building(views) as fresh, _few_collections():
        making = _Making(ledger, fresh, calendar)
        making.fold_all(ledger.head(), progress or _silent)
        fresh.finish()
        making.level(ledger.head(), within=CLOSE)
        fresh.swap(making.level)
        return making.position


@contextmanager
def _building(views: Views) -> Iterator[Fresh]:
    """Fresh views; waits a while, because a projector that cleans up has the place too."""
    deadline = monotonic() + PATIENCE
    with ExitStack() as stack:
        while True:
            try:
                fresh = stack.enter_context(views.building())
                break
            except ProjectorBusy:
                if monotonic() > deadline:
                    raise
                sleep(PAUSE)
        yield fresh


class _Making:
    """Fresh views on their way to the ledger's head."""

    def __init__(self, ledger: Ledger, fresh: Fresh, calendar: Calendar) -> None:
        self._ledger = ledger
        self._fresh = fresh
        self._calendar = calendar
        self._folding = Folding(ledger, calendar, CAPACITY)
        self.position = 0

    def fold_all(self, head: int, progress: Progress) -> None:
        """Everything up to `head`; rows that are derived come once, at the end."""
        for events in self._batches(head):
            self._write(self._folding.take(events))
            progress(self.position, head)
        last = Changes()
        self._folding.derive(last)
        last.gone.clear()  # nothing is there yet
        self._write(last)

    def level(self, position: int, within: int = 0) -> None:
        """Come at least to `position`, or as near as `within`, or to the ledger's end."""
        while self.position + within < position:
            events = self._ledger.events(self.position, BATCH)
            if not events:
                return
            changes = self._folding.take(events)
            self._folding.derive(changes)
            self._write(changes)

    def _write(self, changes: Changes) -> None:
        after = self._folding.position
        version = self._calendar.version
        self._fresh.write(changes, before=self.position, after=after, calendar=version)
        self.position = after

    def _batches(self, head: int) -> Iterator[Sequence[Recorded]]:
        after = 0
        while after < head and (events := self._ledger.events(after, BATCH)):
            after = events[-1].envelope.position
            yield events


@contextmanager
def _few_collections() -> Iterator[None]:
    """Folds live to the end and make no cycles; to look for some costs a quarter of the time."""
    thresholds = gc.get_threshold()
    gc.set_threshold(100_000, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


def _silent(_done: int, _of: int) -> None:
    """For whoever does not watch."""
