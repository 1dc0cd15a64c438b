"""A file of views that is damaged is taken away: nothing is in it that cannot be made anew.

Asked when views are opened, under the lock that whoever makes the first file holds: so of several
processes that start on a damaged file one takes it away, and none the new one.
"""

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from projections.sqlite import writing

log = logging.getLogger(__name__)

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""The last is what a file says that has no table: cut short to nothing, say."""
_PRIMARY_CODE = 0xFF


def take_away_damaged(file: Path, remove: Callable[[Path], None]) -> None:
    """Remove a file of views of which not even the state can be read."""
    try:
        with closing(writing.connect(file, read_only=True)) as connection:
            writing.state_of(connection)
    except sqlite3.DatabaseError as error:
        code: int | None = getattr(error, "sqlite_errorcode", None)
        if code is None or code & _PRIMARY_CODE not in _DAMAGED:
            raise
        log.warning("the views in %s are damaged: they are made anew", file.name)
        remove(file)
