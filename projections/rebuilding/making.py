"""The rows of whole streams: folded one after the other, each once, and then forgotten.

So a large ledger takes longer than a small one and no more memory. What is made of a range of
streams hangs on the ledger alone, so ranges can be made in any order and in any process; only
people come before all others, for of the erased nothing is read that is only theirs, and
agreements and the registry before the rows that hang on what they come to.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple
from uuid import UUID

from domain.folds.order import READ_WHOLE
from domain.message import Recorded, StreamKind, name_of, stream_id
from domain.registry.state import RegistryState
from domain.values.calendar import Calendar
from ledger.ledger import Ledger
from projections.changes import Changes, Rows
from projections.deriving import Funding, funding_of
from projections.folds import begun, folded, take
from projections.rebuilding.pieces import Piece, Range, lots
from projections.rows import append, derive, enlist, logged
from projections.streams import Streams

BATCH = 1000
"""Events read at a time."""

LOT = 4000
"""Events whose rows are written at a time."""

CAPACITY = 1000
"""Folds kept: a lot's, and its people's."""


class Learnt(NamedTuple):
    """What of some streams the others' rows are made of too."""

    erased: Sequence[UUID]
    """Those of whom nothing more is to be read, though their keys may not be destroyed yet."""
    fundings: Mapping[UUID, Funding]
    """Of agreements."""
    merged: Mapping[UUID, UUID]
    """Whom those go by who were registered twice."""
    entries: Mapping[str, str]
    """What those of the registry's entries go by that were merged."""


class Made(NamedTuple):
    """What some streams' events came to."""

    events: int
    rows: Rows
    learnt: Learnt
    streams: Sequence[str]
    """Those of which all rows are there."""


class Making:
    """Rows as of `position`."""

    def __init__(self, ledger: Ledger, calendar: Calendar, position: int) -> None:
        self._ledger = ledger
        self._streams = Streams(ledger, calendar, CAPACITY)
        self._streams.restart(position)

    def of(self, ranges: Iterable[Range]) -> Iterator[Made]:
        """The rows of these ranges, lot by lot. Raises `Unexpected` at what cannot be folded."""
        position = self._streams.position
        for each in ranges:
            with logged(lambda: f"the views of a {each.kind}, up to position {position}"):  # noqa: B023 (called before the next)
                for lot in lots(self._ledger, each, position, BATCH, LOT):
                    yield self._made(each.kind, lot)

    def learn(self, learnt: Learnt) -> None:
        """Go by it from now on; to be called when all streams of its kinds are made."""
        for person in learnt.erased:
            self._ledger.take_as_erased(person)
        self._streams.take_as_known(learnt.fundings, learnt.merged, learnt.entries)

    def _made(self, kind: StreamKind, lot: Sequence[Piece]) -> Made:
        changes = Changes()
        for piece in lot:
            append(self._folded(kind, piece, changes.erased), self._streams, changes)
        whole = [piece.stream for piece in lot if piece.is_last]
        if kind is StreamKind.CASE:
            self._streams.load(self._people_of(whole))
        derive(whole, self._streams, changes)
        enlist(whole, self._streams, changes)
        merged = self._merged(kind, whole)
        entries = self._entries(kind, whole)
        learnt = Learnt(changes.erased, self._fundings(kind, whole), merged, entries)
        for stream in whole:
            self._streams.drop(stream)
        self._streams.shrink()
        # Nothing is there yet that could be gone, and what is amended follows streams that are
        # folded whole before the first of their rows is made.
        rows = {view.name: list(view.cells(found)) for view, found in changes.rows.items()}
        return Made(sum(len(piece.events) for piece in lot), rows, learnt, whole)

    def _fundings(self, kind: StreamKind, whole: Iterable[str]) -> Mapping[UUID, Funding]:
        if kind is not StreamKind.AGREEMENT:
            return {}
        names = [name_of(stream) for stream in whole]
        return {UUID(name): funding_of(self._streams.agreement(name).state) for name in names}

    def _merged(self, kind: StreamKind, whole: Iterable[str]) -> Mapping[UUID, UUID]:
        if kind is not StreamKind.BENEFICIARY:
            return {}
        people = {name: self._streams.beneficiary(name).state for name in map(name_of, whole)}
        return {
            UUID(name): state.merged_into
            for name, state in people.items()
            if state.merged_into is not None
        }

    def _entries(self, kind: StreamKind, whole: Iterable[str]) -> Mapping[str, str]:
        if kind is not StreamKind.REGISTRY:
            return {}
        states: Iterable[RegistryState] = (self._streams.fold(stream).state for stream in whole)
        return {entry: state.goes_by(entry) for state in states for entry in state.merged}

    def _folded(self, kind: StreamKind, piece: Piece, erased: list[UUID]) -> Sequence[Recorded]:
        """The events of a piece, folded."""
        events: Sequence[Recorded] = piece.events
        if kind in READ_WHOLE:
            fold = folded(kind, events)
            if kind is StreamKind.BENEFICIARY and fold.state.erased:
                erased.append(person := UUID(name_of(piece.stream)))
                self._ledger.take_as_erased(person)
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


@contextmanager
def few_collections() -> Iterator[None]:
    """Folding makes no cycles; to look for some costs a quarter of the time."""
    thresholds = gc.get_threshold()
    gc.set_threshold(100_000, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
