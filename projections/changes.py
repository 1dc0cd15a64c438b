"""What one batch of events changes in the views."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from domain.message import Message
from projections.columns import Cell
from projections.view import View

Rows = Mapping[str, Sequence[tuple[Cell, ...]]]
"""By view, as they are written."""


class Cells(NamedTuple):
    """A column of a view."""

    view: View[Any]
    column: str


@dataclass(slots=True)
class Changes:
    """First what is gone goes, then the rows come, then cells of rows change."""

    gone: dict[View[Any], list[str]] = field(default_factory=lambda: defaultdict(list))
    """Whose rows go, by the view's owner column."""
    rows: dict[View[Any], list[Message]] = field(default_factory=lambda: defaultdict(list))
    amended: dict[Cells, list[tuple[str, Cell]]] = field(default_factory=lambda: defaultdict(list))
    """Owners, and what that column of all their rows is from now on."""
    erased: list[UUID] = field(default_factory=list)
    """Persons of whom nothing may be left in any file."""

    def add(self, view: View[Any], rows: Iterable[Message]) -> None:
        self.rows[view] += rows

    def withdraw(self, view: View[Any], owners: Collection[str]) -> None:
        """Let all rows of these owners go, also those added so far."""
        self.gone[view] += owners
        kept = [row for row in self.rows[view] if str(getattr(row, view.owner)) not in owners]
        self.rows[view] = kept

    def amend(self, view: View[Any], column: str, owner: str, value: Any) -> None:
        """Let a column of all rows of an owner be `value`."""
        self.amended[Cells(view, column)].append((owner, view.column(column).written(value)))

    @property
    def size(self) -> int:
        """How many rows are written or looked for."""
        kinds: tuple[Mapping[Any, Sequence[Any]], ...] = (self.rows, self.gone, self.amended)
        return sum(len(each) for kind in kinds for each in kind.values())
