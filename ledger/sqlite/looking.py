"""Looks at SQLite files and leaves no trace: no lock file, no log, no byte of either changed.

A file with a write-ahead log is in use, or was when its process was killed: the log is read as
well, by an index in this process's own memory. One without is nobody's now, and is read as it is.
"""

import sqlite3
from pathlib import Path

LOG_BEGINS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
"""A write-ahead log, in the order of bytes of the machine that made it."""


def look_at(path: Path, *, logged: bool = True, timeout: float = 1.0) -> sqlite3.Connection:
    """An autocommit connection; not `logged`: of a file that never has a write-ahead log.

    Raises `sqlite3.Error` for a file that is missing, that has something else for a log, or that
    was left in the middle of a commit which only a writer may take back.
    """
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{_how(path, logged=logged)}",
        uri=True,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=False,
    )


def _how(path: Path, *, logged: bool) -> str:
    if not logged:
        return "mode=ro"
    log = path.with_name(f"{path.name}-wal")
    # SQLite removes the log of a file that is empty, also for who only reads.
    if not log.exists() or not path.exists() or not path.stat().st_size:
        return "mode=ro&immutable=1"
    if not is_a_log(log):  # for which SQLite would wait ten seconds, and then wonder
        error = sqlite3.DatabaseError("the write-ahead log is damaged")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error
    return "mode=ro&readonly_shm=1"


def is_a_log(path: Path) -> bool:
    """Whether a write-ahead log begins as one does, or holds nothing."""
    with path.open("rb") as file:
        begins = file.read(len(LOG_BEGINS[0]))
    return not begins or begins in LOG_BEGINS
