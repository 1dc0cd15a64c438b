"""What was delivered, by any dimension, and how the visits after it stand."""

from dataclasses import replace

from domain.message import Actor, Message
from projections.views import reports
from service.access.table import centre_bound, require_centre
from service.queries.sources import Reading


class Report(Message):
    dimension: reports.Dimension
    rows: tuple[reports.Delivered, ...]
    total: reports.Delivered
    """A person who received under two rows counts once here."""
    visits: reports.Visits


def get_report(
    reading: Reading, actor: Actor, dimension: reports.Dimension, filters: reports.Filters
) -> Report:
    """Within the actor's scope: a centre's own staff count their centre's cases."""
    bound = centre_bound(actor)
    if bound is not None:
        if filters.centre is not None:
            require_centre(actor, filters.centre)
        filters = replace(filters, centre=bound)
    with reading.views.reading() as conn:
        return Report(
            dimension=dimension,
            rows=tuple(reports.by(conn, dimension, filters)),
            total=reports.total(conn, filters),
            visits=reports.visits(conn, reading.today, filters.centre),
        )
