"""Streams as of one position, kept in memory as far as there is room.

The least used ones are dropped; a missing one is made again from its stream's history.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain, groupby, takewhile
from operator import attrgetter
from typing import Any
from uuid import UUID

from domain.agreement.state import AgreementState
from domain.batch.state import BatchState
from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.ceremony.state import CeremonyState
from domain.cohort.state import CohortState
from domain.complaint.state import ComplaintState
from domain.dismissal.state import FindingState
from domain.message import Recorded, StreamKind, kind_of, stream_id
from domain.numbers.marks import mark_of
from domain.order.state import OrderState
from domain.project.state import ProjectState
from domain.reception.state import ReceptionState
from domain.registry.state import REGISTRY, RegistryState
from domain.session.state import SessionState
from domain.values.calendar import Calendar
from ledger.ledger import Ledger
from ledger.recording.deciding import MARKS
from projections.deriving import Funding, funding_of
from projections.folds import Fold, folded

_READ = 1000
"""Events read at a time."""
_NAMED_BY: Mapping[StreamKind, Callable[[Any], str | None]] = {
    StreamKind.ORDER: attrgetter("supplier"),
    StreamKind.SESSION: attrgetter("committee"),
}
"""Streams of which something is found by an entry of the registry: what their first event says."""


class Streams:
    """`projections.deriving.Folds` as of `position`, which whoever adds events moves on."""

    def __init__(self, ledger: Ledger, calendar: Calendar, capacity: int) -> None:
        self.calendar = calendar
        self.position = 0
        self._ledger = ledger
        self._capacity = capacity
        self._folds: OrderedDict[str, Fold[Any]] = OrderedDict()
        self._fundings: dict[UUID, Funding] = {}
        self._merged: Mapping[UUID, UUID] | None = None
        self._entries: Mapping[str, str] | None = None

    def restart(self, position: int) -> None:
        """Forget everything; go on from `position`."""
        self.position = position
        self._folds.clear()
        self._fundings.clear()
        self._merged = None
        self._entries = None

    def take_as_known(
        self,
        fundings: Mapping[UUID, Funding],
        merged: Mapping[UUID, UUID],
        entries: Mapping[str, str],
    ) -> None:
        """What these agreements have come to by `position`, and all who go by somebody else, people
        and the registry's entries: they need not be read for it.
        """
        self._fundings |= fundings
        self._merged = {**(self._merged or {}), **merged}
        self._entries = {**(self._entries or {}), **entries}

    def keep(self, stream: str, fold: Fold[Any]) -> None:
        self._folds[stream] = fold

    def drop(self, stream: str) -> Fold[Any] | None:
        """The fold, if it was kept; from now on it is not."""
        return self._folds.pop(stream, None)

    def fold(self, stream: str) -> Fold[Any]:
        fold = self._folds.get(stream)
        if fold is None:
            events = self.known(self._ledger.history(stream))
            fold = self._folds[stream] = folded(kind_of(stream), events)
        else:
            self._folds.move_to_end(stream)
        return fold

    def read(self, streams: Iterable[str]) -> list[list[Recorded]]:
        """The events of many streams in one go, stream by stream, up to `position`."""
        found = groupby(self._ledger.histories(streams), lambda event: event.envelope.stream)
        return [events for _, each in found if (events := self.known(each))]

    def load(self, streams: Iterable[str]) -> None:
        """Fold those that are not kept, in one go."""
        missing = [stream for stream in streams if stream not in self._folds]
        for events in self.read(missing) if missing else ():
            stream = events[0].envelope.stream
            self.keep(stream, folded(kind_of(stream), events))

    def naming(self, entries: Collection[str]) -> Iterator[str]:
        """The streams that name one of these entries of the registry when they begin, up to `position`.

        All orders and sessions are read for it: two entries become one a few times a year.
        """
        for kind, named in _NAMED_BY.items():
            stretches = self._ledger.stretches(
                f"{kind}/", f"{kind}0", up_to=self.position, limit=_READ
            )
            for each in chain.from_iterable(stretches):
                if each.envelope.version == 1 and named(each.event) in entries:
                    yield each.envelope.stream

    def has(self, stream: str) -> bool:
        """Whether its fold is kept."""
        return stream in self._folds

    def shrink(self) -> None:
        """Drop what there is no room for."""
        while len(self._folds) > self._capacity:
            self._folds.popitem(last=False)

    def case(self, name: UUID | str) -> Fold[CaseState]:
        return self.fold(stream_id(StreamKind.CASE, name))

    def beneficiary(self, name: UUID | str) -> Fold[BeneficiaryState]:
        return self.fold(stream_id(StreamKind.BENEFICIARY, name))

    def agreement(self, name: UUID | str) -> Fold[AgreementState]:
        return self.fold(stream_id(StreamKind.AGREEMENT, name))

    def funding(self, agreement_id: UUID | None) -> Funding:
        if agreement_id is None:
            return Funding()
        known = self._fundings.get(agreement_id)
        return known or funding_of(self.agreement(agreement_id).state)

    def one_of(self, person: UUID) -> UUID:
        if self._merged is not None:
            return self._merged.get(person, person)
        return self.beneficiary(person).state.merged_into or person

    def goes_by(self, entry: str) -> str:
        if self._entries is not None:
            return self._entries.get(entry, entry)
        registry: RegistryState = self.fold(REGISTRY).state
        return registry.goes_by(entry)

    def mark(self, number: str) -> str:
        return mark_of(number, self._ledger.derived(MARKS)) or ""

    def project(self, name: UUID | str) -> Fold[ProjectState]:
        return self.fold(stream_id(StreamKind.PROJECT, name))

    def session(self, name: UUID | str) -> Fold[SessionState]:
        return self.fold(stream_id(StreamKind.SESSION, name))

    def order(self, name: UUID | str) -> Fold[OrderState]:
        return self.fold(stream_id(StreamKind.ORDER, name))

    def ceremony(self, name: UUID | str) -> Fold[CeremonyState]:
        return self.fold(stream_id(StreamKind.CEREMONY, name))

    def cohort(self, name: UUID | str) -> Fold[CohortState]:
        return self.fold(stream_id(StreamKind.COHORT, name))

    def batch(self, name: UUID | str) -> Fold[BatchState]:
        return self.fold(stream_id(StreamKind.BATCH, name))

    def complaint(self, name: UUID | str) -> Fold[ComplaintState]:
        return self.fold(stream_id(StreamKind.COMPLAINT, name))

    def reception(self, name: UUID | str) -> Fold[ReceptionState]:
        return self.fold(stream_id(StreamKind.RECEPTION, name))

    def finding(self, name: UUID | str) -> Fold[FindingState]:
        return self.fold(stream_id(StreamKind.FINDING, name))

    def known(self, events: Iterable[Recorded]) -> list[Recorded]:
        """Those of a stream's events up to `position`: the ledger may have gone on meanwhile."""
        return list(takewhile(lambda each: each.envelope.position <= self.position, events))
