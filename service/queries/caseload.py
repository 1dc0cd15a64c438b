"""The list of cases, from the views."""

from dataclasses import replace
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.beneficiary.steps import Sex
from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.vocabulary import Outcome, Stage, TrackKind
from domain.errors import NotAllowed
from domain.message import Actor, FieldClass, Message
from domain.rules import FundingSource
from domain.trades import Trade
from projections.views import caseload
from service.access.table import FIELDS, centre_bound, require_centre
from service.queries.sources import Reading


class NextReview(Message):
    key: str
    kind: ReviewKind
    due_on: date
    window_start: date
    window_end: date


class CaseRow(Message):
    """A case in the caseload."""

    case_id: UUID
    beneficiary_id: UUID
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    sex: Sex | None
    stage: Stage
    paused: bool
    outcome: Outcome | None
    centre: str
    caseworker: UUID
    province: str
    region: int
    season: str | None
    funding_source: FundingSource | None
    track: TrackKind | None
    trade: Trade | None
    opened_on: date
    next_review: NextReview | None
    status: ReviewStatus | None
    """How its reviews stand today; none is outstanding where there is none."""
    version: int
    last_event_on: date | None


class CasePage(Message):
    cases: tuple[CaseRow, ...]
    next_cursor: str | None
    """Give it as `cursor` for the next page; none after the last."""


def list_cases(
    reading: Reading,
    actor: Actor,
    filters: caseload.Filters,
    cursor: str | None = None,
    limit: int = 50,
) -> CasePage:
    """One page of the caseload the actor may see, the latest opened first.

    Looking for names is for those who may read them.
    """
    filters = _within_scope(filters, actor)
    today = reading.today
    with reading.views.reading() as conn:
        page = caseload.find(conn, filters, today, cursor, limit)
    return CasePage(
        cases=tuple(_row(row, today) for row in page.rows), next_cursor=page.next_cursor
    )


def count_cases(reading: Reading, actor: Actor, filters: caseload.Filters) -> caseload.Counts:
    """How the cases that the actor may see stand today."""
    with reading.views.reading() as conn:
        return caseload.counts(conn, _within_scope(filters, actor), reading.today)


def _within_scope(filters: caseload.Filters, actor: Actor) -> caseload.Filters:
    if filters.text is not None and FieldClass.PERSONAL not in FIELDS[actor.role]:
        raise NotAllowed(role=str(actor.role))
    bound = centre_bound(actor)
    if bound is None:
        return filters
    if filters.centre is not None:
        require_centre(actor, filters.centre)
    return replace(filters, centre=bound)


def _row(row: caseload.Case, today: date) -> CaseRow:
    review = row.next_review
    return CaseRow(
        **{
            name: getattr(row, name)
            for name in CaseRow.model_fields.keys() - {"next_review", "status"}
        },
        status=row.status(today),
        next_review=NextReview(**{name: getattr(review, name) for name in NextReview.model_fields})
        if review
        else None,
    )
