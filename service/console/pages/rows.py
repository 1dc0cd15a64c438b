"""What the console's pages show, put into words for a reader's language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Union, get_args, get_origin
from uuid import UUID

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.events.stored import EVENTS
from domain.message import ENCRYPTED, Event, StreamKind, class_of, kind_of
from projections.views.caseload import Case
from projections.views.timeline import TimelineEntry
from service.queries.cases import Review
from service.words import writing
from service.words.language import Language
from service.words.store import words

SAID = (StrEnum, date, Decimal)
"""What a timeline says of an event; numbers of things, marks and ids it leaves to the history."""


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
    missing: str
    """What to say where there is no name."""
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
    name, other = writing.both_names(row.name_ar, row.name_latin, language)
    review = None
    if row.next_review is not None and row.status is not None:
        due = row.next_review
        review = _review(due.key, due.kind, row.status, due.due_on, language)
    return CaseLine(
        case_id=row.case_id,
        reference=row.reference,
        name=name,
        other_name=other,
        missing=words(language).page["key_lost" if row.key_lost else "erased"],
        stage=row.stage,
        paused=row.paused,
        trade=row.trade,
        province=writing.province(row.province, language),
        review=review,
    )


def review_line(review: Review, language: Language) -> ReviewLine:
    return _review(review.key, review.kind, review.status, review.due_on, language)


def _review(
    key: str | None, kind: ReviewKind | None, status: ReviewStatus, due_on: date, language: Language
) -> ReviewLine:
    said = words(language)
    name = said.of(kind) if kind else said.page["review"]
    if key and kind is ReviewKind.VISIT:
        name = f"{name} ({key.split('/')[1]} {said.page['months']})"
    return ReviewLine(name, status, due_on, writing.day(due_on, language))


def timeline_lines(
    entries: tuple[TimelineEntry, ...], labels: Mapping[UUID, str], language: Language
) -> Iterator[TimelineLine]:
    """The latest first; what the project recorded of the same step is not said again."""
    for entry in reversed(entries):
        if kind_of(entry.stream) is not StreamKind.PROJECT:
            yield TimelineLine(
                type=entry.type,
                occurred_on=entry.occurred_on,
                day=writing.day(entry.occurred_on, language),
                recorded_at=entry.recorded_at.isoformat(),
                recorded=writing.moment(entry.recorded_at, language),
                summary=" · ".join(_details(entry, language)),
                who=labels.get(entry.actor_id, entry.actor_role),
            )


def _details(entry: TimelineEntry, language: Language) -> Iterator[str]:
    """Its sums, days and codes, each after the name of its field."""
    for name, kind in _kinds(entry.type):
        value = entry.details.get(name)
        if value is not None:
            said = _said(kind, str(value), language)
            yield f"{words(language).field[name]}: {said}"


def _said(kind: type, value: str, language: Language) -> str:
    if issubclass(kind, StrEnum):
        return words(language).of(kind(value))
    if issubclass(kind, date):
        return writing.day(date.fromisoformat(value), language)
    return writing.money(value)


@cache
def _kinds(event_type: str) -> tuple[tuple[str, type], ...]:
    """The fields of an event type that a page can say, and what they hold."""
    event = EVENTS.get(event_type)
    return tuple(kinds_said(event)) if event else ()


def kinds_said(event: type[Event]) -> Iterator[tuple[str, type]]:
    """The open fields that hold one sum, day or code, or none; lists are left to the history."""
    for name, field in event.model_fields.items():
        single = get_origin(field.annotation) in (None, Union, UnionType)
        if not single or class_of(event, name) in ENCRYPTED:
            continue
        inside = (field.annotation, *get_args(field.annotation))
        for kind in inside:
            if (
                isinstance(kind, type)
                and not get_args(kind)
                and issubclass(kind, SAID)
                and kind is not datetime
            ):
                yield name, kind
