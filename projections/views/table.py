"""All views there are, and what tells their tables from those of another version."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy.schema import CreateTable

from domain.message import StreamKind
from projections.deriving import Appended, Derived
from projections.tables import metadata, state
from projections.views.agreements import AGREEMENTS, PROJECTS
from projections.views.caseload_rows import CASELOAD
from projections.views.ceremonies import CEREMONIES, LINES
from projections.views.reminders import REMINDERS
from projections.views.report_rows import DELIVERIES, REVIEWS
from projections.views.timeline import TIMELINE

VERSION = 1
"""Grows when a view folds differently though its columns stay: then views are rebuilt."""

APPENDED: tuple[Appended, ...] = (TIMELINE, REMINDERS)

DERIVED: Mapping[StreamKind, tuple[Derived, ...]] = {
    kind: tuple(
        view
        for view in (CASELOAD, REVIEWS, DELIVERIES, AGREEMENTS, PROJECTS, CEREMONIES, LINES)
        if view.kind is kind
    )
    for kind in StreamKind
}

TABLES = tuple(metadata.sorted_tables)
VIEW_TABLES = tuple(table for table in TABLES if table is not state)


def shape() -> str:
    """Another one than is stored beside the rows: they were made by other code."""
    made = "".join(str(CreateTable(table)) for table in TABLES)
    return f"{VERSION}-{sha256(made.encode()).hexdigest()[:12]}"
