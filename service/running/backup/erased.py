"""Who was erased, kept apart from what is backed up: a file of ids, which says nothing of anybody.

A backup knows those erased before it was made, and brings back the keys of those erased since. So the
worker writes each into this file when their key is destroyed (`JISR_ERASED_FILE`, on another disk if it
shall outlast this one), and whoever is in it is erased again when a backup is brought back: before
anything can be read. A later backup's list of keys says the same of those erased by then.
"""

import fcntl
import os
from collections.abc import Collection, Iterable
from pathlib import Path
from uuid import UUID

from service.running.backup.manifest import NAME, Half, read
from service.running.backup.rooms import KEYS
from service.running.faults import OperatorError

FIRST_LINE = "jisr erased of {ledger}"


class Register:
    """The file of one installation. Raises `OSError`."""

    def __init__(self, path: Path, ledger: UUID) -> None:
        self._path = path
        self._begins = FIRST_LINE.format(ledger=ledger)

    def add(self, subjects: Iterable[UUID]) -> None:
        """Those who are not in it yet; on the disk when this returns. Can be repeated.

        Raises `OperatorError` where the file is another's.
        """
        wanted = list(dict.fromkeys(subjects))
        if not wanted:
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "r+", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            text = file.read()
            known = self._parsed(text)
            new = [str(each) for each in wanted if each not in known]
            if not new:
                return
            whole = text.rfind("\n") + 1
            file.truncate(whole)  # of a line that was cut off
            file.write("".join(f"{line}\n" for line in ([] if whole else [self._begins]) + new))
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> set[UUID]:
        """Nobody where there is no file yet. Raises `OperatorError`."""
        try:
            return self._parsed(self._path.read_text("ascii"))
        except FileNotFoundError:
            return set()
        except UnicodeDecodeError:
            raise self._strange() from None

    def _parsed(self, text: str) -> set[UUID]:
        """A last line that was cut off is written again: who follows erasures goes on until it is whole."""
        lines = text[: text.rfind("\n") + 1].splitlines()
        if not lines:
            return set()
        if lines[0] != self._begins:
            raise self._strange()
        try:
            return {UUID(line) for line in lines[1:]}
        except ValueError:
            raise self._strange() from None

    def _strange(self) -> OperatorError:
        return OperatorError(
            f"{self._path} is no list of who was erased in this installation: name its own, or move it"
            " away"
        )


def known_from(places: Collection[Path], ledger: UUID) -> set[UUID]:
    """Who is erased by these: lists that the worker kept, or keys of later backups.

    Raises `OperatorError` for what is neither, or is another installation's.
    """
    found: set[UUID] = set()
    for place in places:
        if place.is_dir():
            keys = place if (place / NAME).exists() and _is_keys(place) else place / KEYS
            manifest = read(keys, Half.KEYS)
            if manifest.ledger != ledger:
                raise OperatorError(f"{place} is a backup of another installation")
            found |= set(manifest.erased)
        elif place.exists():
            found |= Register(place, ledger).read()
        else:
            raise OperatorError(f"{place} does not exist: name a list of who was erased")
    return found


def _is_keys(folder: Path) -> bool:
    return f'"half": "{Half.KEYS}"' in (folder / NAME).read_text("utf-8", "replace")[:400]
