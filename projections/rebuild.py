"""All views made again from the first event, beside the live ones, then swapped in whole.

The live views are read and kept up meanwhile. Streams are folded one after the other, each
once and whole, and forgotten when their rows are written: so a large ledger takes longer than
a small one and no more memory. Only then the events recorded meanwhile are added, as they
came. The position travels with the views, so the live projector goes on from wherever the new
ones have come to.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from time import monotonic, sleep

from domain.calendar import Calendar
from domain.folds.order import BY_DAY
from domain.message import Recorded, StreamKind, kind_of, name_of, stream_id
from ledger.ledger import Ledger
from projections.changes import Changes
from projections.folding import Folding
from projections.folds import begun, folded, take
from projections.reached import BEGINNING, Reached
from projections.rows import append, derive, forget, logged
from projections.store import Fresh, ProjectorBusy, Views
from projections.streams import Streams

BATCH = 1000
"""Events read at a time."""

CAPACITY = 1000
"""Folds kept: a batch's, its people's, and the agreements that all of them look at."""

CLOSE = 200
"""When so few events are missing, the rest is folded while the live projector waits."""

PATIENCE = 5.0
PAUSE = 0.05
"""Seconds."""

ORDER = (
    StreamKind.AGREEMENT,
    StreamKind.CEREMONY,
    StreamKind.PROJECT,
    StreamKind.CASE,
    StreamKind.BENEFICIARY,
)
"""People last: what is to be forgotten of the erased must be written first."""

Progress = Callable[[int, int], None]
"""Called with how many events are folded, and how many there are."""


def rebuild(
    ledger: Ledger, views: Views, calendar: Calendar, progress: Progress | None = None
) -> int:
    """Rebuild and swap; the position the new views have come to.

    Raises `ProjectorBusy` while another rebuild is at work, and `NewerReleaseNeeded`.
    """
    ledger.level.require_read()
    with _building(views) as fresh, _few_collections():
        at = _Making(ledger, fresh, calendar).fold_all(progress or _silent)
        fresh.finish()
        going_on = _GoingOn(ledger, fresh, calendar, at)
        going_on.level(ledger.head(), within=CLOSE)
        fresh.swap(going_on.level)
        return going_on.at.position


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
    """Fresh views, stream by stream, as of the ledger's head."""

    def __init__(self, ledger: Ledger, fresh: Fresh, calendar: Calendar) -> None:
        self._ledger = ledger
        self._fresh = fresh
        self._calendar = calendar
        self._streams = Streams(ledger, calendar, CAPACITY)

    def fold_all(self, progress: Progress) -> Reached:
        """Where the views are then."""
        at = _last(self._ledger)
        self._streams.restart(at.position)
        done = 0
        for kind in ORDER:
            for lot in _lots(self._ledger.streams(kind)):
                changes = Changes()
                with logged(lambda: f"the views of a {kind}, up to position {at.position}"):  # noqa: B023 (called before the next)
                    done += self._fold(kind, lot, changes)
                self._write(changes, BEGINNING)
                progress(min(done, at.position), at.position)
        self._write(Changes(), at)
        progress(at.position, at.position)
        return at

    def _fold(self, kind: StreamKind, lot: Sequence[tuple[str, int]], changes: Changes) -> int:
        """A lot of streams; how many events they have."""
        many = 0
        for events in self._histories(lot):
            many += len(events)
            for recorded in events:
                append(recorded, self._streams, changes)
        names = [stream for stream, _ in lot]
        if kind is StreamKind.CASE:
            self._streams.load(self._people_of(names))
        derive(names, self._streams, changes)
        changes.gone.clear()  # nothing is there yet
        if kind is StreamKind.BENEFICIARY:
            for person in names:
                forget(person, self._streams, changes)
        self._streams.shrink()
        return many

    def _histories(self, lot: Sequence[tuple[str, int]]) -> Iterator[Sequence[Recorded]]:
        """The events of each stream, folded when they are given; a long stream's in parts."""
        if len(lot) == 1 and lot[0][1] > BATCH and kind_of(lot[0][0]) not in BY_DAY:
            yield from self._parts(*lot[0])
            return
        for events in self._streams.read(stream for stream, _ in lot):
            stream = events[0].envelope.stream
            self._streams.keep(stream, folded(kind_of(stream), events))
            yield events

    def _parts(self, stream: str, version: int) -> Iterator[Sequence[Recorded]]:
        fold = begun(kind_of(stream))
        self._streams.keep(stream, fold)
        for after in range(0, version, BATCH):
            found = self._ledger.part(stream, after=after, limit=BATCH)
            events = self._streams.known(found)
            for recorded in events:
                take(fold, recorded)
            yield events

    def _people_of(self, names: Iterable[str]) -> Iterator[str]:
        """Whom these cases are about: their rows show them, so they are read in one go."""
        for name in names:
            person = self._streams.case(name_of(name)).state.beneficiary_id
            if person is not None:
                yield stream_id(StreamKind.BENEFICIARY, person)

    def _write(self, changes: Changes, after: Reached) -> None:
        version = self._calendar.version
        self._fresh.write(changes, before=BEGINNING, after=after, calendar=version)


class _GoingOn:
    """Fresh views, kept up as the live ones are, until they take their place."""

    def __init__(self, ledger: Ledger, fresh: Fresh, calendar: Calendar, at: Reached) -> None:
        self._ledger = ledger
        self._fresh = fresh
        self._calendar = calendar
        self._folding = Folding(ledger, calendar, CAPACITY)
        self._folding.restart(at.position)
        self.at = at

    def level(self, position: int, within: int = 0) -> None:
        """Come at least to `position`, or as near as `within`, or to the ledger's end."""
        while self.at.position + within < position:
            events = self._ledger.events(self.at.position, BATCH)
            if not events:
                return
            changes = self._folding.take(events)
            after, version = Reached.of(events[-1]), self._calendar.version
            self._fresh.write(changes, before=self.at, after=after, calendar=version)
            self.at = after


def _last(ledger: Ledger) -> Reached:
    """The ledger's last event."""
    head = ledger.head()
    return Reached.of(ledger.events(head - 1, 1)[0]) if head else BEGINNING


def _lots(streams: Iterable[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Streams and their versions, together so many events as are read at a time."""
    lot: list[tuple[str, int]] = []
    many = 0
    for stream, version in streams:
        if lot and many + version > BATCH:
            yield lot
            lot, many = [], 0
        lot.append((stream, version))
        many += version
    if lot:
        yield lot


@contextmanager
def _few_collections() -> Iterator[None]:
    """Folding makes no cycles; to look for some costs a quarter of the time."""
    thresholds = gc.get_threshold()
    gc.set_threshold(100_000, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


def _silent(_done: int, _of: int) -> None:
    """For whoever does not watch."""
