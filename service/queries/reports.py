"""What was delivered, how the visits after it stand; who studied, was hired, at school, came back."""

from domain.message import Message
from projections.views import hires, reports, returns, schools, studies
from service.access.reader import Reading


class Report(Message):
    dimension: reports.Dimension
    rows: tuple[reports.Delivered, ...]
    total: reports.Delivered
    """A person who received under two rows counts once here."""
    visits: reports.Visits
    """Of the centre asked for, or of all; and so the levels."""
    studied_in_detention: tuple[studies.Studied, ...]
    hired: tuple[hires.Hired, ...]
    """In the days, the centre, the province and the region asked for; partner companies apart."""
    schooled: tuple[schools.Schooled, ...]
    """Enrolled at a school in the same, by level; minors apart."""
    returned_to_prison: tuple[returns.Returned, ...]
    """Within one, two and four years of a release, of those whose years are over today."""


def get_report(reading: Reading, filters: reports.Filters, dimension: reports.Dimension) -> Report:
    """Of the cases that `filters` leave."""
    with reading.views.reading() as conn:
        return Report(
            dimension=dimension,
            rows=tuple(reports.by(conn, dimension, filters)),
            total=reports.total(conn, filters),
            visits=reports.visits(conn, reading.today, filters.centre),
            studied_in_detention=tuple(studies.by_level(conn, filters.centre)),
            hired=tuple(hires.by_employer(conn, filters)),
            schooled=tuple(schools.by_level(conn, filters)),
            returned_to_prison=tuple(returns.within_years(conn, reading.today, filters.centre)),
        )
