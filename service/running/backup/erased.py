"""Who was erased, kept apart from what is backed up: a file of ids, which says nothing of anybody.

A backup knows those erased before it was made, and brings back the keys of those erased since. So the
worker writes each into this file when their key is destroyed (`JISR_ERASED_FILE`, on another disk if it
shall outlast this one), and whoever is in it is erased again when a backup is brought back: before
anything can be read. A later backup's list of keys says the same of those erased by then.

Its last line is a mark over all before it, by a key of the house: who takes an id out of it, or puts one in,
is found out, and nothing is brought back by it. A whole earlier file put back is not told from it: compare
with the copy that lies elsewhere.
"""

import fcntl
import hmac
import logging
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from ledger.ledger import Ledger
from ledger.opening import open_key_table
from service.running.backup.manifest import NAME, Half, read
from service.running.backup.marks import ERASED
from service.running.backup.rooms import KEYS
from service.running.faults import OperatorError
from service.settings import Settings

log = logging.getLogger("jisr.backup")

FIRST_LINE = "jisr erased of {ledger}"
MARKED = "mark "


class Register:
    """The file of one installation. Raises `OSError`."""

    def __init__(self, path: Path, ledger: UUID, key: bytes) -> None:
        """`key`: that the house marks it by (`marks.py`)."""
        self._path, self._key = path, key
        self._begins = FIRST_LINE.format(ledger=ledger)

    def add(self, subjects: Iterable[UUID]) -> None:
        """Those who are not in it yet; on the disk when this returns. Can be repeated.

        Raises `OperatorError` where the file is another's, or was changed.
        """
        wanted = list(dict.fromkeys(subjects))
        if not wanted:
            return
        with self._alone():
            known = self._read()
            if new := [each for each in wanted if each not in known]:
                self._write([*known, *new])

    def read(self) -> set[UUID]:
        """Nobody where there is no file yet. Raises `OperatorError`."""
        return set(self._read())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time: the file is another one each time, its folder is not."""
        folder = os.open(self._path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            yield
            os.fsync(folder)
        finally:
            os.close(folder)

    def _write(self, subjects: Iterable[UUID]) -> None:
        """Whole, or as it was."""
        text = "".join(f"{line}\n" for line in (self._begins, *subjects))
        draft = self._path.with_name(f".{self._path.name}.new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{text}{MARKED}{self._mark(text)}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)

    def _read(self) -> list[UUID]:
        try:
            text = self._path.read_text("ascii")
        except FileNotFoundError:
            return []
        except UnicodeDecodeError:
            raise self._strange() from None
        told, is_marked, mark = text.rpartition(MARKED)
        first, *lines = (told if is_marked else text).splitlines() or [""]
        if first != self._begins:
            raise self._strange()
        if not hmac.compare_digest(mark.encode(), f"{self._mark(told)}\n".encode()):
            raise OperatorError(
                f"{self._path} was changed since the house wrote it: who was erased cannot be told by it."
                " Put a copy of it back, or move it away and name what else says so: a later backup, or a"
                " copy of the list (--erased)"
            )
        return [UUID(line) for line in lines]

    def _mark(self, text: str) -> str:
        return hmac.new(self._key, text.encode(), sha256).hexdigest()

    def _strange(self) -> OperatorError:
        return OperatorError(
            f"{self._path} is no list of who was erased in this installation: name its own, or move it"
            " away"
        )


def register_of(settings: Settings, ledger: Ledger) -> Register:
    """The installation's own."""
    return Register(settings.erased, ledger.id, ledger.derived(ERASED))


def whole_register(settings: Settings, ledger: Ledger) -> Register:
    """The same, with everybody whose key is destroyed: also where the file was lost, or is an older one."""
    register = register_of(settings, ledger)
    with closing(open_key_table(settings.keys)) as table:
        try:
            register.add(table.destroyed_since(0)[1])
        except (
            OSError
        ) as error:  # a disk that is away: who is erased meanwhile is written down later
            log.error("%s cannot be written: %s", settings.erased, error.strerror)  # noqa: TRY400
    return register


def known_from(places: Collection[Path], ledger: UUID, key: bytes) -> set[UUID]:
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
            found |= Register(place, ledger, key).read()
        else:
            raise OperatorError(f"{place} does not exist: name a list of who was erased")
    return found


def _is_keys(folder: Path) -> bool:
    return f'"half": "{Half.KEYS}"' in (folder / NAME).read_text("utf-8", "replace")[:400]
