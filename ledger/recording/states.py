"""Folded states, kept between commands, and how long each may be believed.

Three things can make a kept state wrong. Another process may have written to its stream:
so the head is asked for before each use, and what was written since is marked. A person's
key may have been destroyed, here or elsewhere: then every state folded from that person's
events is dropped, at the latest when the key store is next asked (`keys.store.SECONDS`). And the
ledger may have lost a tail (`watch.py`): then every state is dropped.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.keys.store import KeyStore
from ledger.port import State
from ledger.store import Change, Mark

CAPACITY = 5000


@dataclass(frozen=True, slots=True)
class Folded:
    """A stream's state after `state.version` events, and whose data may be in it.

    The events are not kept: one that belongs before the `latest` day has the whole stream
    read again, which is rarer and costs less than the memory of all would.
    """

    state: State
    subjects: frozenset[UUID]
    latest: date
    """The latest day folded, where the stream folds by day."""
    lost: frozenset[UUID] = frozenset()
    """Whose key it was folded without, though it is not destroyed."""


@dataclass(slots=True)
class _Kept:
    folded: Folded
    current: bool


class States:
    """Kept states. Safe to use from many threads; the states themselves are immutable."""

    def __init__(self, keys: KeyStore, head: Mark, capacity: int = CAPACITY) -> None:
        self._keys = keys
        self._capacity = capacity
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self.head = head
        """The mark up to which it is known which kept states are current."""
        self._beginnings = 0
        keys.on_destroyed(self._forget)

    @property
    def generation(self) -> tuple[int, int]:
        """Changes when what was read before must not be kept: a key destroyed, a tail lost."""
        return self._keys.generation, self._beginnings

    def observe(self, change: Change) -> None:
        """Take note of how far the ledger has come since `head`."""
        with self._lock:
            if change.head.position <= self.head.position:
                noted = max(self.head.noted, change.head.noted)
                self.head = self.head._replace(noted=noted)
                return
            self.head = change.head
            changed = self._kept if change.streams is None else change.streams
            for stream in changed:
                if stream in self._kept:
                    self._kept[stream].current = False

    def begin_anew(self, head: Mark) -> None:
        """Forget everything: what it was folded from is not what the ledger holds."""
        with self._lock:
            self._beginnings += 1
            self._kept.clear()
            self.head = head

    def find(self, stream: str) -> tuple[Folded | None, bool]:
        """What is kept of a stream, and whether it is current at `head`."""
        self._keys.refresh()
        with self._lock:
            kept = self._kept.get(stream)
            if kept is None:
                return None, False
            self._kept.move_to_end(stream)
            return kept.folded, kept.current

    def keep(self, stream: str, folded: Folded, *, as_of: int, generation: tuple[int, int]) -> None:
        """Keep a state that holds all of the stream up to position `as_of`.

        `generation` is ours before the state was read: if a key was destroyed meanwhile, the
        state may hold what is now erased and is not kept. Nor is one that a lost key left with
        gaps: it may be brought back at any moment.
        """
        with self._lock:
            if generation != self.generation or folded.lost:
                return
            kept = self._kept.get(stream)
            if kept is not None and kept.folded.state.version > folded.state.version:
                return
            self._kept[stream] = _Kept(folded, current=as_of >= self.head.position)
            self._kept.move_to_end(stream)
            if len(self._kept) > self._capacity:
                self._kept.popitem(last=False)

    def _forget(self, subjects: Collection[UUID]) -> None:
        gone = frozenset(subjects)
        with self._lock:
            for stream in [s for s, kept in self._kept.items() if kept.folded.subjects & gone]:
                del self._kept[stream]
