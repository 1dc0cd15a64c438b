"""A few tables of their own beside the ledger's: a file of SQLite's, or a schema of PostgreSQL's.

Statements are written once for both: parameters are question marks.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol


class Statements(Protocol):
    """A transaction on a room's tables; parameters are question marks."""

    def execute(self, statement: str, parameters: Sequence[Any]) -> list[Any]: ...

    def execute_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """One statement for each row."""


class Room(Protocol):
    """Safe to use from many threads."""

    def reading(self) -> AbstractContextManager[Statements]: ...

    def writing(self) -> AbstractContextManager[Statements]:
        """Committed at the end, all or nothing."""

    def close(self) -> None: ...
