"""How a review stands, as a page says it."""

from dataclasses import dataclass
from datetime import date

from domain.case.schedule import ReviewKind, ReviewStatus
from projections.views.caseload_rows import DatedReview
from service.words import writing
from service.words.language import Language
from service.words.store import words


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review that is outstanding."""

    name: str
    status: ReviewStatus
    due_on: date
    window_end: date
    days_late: int
    """0 where it is not late, or where the reader may not know the day."""
    month: str
    """Said in the place of the days to who may not know them; empty for all others."""


def review_line(
    review: DatedReview, status: ReviewStatus, today: date, language: Language
) -> ReviewLine:
    """The line of a review whose case stands like this."""
    said = words(language)
    name = said.of(review.kind) if review.kind else said.page["review"]
    if review.key and review.kind is ReviewKind.VISIT:
        name = f"{name} ({_after_months(review.key, language)})"
    late = max((today - review.window_end).days, 0) if review.kind else 0
    month = "" if review.kind else writing.month(review.due_on, language)
    return ReviewLine(name, status, review.due_on, review.window_end, late, month)


def _after_months(key: str, language: Language) -> str:
    """Which visit it is: `visit/3/2024-07-18` is the one after three months."""
    return writing.counted(words(language).count["months"], int(key.split("/")[1]), language)
