"""All views there are."""

from collections.abc import Mapping

from domain.message import StreamKind
from projections.agreements import AGREEMENTS, PROJECTS
from projections.caseload_rows import CASELOAD
from projections.ceremonies import CEREMONIES, LINES
from projections.deriving import Appended, Derived
from projections.reminders import REMINDERS
from projections.report_rows import DELIVERIES, REVIEWS
from projections.timeline import TIMELINE

APPENDED: tuple[Appended, ...] = (TIMELINE, REMINDERS)

DERIVED: Mapping[StreamKind, tuple[Derived, ...]] = {
    kind: tuple(
        view
        for view in (CASELOAD, REVIEWS, DELIVERIES, AGREEMENTS, PROJECTS, CEREMONIES, LINES)
        if view.kind is kind
    )
    for kind in StreamKind
}
