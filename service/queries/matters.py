"""What else people must know of their cases: who was released lately, who called, on whom they wait."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from domain.message import FieldClass, Message
from projections.views import caseload, matters
from projections.views.caseload_rows import CaseRow
from projections.views.pages import Part
from service.access.reader import Reading
from service.problems.problem import text_of
from service.queries.absences import absent_of
from service.queries.cursors import opened, sealed
from service.queries.naming import Called, called


class Matter(matters.MatterRow):
    """Something about a case, with whose it is and what sees to it."""

    called: Annotated[str | None, FieldClass.JUDICIAL]
    """On whom is waited, by name."""
    done_by: Annotated[str | None, FieldClass.JUDICIAL]
    """The step that completes it; null where nothing is left to do."""
    waits_for: Annotated[str | None, FieldClass.JUDICIAL]
    """What that step waits for, in words; null where it can be taken."""
    reference: str
    beneficiary_id: UUID
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    erased_on: date | None
    key_lost: bool


class MatterPage(Message):
    matters: tuple[Matter, ...]
    lately: date
    """Since when releases are listed: the last working day."""
    next_cursor: str | None
    """Give it as `cursor` for the next page; none after the last."""
    total: int | None
    """On all pages, where `total=true` asked for it."""


class MatterCounts(matters.Counts):
    lately: date
    """Since when releases are counted: the last working day."""


def list_matters(
    reading: Reading, filters: matters.Filters, part: Part | None = None
) -> MatterPage:
    """What stands there for longest first."""
    lately, filters = last_working_day(reading), _with_absent(reading, filters)
    part = opened(reading, part or Part(matters.LONGEST))
    with reading.views.reading() as conn:
        page = matters.find(conn, filters, lately, part)
        cases = caseload.of(conn, {row.case_id for row in page.rows})
    name = called(reading)
    return MatterPage(
        matters=tuple(_matters(page.rows, cases, name, reading)),
        lately=lately,
        next_cursor=sealed(reading, page.next_cursor),
        total=page.total,
    )


def count_matters(reading: Reading, filters: matters.Filters) -> MatterCounts:
    lately, filters = last_working_day(reading), _with_absent(reading, filters)
    with reading.views.reading() as conn:
        found = matters.counts(conn, filters, lately)
    return MatterCounts(**dict(found), lately=lately)


def last_working_day(reading: Reading) -> date:
    """Before today: on a Monday the Friday."""
    return reading.calendar.on_or_before(reading.today - timedelta(days=1))


def _with_absent(reading: Reading, filters: matters.Filters) -> matters.Filters:
    return replace(filters, absent=absent_of(reading, filters.caseworker))


def _matters(
    rows: Collection[matters.MatterRow],
    cases: Mapping[UUID, CaseRow],
    name: Called,
    reading: Reading,
) -> list[Matter]:
    return [_matter(row, cases[row.case_id], name, reading) for row in rows if row.case_id in cases]


def _matter(row: matters.MatterRow, case: CaseRow, name: Called, reading: Reading) -> Matter:
    to_do = row.kind is not None and row.seen_to_on is None
    language = reading.reader.language
    return Matter(
        **dict(row),
        called=row.party_name or name(row.party, None),
        done_by=matters.BY_STEP[row.kind] if to_do and row.kind else None,
        waits_for=text_of(row.blocked, {}, language)[1] if row.blocked else None,
        reference=case.reference,
        beneficiary_id=case.beneficiary_id,
        name_ar=case.name_ar,
        name_latin=case.name_latin,
        erased_on=case.erased_on,
        key_lost=case.key_lost,
    )
