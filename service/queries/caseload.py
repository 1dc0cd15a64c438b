"""The list of cases, from the views."""

from dataclasses import replace

from domain.errors import Unfit
from domain.message import Message
from domain.numbers.marks import mark_of, numbers_meant
from domain.values.texts import legible
from ledger.recording.deciding import MARKS
from projections.views import caseload
from projections.views.pages import Part
from projections.views.people import PersonRow
from service.access.reader import Reading
from service.problems.faults import Fault, Faults
from service.problems.problem import Rejected
from service.queries.absences import with_absent
from service.queries.cursors import opened, sealed
from service.queries.handing_on import to_refer


class CasePage(Message):
    cases: tuple[caseload.Case, ...]
    next_cursor: str | None
    """Give it as `cursor` for the next page; none after the last."""
    total: int | None
    """On all pages, where `total=true` asked for it."""
    without_case: tuple[PersonRow, ...] = ()
    """With the first page of a search: whom it means that are registered and have no case yet."""


def list_cases(reading: Reading, filters: caseload.Filters, part: Part | None = None) -> CasePage:
    """One page of the caseload, the latest opened first unless it is sorted otherwise.

    Raises `Rejected`.
    """
    filters = to_refer(reading, with_absent(reading, filters))
    if filters.text is not None:
        _require_searchable(filters.text)
        filters = replace(filters, marks=_marks(reading, filters.text))
    part = opened(reading, part or Part(caseload.NEWEST))
    with reading.views.reading() as conn:
        page = caseload.find(conn, filters, reading.today, part)
        people = [] if part.after else caseload.without_case(conn, filters)
    cursor = sealed(reading, page.next_cursor)
    return CasePage(
        cases=tuple(page.rows), next_cursor=cursor, total=page.total, without_case=tuple(people)
    )


def _marks(reading: Reading, text: str) -> tuple[str, ...]:
    """By which a number is looked for: no view has the number itself."""
    key = reading.ledger.derived(MARKS)
    marks = (mark_of(number, key) for number in numbers_meant(text))
    return tuple(mark for mark in marks if mark is not None)


def _require_searchable(text: str) -> None:
    """Raises `Rejected` for signs that nobody can read."""
    try:
        legible(text)
    except Unfit as unfit:
        raise Rejected("validation_failed", Faults.of([Fault("/text", unfit.code)])) from None


def search_cases(reading: Reading, filters: caseload.Filters, part: Part | None = None) -> CasePage:
    """As `list_cases`, by the person's name, or by a number of theirs: of a paper, or a phone."""
    return list_cases(reading, filters, part)


def count_cases(reading: Reading, filters: caseload.Filters) -> caseload.Counts:
    """How the cases stand today."""
    filters = to_refer(reading, with_absent(reading, filters))
    with reading.views.reading() as conn:
        return caseload.counts(conn, filters, reading.today)
