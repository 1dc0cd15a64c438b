"""`jisr keys rotate`: the next master key takes the place of the one that is, while all goes on.

Beside `master.key` the next one is written (`master.key.next`); every process reads both. All
keys are wrapped anew, then the next file takes the first one's place, and the first one, moved
aside (`master.key.old`), is written over and removed. Ended at any moment, the next run goes
on from there.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.keys.rewrapping import rewrap
from ledger.opening import open_key_table
from service.running.faults import OperatorError
from service.running.master_key import (
    make_master_key,
    master_keys,
    next_of,
    read_master_keys,
    require_begun,
)
from service.settings import Settings


def rotate(settings: Settings, progress: Callable[[int], None]) -> int:
    """The number of the master key that wraps all keys now; the one before it is destroyed.

    Raises `OperatorError` and `MasterKeyError`, `WrongMasterKey` and `Unavailable`.
    """
    path = settings.master_key
    require_begun(settings)
    with _alone(path.parent):
        if not (_old(path).exists() and not next_of(path).exists()):
            _wrap_anew(settings, progress)
        _replace(path)
        _destroy(_old(path))
    return max(read_master_keys(path))


def unfinished(path: Path) -> bool:
    """Whether a run was ended half-way, or is at work."""
    return next_of(path).exists() or _old(path).exists()


def _wrap_anew(settings: Settings, progress: Callable[[int], None]) -> None:
    path = settings.master_key
    number = max(read_master_keys(path))
    table = open_key_table(settings.keys)
    try:
        if not next_of(path).exists():
            make_master_key(next_of(path), number + 1)
        rewrap(table, master_keys(path), progress)
    finally:
        table.close()


def _replace(path: Path) -> None:
    """The next key in the place of the first, which keeps a name until it is destroyed."""
    if next_of(path).exists():
        if not _old(path).exists():
            os.link(path, _old(path))
        next_of(path).replace(path)
        _flush(path.parent)


def _destroy(old: Path) -> None:
    if old.exists():
        with old.open("r+b") as file:
            file.write(bytes(old.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        old.unlink()
        _flush(old.parent)


def _old(path: Path) -> Path:
    return path.with_name(f"{path.name}.old")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise OperatorError(
            "the master key is being replaced already: wait for that to end"
        ) from None
    finally:
        os.close(descriptor)


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
