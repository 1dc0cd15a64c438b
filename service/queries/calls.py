"""The calls that are to be made today: whom, on which number, about what, and why nobody writes."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from domain.message import FieldClass, Message
from projections.views import calls, caseload
from projections.views.caseload_rows import CaseRow
from projections.views.pages import Part
from service.access.reader import Reading
from service.queries.absences import absent_of
from service.queries.cursors import opened, sealed


class Call(calls.CallRow):
    """A call, with who is called."""

    reference: str
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    erased_on: date | None
    key_lost: bool


class CallPage(Message):
    calls: tuple[Call, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_calls(reading: Reading, filters: calls.Filters, part: Part | None = None) -> CallPage:
    """What is to be made today, what ends the soonest first."""
    filters = replace(filters, absent=absent_of(reading, filters.caseworker))
    part = opened(reading, part or Part(calls.ENDS_FIRST))
    with reading.views.reading() as conn:
        page = calls.find(conn, filters, reading.today, part)
        cases = caseload.of(conn, {row.case_id for row in page.rows})
    found = (_call(row, cases.get(row.case_id)) for row in page.rows)
    return CallPage(
        calls=tuple(each for each in found if each is not None),
        next_cursor=sealed(reading, page.next_cursor),
        total=page.total,
    )


def _call(row: calls.CallRow, case: CaseRow | None) -> Call | None:
    if case is None:
        return None
    return Call(
        **dict(row),
        reference=case.reference,
        name_ar=case.name_ar,
        name_latin=case.name_latin,
        erased_on=case.erased_on,
        key_lost=case.key_lost,
    )
