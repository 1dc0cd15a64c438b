"""The data folder: whoever can read it can read everything, so it is its owner's alone."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.running.faults import OperatorError, in_words, user_of

SIGNS = ("master.key", "ledger.db", "jisr.lock")
"""Any of these in a folder says that it is Jisr's."""
OTHERS = 0o077
LONGEST = 420
"""Bytes of the folder's path: SQLite opens none of more than 512, of which a file's name takes some."""


class DataFolderInUseError(OperatorError):
    """Another `jisr up` already runs on this data folder."""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the data folder, which is made if need be, for this process.

    Raises `DataFolderInUseError` at once, and `OperatorError` for one that cannot be used.
    """
    make(path)
    close(path)
    with (path / "jisr.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            pid = lock.read().strip() or "unknown"
            raise DataFolderInUseError(
                f"Jisr already runs on {path} (process {pid}): stop it, or choose another folder"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def make(path: Path) -> None:
    """Make the folder if need be. Raises `OperatorError` where that cannot be."""
    if (wrong := _too_long(path)) is not None:
        raise OperatorError(wrong)
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except FileExistsError:
        raise OperatorError(wrong_with(path) or f"{path} cannot be made") from None
    except OSError as error:
        raise OperatorError(f"the data folder cannot be made: {in_words(error)}") from None


def close(path: Path) -> None:
    """Let nobody but its owner into the folder. Raises `OperatorError` for one that is not fit.

    One that is empty or Jisr's is closed; another's, which others may need, is refused.
    """
    if (wrong := wrong_with(path)) is not None:
        raise OperatorError(wrong)
    if is_open(path):
        if not _is_ours(path):
            raise OperatorError(
                f"{path} holds other things, and others can read it: name a folder of Jisr's own by"
                " --data or JISR_DATA"
            )
        path.chmod(0o700)


def wrong_with(path: Path) -> str | None:
    """Why a folder cannot be used, and what to do; None where it can be."""
    if (wrong := _too_long(path)) is not None:
        return wrong
    try:
        status = path.stat()
    except FileNotFoundError:
        return f"{path} does not exist: start `jisr up` once, or name the right one by --data or JISR_DATA"
    except OSError as error:
        return f"the data folder cannot be used: {in_words(error)}"
    if not stat.S_ISDIR(status.st_mode):
        return f"{path} is a file: move it, or name a folder by --data or JISR_DATA"
    return _foreign(path, status.st_uid) or _closed_to_us(path)


def _too_long(path: Path) -> str | None:
    length = len(os.fsencode(os.path.realpath(path)))
    if length <= LONGEST:
        return None
    return (
        f"the path of the data folder has {length} bytes, and SQLite opens nothing below one of more"
        f" than {LONGEST}: name another folder by --data or JISR_DATA"
    )


def _foreign(path: Path, owner: int) -> str | None:
    if owner == os.geteuid():
        return None
    them, me = user_of(owner), user_of(os.geteuid())
    return (
        f"{path} belongs to {them}, and this is {me}, whose files {them} could not read: run it as"
        f" {them} (`sudo -u {them} jisr …`), or name another folder by --data"
    )


def _closed_to_us(path: Path) -> str | None:
    if os.access(path, os.R_OK | os.W_OK | os.X_OK):
        return None
    if os.statvfs(path).f_flag & os.ST_RDONLY:
        return f"{path} is on a disk that can only be read: mount it to be written"
    return f"{path} cannot be written: run `chmod 700` on it"


def is_open(path: Path) -> bool:
    """Whether others may look into it."""
    return bool(path.stat().st_mode & OTHERS)


def _is_ours(path: Path) -> bool:
    if path.stat().st_mode & stat.S_ISVTX:  # everybody's, as /tmp is
        return False
    return any((path / sign).exists() for sign in SIGNS) or not any(path.iterdir())
