"""The level a ledger is on, beside the one this program reads; and how it is raised.

The level is a note of the ledger's upkeep, so whoever takes the lock reads it with the lock's
own statement: a process that an upgrade has left behind cannot decide one command more.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

from domain.errors import NewerReleaseNeeded, Unexpected
from domain.events.levels import Levels
from ledger.faults import translated
from ledger.ground.watch import Kind, Standing
from ledger.recording.loading import Loader
from ledger.store import ALL_NOTES, Store


class Level:
    """One ledger's. Safe to use from many threads."""

    def __init__(self, store: Store, loader: Loader, levels: Levels) -> None:
        self._store = store
        self._loader = loader
        self._levels = levels

    @property
    def reads(self) -> int:
        """The highest level that this program reads."""
        return self._levels.reads

    def now(self) -> int:
        """The ledger's."""
        with translated("ledger"):
            notes = self._store.change(ALL_NOTES).notes
        return Standing().after(notes).level

    def as_of(self, noted: int) -> int:
        """The ledger's where that is its last note of upkeep: asked for if it is not known here."""
        standing = self._loader.watch.standing
        return standing.level if standing.noted == noted else self.now()

    def last(self) -> int:
        """The ledger's as of this process's last look at it, without another one."""
        return self._loader.watch.standing.level

    def is_above(self) -> bool:
        """Whether this program has been left behind."""
        return self.now() > self.reads

    def require_read(self) -> None:
        """Raises `NewerReleaseNeeded` when this program has been left behind."""
        level = self.now()
        if level > self.reads:
            raise NewerReleaseNeeded(level=level, reads=self.reads)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Tells an event that only a newer release knows (`NewerReleaseNeeded`) from a fault."""
        try:
            yield
        except Unexpected as fault:
            if fault.params.get("because") == "unknown_event_type":
                self.require_read()
            raise

    def finish(self, by: str) -> bool:
        """Raise the ledger's level to what this program reads; False when it was there already.

        `by`, the id of who decided it, is kept with the level. Raises `NewerReleaseNeeded`.
        """
        loader = self._loader
        with (
            translated("ledger"),
            loader.watching(),
            self._store.writing((), loader.states.head) as transaction,
        ):
            loader.observe(transaction.change)
            level = loader.watch.standing.level
            if level > self.reads:
                raise NewerReleaseNeeded(level=level, reads=self.reads)
            if level == self.reads:
                return False
            detail = json.dumps({"level": self.reads, "by": by})
            with self._store.committing(transaction):
                self._store.insert_note(Kind.LEVEL_RAISED, detail, transaction)
        return True
