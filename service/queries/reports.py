"""What was delivered, how the visits after it stand; who studied, was hired, at school, came back."""

from datetime import date

from sqlalchemy import Connection

from domain.message import Message
from ledger.ledger import Ledger
from projections.as_known import as_known
from projections.views import hires, reports, returns, schools, studies
from projections.views.hires import HIRES
from projections.views.report_rows import DELIVERIES, REVIEWS
from projections.views.returns import STAYS
from projections.views.schools import SCHOOLED
from projections.views.studies import STUDIES
from service.access.reader import Reading
from service.problems.problem import Rejected
from service.queries.known_days import calendar_known_on
from service.queries.known_on import Known, position_of


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


class ReportAsKnown(Report):
    """A report by what was recorded up to a position, and nothing that came since.

    It is the same later, word for word, but for whoever was erased since: so many people, of whom
    deliveries are counted by what was kept, and whose visits, jobs, school and custody are not known
    any more.
    """

    known_on: int
    """The position of the last entry that counts."""
    today: date
    """The day on which that was recorded: by it visits are late, and years are over."""
    holidays: str
    """The version of the table of holidays that held then: by it days are counted."""
    erased_since: int
    """People in it who were erased after that entry."""


VIEWS = (DELIVERIES, REVIEWS, STUDIES, HIRES, SCHOOLED, STAYS)
MOST = 200_000
"""Entries of the ledger that are folded for an answer; what takes longer is the command line's."""


def get_report_as_known(
    reading: Reading, filters: reports.Filters, dimension: reports.Dimension, known_on: Known
) -> ReportAsKnown:
    """Raises `Rejected("position_unknown")`, and `Rejected("report_too_large")`."""
    position = position_of(reading.ledger, known_on)
    if position > MOST:
        raise Rejected("report_too_large", log_entries=MOST)
    return report_as_known(reading.ledger, filters, dimension, position)


def report_as_known(
    ledger: Ledger, filters: reports.Filters, dimension: reports.Dimension, position: int
) -> ReportAsKnown:
    """However long it takes. Raises `Rejected("position_unknown")`."""
    position_of(ledger, position)
    calendar = calendar_known_on(ledger, position)
    with as_known(ledger, position, VIEWS, calendar, filters.centre) as known:
        told = _report(known.connection, known.day, filters, dimension)
        return ReportAsKnown(
            **dict(told),
            known_on=position,
            today=known.day,
            holidays=calendar.version,
            erased_since=len(known.erased_since),
        )


def get_report(reading: Reading, filters: reports.Filters, dimension: reports.Dimension) -> Report:
    """Of the cases that `filters` leave."""
    with reading.views.reading() as conn:
        return _report(conn, reading.today, filters, dimension)


def _report(
    conn: Connection, today: date, filters: reports.Filters, dimension: reports.Dimension
) -> Report:
    return Report(
        dimension=dimension,
        rows=tuple(reports.by(conn, dimension, filters)),
        total=reports.total(conn, filters),
        visits=reports.visits(conn, today, filters.centre),
        studied_in_detention=tuple(studies.by_level(conn, filters.centre)),
        hired=tuple(hires.by_employer(conn, filters)),
        schooled=tuple(schools.by_level(conn, filters)),
        returned_to_prison=tuple(returns.within_years(conn, today, filters.centre)),
    )
