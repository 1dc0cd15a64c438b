"""Whether an SQLite file looks whole: by a look at what is in it, and at the log beside it.

It is read as whoever only looks reads it (`looking.py`): nothing is written, and nobody waits.
"""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from ledger.sqlite.looking import is_a_log, look_at

STEPS = 20_000
"""Of SQLite's machine, between two looks at the clock."""
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PRIMARY_CODE = 0xFF


def damage_of(path: Path, having: str | None = None, seconds: float = 1.0) -> str | None:
    """What is wrong with a file that is there, in words that follow its name; None for nothing.

    `having`: a table that each one of its kind has. Of a large one only as much is looked at as
    can be in so many seconds.
    """
    if (wrong := _unreadable(path)) is not None:
        return wrong
    if not path.stat().st_size:
        return "is empty"
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and (wrong := _unreadable(log) or _no_log(log)) is not None:
        return f"has {log.name} beside it, which {wrong}"
    return _in(path, having, seconds)


def is_damaged(path: Path, having: str) -> bool:
    """Whether a file is there, can be read, and holds no database of its kind that is whole."""
    if not path.is_file() or _unreadable(path) is not None or not path.stat().st_size:
        return False
    return damage_of(path, having) is not None


def _unreadable(path: Path) -> str | None:
    if not path.is_file():
        return "is no file"
    return None if os.access(path, os.R_OK) else "cannot be read by this user"


def _no_log(log: Path) -> str | None:
    """SQLite passes over one that does not begin as a log does, without a word."""
    return None if is_a_log(log) else "is damaged: what is in there alone is lost"


def _in(path: Path, having: str | None, seconds: float) -> str | None:
    until = time.monotonic() + seconds
    try:
        with closing(look_at(path)) as connection:
            connection.set_progress_handler(lambda: time.monotonic() > until, STEPS)
            tables = {name for (name,) in connection.execute(_TABLES)}
            if having and tables and having not in tables:
                return "was made by another program"
            said = [text for (text,) in connection.execute("PRAGMA quick_check(1)")]
    except sqlite3.DatabaseError as error:  # one that is interrupted has found nothing yet
        code: int | None = getattr(error, "sqlite_errorcode", None)
        is_damaged = code is not None and code & _PRIMARY_CODE in _DAMAGED
    else:
        is_damaged = said != ["ok"]
    return "is damaged or cut short, or is no database" if is_damaged else None
