"""The list of cases, from the views."""

from domain.message import Message
from projections.views import caseload
from projections.views.pages import Part
from service.access.reader import Reading
from service.problems.faults import Fault, Faults
from service.problems.problem import Rejected
from service.queries.cursors import opened, sealed

LONGEST_SEARCH = 200
"""Letters: what is looked for costs by its length."""


class CasePage(Message):
    cases: tuple[caseload.Case, ...]
    next_cursor: str | None
    """Give it as `cursor` for the next page; none after the last."""
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_cases(reading: Reading, filters: caseload.Filters, part: Part | None = None) -> CasePage:
    """One page of the caseload, the latest opened first unless it is sorted otherwise.

    Raises `Rejected`.
    """
    if filters.text is not None and len(filters.text) > LONGEST_SEARCH:
        fault = Fault("/text", "string_too_long", {"max_length": LONGEST_SEARCH})
        raise Rejected("validation_failed", Faults.of([fault]))
    part = opened(reading, part or Part(caseload.NEWEST))
    with reading.views.reading() as conn:
        page = caseload.find(conn, filters, reading.today, part)
    cursor = sealed(reading, page.next_cursor)
    return CasePage(cases=tuple(page.rows), next_cursor=cursor, total=page.total)


def search_cases(reading: Reading, filters: caseload.Filters, part: Part | None = None) -> CasePage:
    """As `list_cases`, by the person's name."""
    return list_cases(reading, filters, part)


def count_cases(reading: Reading, filters: caseload.Filters) -> caseload.Counts:
    """How the cases stand today."""
    with reading.views.reading() as conn:
        return caseload.counts(conn, filters, reading.today)
