"""From rows to states: what is kept already, and the tail that is not."""

from collections.abc import Collection, Iterable

from domain.errors import Unexpected
from domain.message import Recorded, kind_of
from ledger.faults import translated, unexpected
from ledger.keys import KeyStore
from ledger.mapper import EventMapper, subjects_in
from ledger.port import Domain, State
from ledger.states import Folded, States
from ledger.store import BEGINNING, Store, Transaction


class Loader:
    """Loads states, present ones through `States`. Safe to use from many threads."""

    def __init__(self, store: Store, keys: KeyStore, domain: Domain, mapper: EventMapper) -> None:
        self._store = store
        self._keys = keys
        self._domain = domain
        self._mapper = mapper
        with translated("ledger"):
            self.states = States(keys, store.change(BEGINNING).head)

    def catch_up(self) -> None:
        """Learn what others have written. What is loaded afterwards is at least as new."""
        self.states.observe(self._store.change(self.states.head))

    def present(self, stream: str, transaction: Transaction | None = None) -> Folded:
        """The state as of the last `catch_up`, or later; of version 0 without events."""
        kept, current = self.states.find(stream)
        if kept is not None and current:
            return kept
        generation, as_of = self._keys.generation, self.states.head.position
        folded = kept or self._nothing(stream)
        tail = self._store.select_events(stream, gt=folded.state.version, transaction=transaction)
        return self._kept(stream, folded, self._mapper.read(tail), as_of, generation)

    def warm(self, streams: Collection[str]) -> None:
        """Read at once what is not kept of these streams, before a lock is taken for them."""
        cold = [stream for stream in streams if self.states.find(stream)[0] is None]
        if len(cold) < 2:  # noqa: PLR2004 (one is read as quickly later)
            return
        generation, as_of = self._keys.generation, self.states.head.position
        try:
            tails: dict[str, list[Recorded]] = {stream: [] for stream in cold}
            for recorded in self._mapper.read(self._store.select_tails([(s, 0) for s in cold])):
                tails[recorded.envelope.stream].append(recorded)
            for stream, tail in tails.items():
                self._kept(stream, self._nothing(stream), tail, as_of, generation)
        except Unexpected:
            # Logged; whoever needs that very stream will hear of it, and the others not.
            return

    def fold(self, stream: str, state: State, events: Iterable[Recorded]) -> State:
        """`state` after `events`. A fault in a fold is `Unexpected`."""
        kind = kind_of(stream)
        try:
            for recorded in events:
                state = self._domain.evolve(kind, state, recorded.event, recorded.envelope)
        except Exception as error:  # noqa: BLE001 (the edge between rules and ledger)
            raise unexpected(error, f"fold of {kind}") from None
        return state

    def initial(self, stream: str) -> State:
        return self._domain.initial(kind_of(stream))

    def _nothing(self, stream: str) -> Folded:
        return Folded(self.initial(stream), frozenset())

    def _kept(
        self, stream: str, folded: Folded, tail: list[Recorded], as_of: int, generation: int
    ) -> Folded:
        state = self.fold(stream, folded.state, tail)
        folded = Folded(state, folded.subjects | subjects_in(tail))
        self.states.keep(stream, folded, as_of=as_of, generation=generation)
        return folded
