"""Events in, changed rows out.

Folds are kept in memory, the least used ones dropped; a missing one is made again from its
stream's history, as is one that an event came late for, once its rows are asked for. Rows are derived once for all events of a batch, from what their streams
have come to at its end. So rows depend on the events alone, not on how they were batched.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile
from typing import TypeVar, cast
from uuid import UUID

from domain.calendar import Calendar
from domain.errors import JisrError
from domain.message import Recorded, StreamKind, kind_of, name_of, stream_id
from ledger.faults import unexpected
from ledger.ledger import Ledger
from projections.changes import Changes
from projections.folds import (
    FOLDS,
    AgreementFold,
    BeneficiaryFold,
    CaseFold,
    CeremonyFold,
    Fold,
    ProjectFold,
    folded,
    is_late,
    take,
)
from projections.views.table import APPENDED, DERIVED

CAPACITY = 20_000
"""Folds kept. One takes about two kilobytes."""

F = TypeVar("F", bound=Fold)


class Folding:
    """All streams as of `position`. After a failure in the middle it must `restart`."""

    def __init__(self, ledger: Ledger, calendar: Calendar, capacity: int = CAPACITY) -> None:
        self.calendar = calendar
        self.position = 0
        self._ledger = ledger
        self._capacity = capacity
        self._folds: OrderedDict[str, Fold] = OrderedDict()
        self._touched: set[str] = set()

    def restart(self, position: int) -> None:
        """Forget everything; go on from `position`."""
        self.position = position
        self._folds.clear()
        self._touched.clear()

    def take(self, events: Sequence[Recorded]) -> Changes:
        """Fold the next events and give their own rows; `derive` gives the others.

        Raises `Unexpected`, after logging which event, when one cannot be folded.
        """
        changes = Changes()
        with _logged(lambda: f"the views, at position {self.position}"):
            for recorded in events:
                self._take(recorded)
                for view in APPENDED:
                    changes.add(view.view, view.rows(recorded))
        self._shrink()
        return changes

    def derive(self, changes: Changes) -> None:
        """Add the rows of every stream touched since this was last called."""
        stream = ""
        with _logged(lambda: f"the views of {stream}, at position {self.position}"):
            for stream in sorted(self._touched.union(self._dependent(changes))):
                name = name_of(stream)
                for view in DERIVED[kind_of(stream)]:
                    changes.gone[view.view].append(name)
                    changes.add(view.view, view.rows(name, self))
        self._touched.clear()
        self._shrink()

    def case(self, name: str) -> CaseFold:
        return cast("CaseFold", self._fold(stream_id(StreamKind.CASE, name)))

    def beneficiary(self, name: UUID | str) -> BeneficiaryFold:
        return cast("BeneficiaryFold", self._fold(stream_id(StreamKind.BENEFICIARY, name)))

    def agreement(self, name: UUID | str) -> AgreementFold:
        return cast("AgreementFold", self._fold(stream_id(StreamKind.AGREEMENT, name)))

    def project(self, name: str) -> ProjectFold:
        return cast("ProjectFold", self._fold(stream_id(StreamKind.PROJECT, name)))

    def ceremony(self, name: str) -> CeremonyFold:
        return cast("CeremonyFold", self._fold(stream_id(StreamKind.CEREMONY, name)))

    def _take(self, recorded: Recorded) -> None:
        about = recorded.envelope
        self.position = about.position
        make = FOLDS.get(about.stream.partition("/")[0])
        if make is None:
            return
        self._touched.add(about.stream)
        fold = make() if about.version == 1 else self._folds.pop(about.stream, None)
        if fold is not None and not is_late(fold, recorded):
            take(fold, recorded)
            self._folds[about.stream] = fold

    def _fold(self, stream: str) -> Fold:
        """The stream as of `position`."""
        fold = self._folds.get(stream)
        if fold is None:
            fold = self._folds[stream] = self._reload(stream)
        return fold

    def _reload(self, stream: str) -> Fold:
        # The ledger may have gone on meanwhile.
        events = takewhile(
            lambda recorded: recorded.envelope.position <= self.position,
            self._ledger.history(stream),
        )
        return folded(kind_of(stream), events)

    def _dependent(self, changes: Changes) -> Iterator[str]:
        """The cases of touched persons: their rows show the person too."""
        for stream in sorted(self._touched):
            if kind_of(stream) is not StreamKind.BENEFICIARY:
                continue
            person = self.beneficiary(name_of(stream))
            yield from (stream_id(StreamKind.CASE, case_id) for case_id in person.cases)
            if person.state.erased:
                changes.forgotten += self._streams_of(stream, person)

    def _streams_of(self, stream: str, person: BeneficiaryFold) -> Iterator[str]:
        yield stream
        for case_id in person.cases:
            yield stream_id(StreamKind.CASE, case_id)
            for project_id in self.case(str(case_id)).projects:
                yield stream_id(StreamKind.PROJECT, project_id)

    def _shrink(self) -> None:
        while len(self._folds) > self._capacity:
            self._folds.popitem(last=False)


@contextmanager
def _logged(where: Callable[[], str]) -> Iterator[None]:
    """An event that cannot be folded stops the views, and the log says which one it is."""
    try:
        yield
    except JisrError:
        raise
    except Exception as error:  # noqa: BLE001 (whatever a view stumbles over stops it)
        raise unexpected(error, where()) from None
