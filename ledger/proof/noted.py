"""By which keys a ledger was sealed, as a note of its own upkeep says.

So it is known in the ledger too, and not only beside it, that it was sealed: whoever takes the tree away,
and what signed it out of the key store, would otherwise have a ledger that nobody ever sealed.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from ledger.faults import translated
from ledger.ground.watch import Kind
from ledger.proof.notes import as_written
from ledger.proof.signing import SigningKey
from ledger.store import ALL_NOTES, Change, Mark


class _Noting(Protocol):
    """A part of `ledger.store.Store`."""

    def change(self, since: Mark) -> Change: ...

    def note(self, kind: str, detail: str) -> None: ...


class NotedKeys:
    """Safe to use from many threads."""

    def __init__(self, store: _Noting) -> None:
        self._store = store

    def all(self) -> Mapping[int, str]:
        """By number, in base64. Raises `NoteBroken` where one is not what was noted."""
        with translated("ledger"):
            notes = self._store.change(ALL_NOTES).notes
        with as_written():
            told = [json.loads(note.detail) for note in notes if note.kind == Kind.SIGNED_BY]
            return {each["number"]: each["key"] for each in told}

    def lacking(self, keys: Callable[[], Sequence[SigningKey]]) -> int | None:
        """The first that is not among those, by its number."""
        noted = self.all()  # before the keys: one that is made meanwhile is noted after
        known = {key.number: _written(key) for key in keys()}
        return next((n for n, key in sorted(noted.items()) if known.get(n) != key), None)

    def note(self, keys: Sequence[SigningKey]) -> None:
        """Those that are not noted yet."""
        noted = self.all()
        with translated("ledger"):
            for key in keys:
                if key.number not in noted:
                    told = json.dumps({"number": key.number, "key": _written(key)})
                    self._store.note(Kind.SIGNED_BY, told)


def _written(key: SigningKey) -> str:
    return b64encode(key.public).decode()
