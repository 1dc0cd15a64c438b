"""Who is at work on an SQLite ledger: a file each beside it, locked for as long as they live.

The operating system lets go of a lock when its process ends, however it ends; so what is said
here is true at every moment, and nobody has to say it again. The file's name says it all.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.ground.living import Alive

FOLDER = "processes"


class SqliteLiving:
    """`ledger.ground.living.Living` beside a file."""

    def __init__(self, ledger: Path) -> None:
        self._folder = ledger.with_name(FOLDER)

    @contextmanager
    def at_work(self, part: str, reads: int) -> Iterator[None]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in self._files():
            _bury(left)
        file = self._folder / f"{part}.{reads}.{os.getpid()}.{secrets.token_hex(4)}"
        descriptor = _locked(file)
        try:
            yield
        finally:
            file.unlink(missing_ok=True)
            os.close(descriptor)

    def everybody(self) -> list[Alive]:
        return [_alive(file) for file in self._files() if _is_held(file)]

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.*.*.*"))

    def close(self) -> None:
        """Nothing is open."""


def _locked(file: Path) -> int:
    while True:
        descriptor = os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)  # somebody took it for a dead process's, and away


def _is_held(file: Path) -> bool:
    """Whether its process lives."""
    with suppress(FileNotFoundError):
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
    return False


def _bury(file: Path) -> None:
    """Remove the file of a process that is dead."""
    with suppress(FileNotFoundError):
        descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            file.unlink()
        except BlockingIOError:
            return
        finally:
            os.close(descriptor)


def _alive(file: Path) -> Alive:
    part, reads, process, _ = file.name.split(".")
    return Alive(part, f"process {process}", int(reads))
