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
from uuid import UUID

from domain.calendar import Calendar
from domain.folds.order import BY_DAY
from domain.message import Recorded, StreamKind, name_of, stream_id
from ledger.ledger import Ledger
from projections.changes import Changes
from projections.folding import Folding
from projections.folds import begun, folded, take
from projections.pieces import Piece, pieces
from projections.reached import BEGINNING, Reached
from projections.rows import append, derive, logged
from projections.store import Fresh, ProjectorBusy, Views
from projections.streams import Streams

BATCH = 1000
"""Events read at a time."""

LOT = 4000
"""Events whose rows are written at a time: on PostgreSQL each view's take two journeys."""

CAPACITY = 1000
"""Folds kept: a lot's, its people's, and the agreements that all of them look at."""

CLOSE = 200
"""When so few events are missing, the rest is folded while the live projector waits."""

PATIENCE = 5.0
PAUSE = 0.05
"""Seconds."""

ORDER = (
    StreamKind.BENEFICIARY,
    StreamKind.AGREEMENT,
    StreamKind.CEREMONY,
    StreamKind.PROJECT,
    StreamKind.CASE,
)
"""People first: of the erased nothing is read that is only theirs. Cases last: their rows show
people and agreements."""

LOOKED_AT = frozenset({StreamKind.AGREEMENT})
"""What rows of other streams are made of too: their folds stay, as far as there is room."""

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
            with logged(lambda: f"the views of a {kind}, up to position {at.position}"):  # noqa: B023 (called before the next)
                for lot in _lots(pieces(self._ledger, kind, at.position, BATCH)):
                    self._write(self._changes(kind, lot), BEGINNING)
                    done += sum(len(piece.events) for piece in lot)
                    progress(min(done, at.position), at.position)
        self._write(Changes(), at)
        progress(at.position, at.position)
        return at

    def _changes(self, kind: StreamKind, lot: Sequence[Piece]) -> Changes:
        changes = Changes()
        for piece in lot:
            append(self._folded(kind, piece), self._streams, changes)
        whole = [piece.stream for piece in lot if piece.is_last]
        if kind is StreamKind.CASE:
            self._streams.load(self._people_of(whole))
        derive(whole, self._streams, changes)
        changes.gone.clear()  # nothing is there yet
        if kind not in LOOKED_AT:
            for stream in whole:
                self._streams.drop(stream)
        self._streams.shrink()
        return changes

    def _folded(self, kind: StreamKind, piece: Piece) -> Sequence[Recorded]:
        """The events of a piece, folded."""
        events: Sequence[Recorded] = piece.events
        if kind in BY_DAY:
            fold = folded(kind, events)
            if kind is StreamKind.BENEFICIARY and fold.state.erased:
                # Their key may not be destroyed yet, and nothing is to be read with it any more.
                self._ledger.take_as_erased(UUID(name_of(piece.stream)))
                events = self._streams.known(self._ledger.history(piece.stream))
                fold = folded(kind, events)
        else:
            fold = self._streams.drop(piece.stream) or begun(kind)
            for recorded in events:
                take(fold, recorded)
        self._streams.keep(piece.stream, fold)
        return events

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


def _lots(parts: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces that are written together."""
    lot: list[Piece] = []
    many = 0
    for piece in parts:
        lot.append(piece)
        many += len(piece.events)
        if many >= LOT:
            yield lot
            lot, many = [], 0
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
