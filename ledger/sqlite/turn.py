"""Whose turn it is, by a locked file beside the ledger."""

from pathlib import Path

from ledger.faults import translated
from ledger.sqlite.file_lock import FileLock


class SqliteTurn:
    """`ledger.following.turn.Turn` among the processes of a machine."""

    def __init__(self, path: Path) -> None:
        self._lock = FileLock(path)

    def hold(self) -> bool:
        with translated("ledger"):
            return self._lock.acquire()

    def close(self) -> None:
        self._lock.close()
