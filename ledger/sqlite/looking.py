"""Looks at SQLite files and leaves no trace: no lock file, no log, no byte of either changed.

A file with a write-ahead log is in use, or was when its process was killed: the log is read as
well, by an index in this process's own memory. One without is nobody's now, and is read as it is.
"""

import sqlite3
from pathlib import Path


def look_at(path: Path, *, logged: bool = True, timeout: float = 1.0) -> sqlite3.Connection:
    """An autocommit connection; not `logged`: of a file that never has a write-ahead log.

    Raises `sqlite3.Error` for a file that is missing, or that was left in the middle of a commit
    which only a writer may take back.
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
    in_use = path.with_name(f"{path.name}-wal").exists()
    return "mode=ro&readonly_shm=1" if in_use else "mode=ro&immutable=1"
