"""What was sent to whoever asks, and to those for whom they stand in: reviews that fell due, and what
stayed undone and went up to them.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Annotated, Self
from uuid import UUID

from domain.case.schedule import OF_CUSTODY
from domain.message import FieldClass, Message
from domain.seeing_to import DONE_BY
from projections.views import caseload, inbox
from projections.views.caseload_rows import CaseRow
from projections.views.pages import Part
from service.access.reader import Reading
from service.queries.absences import absent_of
from service.queries.cursors import opened, sealed


class InboxItem(inbox.InboxRow):
    """A review that the reader was told of, with whose case it is in and what sees to it."""

    days_late: int | None
    """After its window had closed; 0 where it has not. Null for who may not know the day."""
    done_by: Annotated[str | None, FieldClass.JUDICIAL]
    """The step that completes it."""
    caseworker: UUID
    reference: str
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    erased_on: date | None
    key_lost: bool

    def seen_with(self, allowed: Collection[FieldClass]) -> Self:
        seen = super().seen_with(allowed)
        if FieldClass.JUDICIAL in allowed or self.kind not in OF_CUSTODY:
            return seen
        return seen.model_copy(update={"days_late": None})


class InboxPage(Message):
    items: tuple[InboxItem, ...]
    next_cursor: str | None
    """Give it as `cursor` for the next page; none after the last."""
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_inbox(reading: Reading, filters: inbox.Filters, part: Part | None = None) -> InboxPage:
    """What has been late the longest first."""
    asked = opened(reading, part or Part(inbox.PRESSING))
    with reading.views.reading() as conn:
        page = inbox.find(conn, _own(reading, filters), asked)
        cases = caseload.of(conn, {row.case_id for row in page.rows})
    found = (_item(row, cases.get(row.case_id), reading.today) for row in page.rows)
    return InboxPage(
        items=tuple(each for each in found if each is not None),
        next_cursor=sealed(reading, page.next_cursor),
        total=page.total,
    )


def count_inbox(reading: Reading, filters: inbox.Filters) -> inbox.InboxCounts:
    """How many of them somebody has still to say something to."""
    with reading.views.reading() as conn:
        return inbox.counts(conn, _own(reading, filters), reading.today)


def _own(reading: Reading, filters: inbox.Filters) -> inbox.Filters:
    """Nobody reads another's, unless they stand in for them."""
    own = reading.reader.actor.id
    return replace(filters, staff=(own, *absent_of(reading, own)))


def _item(row: inbox.InboxRow, case: CaseRow | None, today: date) -> InboxItem | None:
    if case is None:
        return None
    return InboxItem(
        **dict(row),
        days_late=max((today - row.window_end).days, 0),
        done_by=DONE_BY.get(row.kind) if row.kind else None,
        caseworker=case.caseworker,
        reference=case.reference,
        name_ar=case.name_ar,
        name_latin=case.name_latin,
        erased_on=case.erased_on,
        key_lost=case.key_lost,
    )
