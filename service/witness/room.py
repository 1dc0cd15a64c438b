"""A witness's folder: its key, the public half of that, and what it has seen."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ledger.proof.notes import NoteBroken, VerifierKey
from service.running.faults import OperatorError
from service.witness.cosigner import Cosigner, make_key, seed_of
from service.witness.memory import Memory


@dataclass(frozen=True, slots=True)
class WitnessRoom:
    """Each raises `OperatorError` that says what to do."""

    folder: Path

    @property
    def _key(self) -> Path:
        return self.folder / "witness.key"

    @property
    def _public(self) -> Path:
        return self.folder / "witness.vkey"

    def make(self, name: str) -> VerifierKey:
        """A new witness of that name."""
        if not name or not name.isprintable() or any(sign in " +" for sign in name):
            raise OperatorError("a witness is named like an address: witness.example/w1")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            make_key(self._key)
            key = Cosigner(name, seed_of(self._key)).key
            self._public.write_text(f"{key}\n")
        except FileExistsError as error:
            raise OperatorError(f"{self._key} is a witness's key already") from error
        except OSError as error:
            raise OperatorError(f"{self.folder} cannot be written: {error.strerror}") from error
        return key

    def cosigner(self) -> Cosigner:
        try:
            key = VerifierKey.parsed(self._public.read_text())
            found = Cosigner(key.name, seed_of(self._key))
        except (OSError, ValueError, NoteBroken) as error:
            raise self._missing from error
        if found.key != key:
            raise OperatorError(f"{self._public} is not of {self._key}: bring back the right one")
        return found

    def memory(self, clock: Callable[[], datetime]) -> Memory:
        if not self._key.is_file():
            raise self._missing
        file = self.folder / "witness.db"
        try:
            return Memory(file, clock)
        except sqlite3.Error as error:
            raise OperatorError(
                f"{file} cannot be read or written ({error}): without it the witness would sign what "
                "it may not; bring it back, or make another witness under another name"
            ) from error

    @property
    def _missing(self) -> OperatorError:
        return OperatorError(
            f"there is no witness in {self.folder}: jisr witness make {self.folder} NAME"
        )


def vkey_of(text: str) -> VerifierKey:
    """Raises `OperatorError`."""
    try:
        return VerifierKey.parsed(text)
    except NoteBroken as error:
        raise OperatorError(f"{error}: a key is written as name+id+key") from error
