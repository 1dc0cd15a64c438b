"""From rows to states: what is kept already, and the tail that is not."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress

from domain.errors import JisrError, KeyLost, Unavailable, Unexpected
from domain.folds.order import BEFORE_ALL, belongs_earlier, in_order, latest_day
from domain.message import Recorded, kind_of
from ledger.at_rest.mapper import EventMapper, lost_in, subjects_in
from ledger.faults import translated, unexpected
from ledger.ground.clock import Tip
from ledger.ground.watch import Kind, TailLost, Watch, loss
from ledger.keys.store import KeyStore
from ledger.port import Domain, State
from ledger.recording.states import Folded, States
from ledger.store import BEGINNING, Change, Mark, Store, Transaction


class Loader:
    """Loads states, present ones through `States`. Safe to use from many threads."""

    def __init__(self, store: Store, keys: KeyStore, domain: Domain, mapper: EventMapper) -> None:
        self._store = store
        self._keys = keys
        self._domain = domain
        self._mapper = mapper
        with translated("ledger"):
            change = store.change(BEGINNING)
        self.states = States(keys, change.head)
        self.watch = Watch(change.notes)

    def catch_up(self) -> Tip:
        """Learn what others have written. What is loaded afterwards is at least as new."""
        with self.watching():
            change = self._store.change(self.states.head)
            self.observe(change)
        return self.tip(change)

    def tip(self, change: Change) -> Tip:
        """Where the ledger ended when the change was read."""
        standing, last = self.watch.standing, change.last
        since_restart = last is not None and last.id >= standing.epoch
        recorded_at = self._mapper.recorded_at(last) if last and since_restart else None
        return Tip(
            change.head.position, recorded_at, change.clock, standing.confirmed_at, standing.level
        )

    def observe(self, change: Change) -> None:
        """Take note of what changed since `states.head`. To be called inside `watching`."""
        self.watch.look(change)
        self.states.observe(change)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Raises `LedgerLost` while the ledger is not what it was; nothing kept outlives that."""
        try:
            yield
        except TailLost:
            self._lose("a process")
            # Accepted already, by who lost it first: the same call may succeed now.
            raise Unavailable(ledger="replaced") from None

    def report_loss(self, position: int, by: str) -> None:
        """Raises `LedgerLost`, now and everywhere, for what `by` remembers and is not there."""
        self._lose(by, Mark(position, b""))
        self.watch.require_whole()

    def _lose(self, by: str, remembered: Mark | None = None) -> None:
        remembered = remembered or self.states.head
        change = self._store.change(BEGINNING)
        accepted = self.watch.begin_anew(change.notes)
        if self.watch.standing.lost is None and not accepted:
            self._store.note(Kind.LOSS_FOUND, loss(remembered, change.head, by))
            change = self._store.change(BEGINNING)
            self.watch.begin_anew(change.notes)
        self.states.begin_anew(change.head)
        self.watch.require_whole()

    def present(self, stream: str, transaction: Transaction | None = None) -> Folded:
        """The state as of the last `catch_up`, or later; of version 0 without events.

        Raises `KeyLost` where a person's key is missing; a stream of many people, such as the
        directory of staff, goes on without what it says of one.
        """
        return self.whole(stream, self.readable(stream, transaction))

    def readable(self, stream: str, transaction: Transaction | None = None) -> Folded:
        """As `present`; of a person whose key is missing as if they were erased, to be shown only."""
        kept, current = self.states.find(stream)
        if kept is not None and current:
            return kept
        generation, as_of = self.states.generation, self.states.head.position
        before = kept or self._nothing(stream)
        tail = self.history(stream, after=before.state.version, transaction=transaction)
        folded = self.grown(
            stream, before, tail, lambda: self.history(stream, transaction=transaction)
        )
        self.states.keep(stream, folded, as_of=as_of, generation=generation)
        return folded

    def lately(self, stream: str) -> Folded:
        """As it was kept last, though others may have written since; read if it was not kept."""
        kept, _ = self.states.find(stream)
        return self.present(stream) if kept is None else self.whole(stream, kept)

    def whole(self, stream: str, folded: Folded) -> Folded:
        """The same, unless it has gaps that nothing may be decided on: raises `KeyLost`."""
        of_many = stream == self._domain.directory or kind_of(stream) in self._domain.of_many
        if folded.lost and not of_many:
            raise KeyLost(subject=str(min(folded.lost)))
        return folded

    def glance(self, stream: str) -> Folded:
        """As `present`, and of what was not kept before nothing is kept: one look at each of many
        streams must not drop what is in use.
        """
        if self.states.find(stream)[0] is not None:
            return self.present(stream)
        return self.whole(stream, self.fold(stream, self.history(stream)))

    def glances(self, streams: Iterable[str]) -> dict[str, State]:
        """Of many, none of which is kept; without those that cannot be folded."""
        histories: dict[str, list[Recorded]] = {stream: [] for stream in streams}
        for recorded in self._mapper.read(self._store.select_tails([(s, 0) for s in histories])):
            histories[recorded.envelope.stream].append(recorded)
        found = dict[str, State]()
        for stream, events in histories.items():
            with suppress(JisrError):
                found[stream] = self.whole(stream, self.fold(stream, events)).state
        return found

    def warm(self, streams: Collection[str]) -> None:
        """Read at once what is not kept of these streams, before a lock is taken for them."""
        cold = [stream for stream in streams if self.states.find(stream)[0] is None]
        if len(cold) < 2:  # noqa: PLR2004 (one is read as quickly later)
            return
        generation, as_of = self.states.generation, self.states.head.position
        try:
            tails: dict[str, list[Recorded]] = {stream: [] for stream in cold}
            for recorded in self._mapper.read(self._store.select_tails([(s, 0) for s in cold])):
                tails[recorded.envelope.stream].append(recorded)
            for stream, tail in tails.items():
                folded = self._folded(stream, self._nothing(stream), tail)
                self.states.keep(stream, folded, as_of=as_of, generation=generation)
        except Unexpected:
            # Logged; whoever needs that very stream will hear of it, and the others not.
            return

    def history(
        self,
        stream: str,
        *,
        after: int = 0,
        up_to: int | None = None,
        transaction: Transaction | None = None,
    ) -> list[Recorded]:
        """The events with version > `after` and <= `up_to`, as they were recorded."""
        stored = self._store.select_events(stream, gt=after, lte=up_to, transaction=transaction)
        return self._mapper.read(stored)

    def grown(
        self,
        stream: str,
        before: Folded,
        tail: Sequence[Recorded],
        whole: Callable[[], Sequence[Recorded]],
    ) -> Folded:
        """`before` and the events after it; all of them anew where one belongs earlier.

        `whole` reads the stream with the tail. A fault in a fold is `Unexpected`.
        """
        by_day = kind_of(stream) in self._domain.by_day
        if any(belongs_earlier(each, before.latest, by_day=by_day) for each in tail):
            return self._folded(stream, self._nothing(stream), whole())
        return self._folded(stream, before, tail)

    def fold(self, stream: str, events: Iterable[Recorded]) -> Folded:
        """What these events of a stream come to, given as they were recorded."""
        return self._folded(stream, self._nothing(stream), list(events))

    def _folded(self, stream: str, before: Folded, events: Sequence[Recorded]) -> Folded:
        kind, state, latest = kind_of(stream), before.state, before.latest
        by_day = kind in self._domain.by_day
        counting = in_order(events, by_day=by_day)
        if by_day:
            latest = latest_day(latest, counting)
        try:
            for recorded in counting:
                state = self._domain.evolve(kind, state, recorded.event, recorded.envelope)
        except Exception as error:  # noqa: BLE001 (the edge between rules and ledger)
            raise unexpected(error, f"fold of {kind}") from None
        subjects, lost = before.subjects | subjects_in(events), before.lost | lost_in(events)
        return Folded(state, subjects, latest, lost)

    def _nothing(self, stream: str) -> Folded:
        return Folded(self._domain.initial(kind_of(stream)), frozenset(), BEFORE_ALL)
