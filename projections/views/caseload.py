"""The caseload: which cases there are, whose they are, and what is due in them.

What is due or overdue depends on the day it is asked for, which is an argument. A case is
overdue when any of its reviews is past its window, due when any is inside one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection, and_, case, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.beneficiary.steps import Sex
from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.vocabulary import Outcome, Stage, TrackKind
from domain.rules import FundingSource
from domain.trades import Trade
from projections.views.caseload_rows import caseload
from projections.views.pages import Page, newest_first
from projections.views.spelling import patterns

columns = caseload.c


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold. `text` is looked for in the names."""

    stage: Stage | None = None
    centre: str | None = None
    caseworker: UUID | None = None
    province: str | None = None
    season: str | None = None
    status: Literal["due", "overdue"] | None = None
    text: str | None = None
    track: TrackKind | None = None


@dataclass(frozen=True, slots=True)
class NextReview:
    """The soonest outstanding review."""

    key: str
    kind: ReviewKind
    due_on: date
    window_start: date
    window_end: date


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the caseload. The names are None once the person is erased."""

    case_id: UUID
    beneficiary_id: UUID
    name_ar: str | None
    name_latin: str | None
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
    due_from: date | None
    overdue_after: date | None
    version: int
    last_event_on: date | None

    def status(self, today: date) -> ReviewStatus | None:
        """How the case's reviews stand on a day; None when it has none outstanding."""
        if self.due_from is None or self.overdue_after is None:
            return None
        if self.overdue_after < today:
            return ReviewStatus.OVERDUE
        return ReviewStatus.DUE if self.due_from <= today else ReviewStatus.SCHEDULED


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases; `due` and `overdue` exclude each other."""

    total: int
    by_stage: dict[Stage, int]
    due: int
    overdue: int


def find(
    conn: Connection, filters: Filters, today: date, after: str | None = None, limit: int = 50
) -> Page[Case]:
    """One page of the cases, the latest opened first. Raises `Refused("cursor_invalid")`."""
    query = select(caseload).where(*_conditions(filters, today))
    return newest_first(
        conn, query, columns.opened_on, columns.case_id, after=after, limit=limit, read=_case
    )


def get(conn: Connection, case_id: UUID) -> Case | None:
    row = conn.execute(select(caseload).where(columns.case_id == case_id)).one_or_none()
    return None if row is None else _case(row)


def of_person(conn: Connection, beneficiary_id: UUID) -> list[Case]:
    """A person's cases, the latest first."""
    query = select(caseload).where(columns.beneficiary_id == beneficiary_id)
    ordered = query.order_by(columns.opened_on.desc(), columns.case_id.desc())
    return [_case(row) for row in conn.execute(ordered)]


def counts(conn: Connection, scope: Filters, today: date) -> Counts:
    """How the cases inside `scope` stand."""
    due = func.coalesce(func.sum(_as_number(_is("due", today))), 0)
    overdue = func.coalesce(func.sum(_as_number(_is("overdue", today))), 0)
    query = (
        select(columns.stage, func.count(), due, overdue)
        .where(*_conditions(scope, today))
        .group_by(columns.stage)
    )
    rows = [(Stage(stage), int(n), int(d), int(o)) for stage, n, d, o in conn.execute(query)]
    found = {stage: many for stage, many, _, _ in rows}
    return Counts(
        total=sum(found.values()),
        by_stage={stage: found.get(stage, 0) for stage in Stage},
        due=sum(many for _, _, many, _ in rows),
        overdue=sum(many for _, _, _, many in rows),
    )


def _conditions(filters: Filters, today: date) -> Iterator[ColumnElement[bool]]:
    for name in ("stage", "centre", "caseworker", "province", "season", "track"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield columns[name] == wanted
    if filters.status is not None:
        yield _is(filters.status, today)
    if filters.text is not None:
        ways = patterns(filters.text)
        if ways:
            yield or_(*(and_(*(columns.search.like(part) for part in way)) for way in ways))


def _is(status: Literal["due", "overdue"], today: date) -> ColumnElement[bool]:
    if status == "overdue":
        return columns.overdue_after < today
    return and_(columns.overdue_after >= today, columns.due_from <= today)


def _as_number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _case(row: Any) -> Case:
    review = None
    if row.review_key is not None:
        review = NextReview(
            key=row.review_key,
            kind=ReviewKind(row.review_kind),
            due_on=row.due_on,
            window_start=row.window_start,
            window_end=row.window_end,
        )
    return Case(
        case_id=row.case_id,
        beneficiary_id=row.beneficiary_id,
        name_ar=row.name_ar,
        name_latin=row.name_latin,
        sex=Sex(row.sex) if row.sex else None,
        stage=Stage(row.stage),
        paused=row.paused,
        outcome=Outcome(row.outcome) if row.outcome else None,
        centre=row.centre,
        caseworker=row.caseworker,
        province=row.province,
        region=row.region,
        season=row.season,
        funding_source=FundingSource(row.funding_source) if row.funding_source else None,
        track=TrackKind(row.track) if row.track else None,
        trade=Trade(row.trade) if row.trade else None,
        opened_on=row.opened_on,
        next_review=review,
        due_from=row.due_from,
        overdue_after=row.overdue_after,
        version=row.version,
        last_event_on=row.last_event_on,
    )
