"""Events in, changed rows out, as the live views are kept up.

A fold that an event came late for is made again once its rows are asked for. Rows are derived
once for all events of a batch, from what their streams have come to at its end. So rows
depend on the events alone, not on how they were batched.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from domain.message import Recorded, StreamKind, kind_of, name_of, stream_id
from domain.values.calendar import Calendar
from ledger.ledger import Ledger
from projections.changes import Changes
from projections.folds import VIEWED, begun, is_late, take
from projections.rows import append, derive, forget, logged, mark, relist, streams_of
from projections.streams import Streams
from projections.views.registry import turning

CAPACITY = 20_000
"""Folds kept. One takes from two kilobytes to seven."""


class Folding:
    """All streams as of `position`. After a failure in the middle it must `restart`."""

    def __init__(self, ledger: Ledger, calendar: Calendar, capacity: int = CAPACITY) -> None:
        self._ledger = ledger
        self._streams = Streams(ledger, calendar, capacity)
        self._touched: set[str] = set()

    @property
    def position(self) -> int:
        return self._streams.position

    def restart(self, position: int) -> None:
        """Forget everything; go on from `position`."""
        self._streams.restart(position)
        self._touched.clear()

    def take(self, events: Sequence[Recorded]) -> Changes:
        """Fold the next events; the rows that change by them.

        Raises `Unexpected`, after logging which event, when one cannot be folded.
        """
        changes = Changes()
        with logged(lambda: f"the views, at position {self.position}"):
            for recorded in events:
                self._take(recorded)
        append(events, self._streams, changes)
        mark(events, self._streams, changes)
        relist(events, self._streams, changes)
        people = [each for each in self._touched if kind_of(each) is StreamKind.BENEFICIARY]
        self._read_again(people)
        touched = self._touched.union(
            self._cases_of(people), self._projects_of(people), self._naming_what_goes_by(events)
        )
        derive(sorted(touched), self._streams, changes)
        for person in sorted(people):
            forget(person, self._streams, changes)
        self._touched.clear()
        self._streams.shrink()
        return changes

    def derive_again(self, names: Sequence[str]) -> Changes:
        """The rows of these streams, by a calendar that was another when they were made.

        What had not begun by this position has none. Raises as `take`.
        """
        changes = Changes()
        self._streams.load(names)
        begun = [each for each in names if self._streams.has(each)]
        derive(begun, self._streams, changes)
        self._streams.shrink()
        return changes

    def _take(self, recorded: Recorded) -> None:
        about = recorded.envelope
        self._streams.position = about.position
        kind = kind_of(about.stream)
        if kind not in VIEWED:
            return
        self._touched.add(about.stream)
        fold = begun(kind) if about.version == 1 else self._streams.drop(about.stream)
        if fold is not None and not is_late(fold, recorded):
            take(fold, recorded)
            self._streams.keep(about.stream, fold)

    def _read_again(self, people: Iterable[str]) -> None:
        """What an erasure takes away is no longer in what was folded before it.

        Their key may not be destroyed yet, and nothing is to be read with it any more.
        """
        for person in people:
            if self._streams.beneficiary(name_of(person)).state.erased:
                self._ledger.take_as_erased(UUID(name_of(person)))
                for stream in list(streams_of(person, self._streams)):
                    self._streams.drop(stream)

    def _cases_of(self, people: Sequence[str]) -> Iterator[str]:
        """Their rows show the person too."""
        for person in people:
            for case_id in self._streams.beneficiary(name_of(person)).state.cases:
                yield stream_id(StreamKind.CASE, case_id)

    def _projects_of(self, people: Sequence[str]) -> Iterator[str]:
        """Whose they are is another matter once somebody was merged, or parted."""
        for person in people:
            state = self._streams.beneficiary(name_of(person)).state
            if state.merging_turned_on is not None:
                yield from (
                    each
                    for each in streams_of(person, self._streams)
                    if kind_of(each) is StreamKind.PROJECT
                )

    def _naming_what_goes_by(self, events: Sequence[Recorded]) -> Iterator[str]:
        """What names an entry that goes by another from now on, or no more: what is found by the
        one that goes on is found anew.
        """
        turned = {entry for each in events for entry in turning(each.event)}
        if turned:
            yield from self._streams.naming(turned)
