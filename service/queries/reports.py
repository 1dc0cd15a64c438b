"""What was delivered, by any dimension, and how the visits after it stand."""

from domain.message import Message
from projections.views import reports
from service.access.reader import Reading


class Report(Message):
    dimension: reports.Dimension
    rows: tuple[reports.Delivered, ...]
    total: reports.Delivered
    """A person who received under two rows counts once here."""
    visits: reports.Visits


def get_report(reading: Reading, filters: reports.Filters, dimension: reports.Dimension) -> Report:
    """Of the cases that `filters` leave."""
    with reading.views.reading() as conn:
        return Report(
            dimension=dimension,
            rows=tuple(reports.by(conn, dimension, filters)),
            total=reports.total(conn, filters),
            visits=reports.visits(conn, reading.today, filters.centre),
        )
