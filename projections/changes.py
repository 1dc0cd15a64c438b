"""What one batch of events changes in the views."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from domain.message import Message
from projections.view import View


@dataclass(slots=True)
class Changes:
    """First what is gone goes, then the rows come, then reasons are forgotten."""

    gone: dict[View[Any], list[str]] = field(default_factory=lambda: defaultdict(list))
    """Whose rows go, by the view's owner column."""
    rows: dict[View[Any], list[Message]] = field(default_factory=lambda: defaultdict(list))
    forgotten: list[str] = field(default_factory=list)
    """Streams of erased persons: that an event had a reason is gone with the reason."""

    def add(self, view: View[Any], rows: Iterable[Message]) -> None:
        self.rows[view] += rows
