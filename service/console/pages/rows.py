"""What the console's pages show, put into words for a reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.message import StreamKind, kind_of
from projections.views.caseload import Case
from projections.views.timeline import TimelineEntry
from service.queries.cases import Review
from service.words import console as texts
from service.words.problems import Language

AMOUNTS = ("estimated_cost", "recommended_amount", "equipment_amount", "total", "amount", "goods")
DAYS = ("session_on", "planned_end", "due_on")


@dataclass(frozen=True, slots=True)
class ReviewLine:
    name: str
    status: ReviewStatus
    due_on: date
    due: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    case_id: UUID
    reference: str
    name: str
    other_name: str
    stage: str
    paused: bool
    trade: str | None
    province: str
    review: ReviewLine | None


@dataclass(frozen=True, slots=True)
class TimelineLine:
    type: str
    occurred_on: date
    day: str
    recorded_at: str
    recorded: str
    summary: str
    who: str


def case_line(row: Case, language: Language) -> CaseLine:
    name, other = texts.both_names(row.name_ar, row.name_latin, language)
    review = None
    if row.next_review is not None and row.status is not None:
        due = row.next_review
        review = _review(due.key, due.kind, row.status, due.due_on, language)
    return CaseLine(
        case_id=row.case_id,
        reference=row.reference,
        name=name,
        other_name=other,
        stage=row.stage,
        paused=row.paused,
        trade=row.trade,
        province=texts.province(row.province, language),
        review=review,
    )


def review_line(review: Review, language: Language) -> ReviewLine:
    return _review(review.key, review.kind, review.status, review.due_on, language)


def _review(
    key: str | None, kind: ReviewKind | None, status: ReviewStatus, due_on: date, language: Language
) -> ReviewLine:
    words = texts.words(language)
    name = words["review"][kind] if kind else words["page"]["review"]
    if key and kind is ReviewKind.VISIT:
        name = f"{name} ({key.split('/')[1]} {words['page']['months']})"
    return ReviewLine(name, status, due_on, texts.day(due_on, language))


def timeline_lines(
    entries: tuple[TimelineEntry, ...], labels: Mapping[UUID, str], language: Language
) -> Iterator[TimelineLine]:
    """The latest first; what the project recorded of the same step is not said again."""
    for entry in reversed(entries):
        if kind_of(entry.stream) is not StreamKind.PROJECT:
            yield TimelineLine(
                type=entry.type,
                occurred_on=entry.occurred_on,
                day=texts.day(entry.occurred_on, language),
                recorded_at=entry.recorded_at.isoformat(),
                recorded=texts.moment(entry.recorded_at, language),
                summary=" · ".join(_details(entry.details, language)),
                who=labels.get(entry.actor_id, entry.actor_role),
            )


def _details(details: Mapping[str, Any], language: Language) -> Iterator[str]:
    for name in AMOUNTS:
        if details.get(name) is not None:
            yield texts.money(str(details[name]))
    for name in DAYS:
        if details.get(name) is not None:
            yield texts.day(date.fromisoformat(str(details[name])), language)
