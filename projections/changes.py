"""What one batch of events changes in the views."""

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import Table

from projections.tables import Row


@dataclass(slots=True)
class Changes:
    """First what is gone goes, then the rows come, then reasons are forgotten."""

    gone: dict[Table, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Whose rows go, by the table's owner column."""
    rows: dict[Table, list[Row]] = field(default_factory=lambda: defaultdict(list))
    forgotten: list[str] = field(default_factory=list)
    """Streams of erased persons: that an event had a reason is gone with the reason."""
