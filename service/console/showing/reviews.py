"""How a review stands, as a page says it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from domain.case.schedule import OF_CUSTODY, ReviewKind, ReviewStatus
from domain.seeing_to import DONE_BY
from projections.views.answered import AnsweredReview
from projections.views.caseload_rows import DatedReview
from service.console.showing.answering import put_off_until
from service.queries.cases import Review
from service.words import writing
from service.words.language import Language
from service.words.store import words

BY_MONTHS = frozenset({ReviewKind.VISIT, ReviewKind.PLACEMENT})
"""Named by how many months after a day they come."""


SETTLED = frozenset({ReviewStatus.EXEMPT, ReviewStatus.COMPLETED, ReviewStatus.MISSED})
"""They need nobody any more."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A review, and how it stands."""

    name: str
    status: ReviewStatus
    said: str
    """The status in words."""
    due_on: date
    """Of one that was completed, the day on which it was."""
    window_end: date
    days_late: int
    """0 where it is not late and was not, or where the reader may not know the day."""
    month: str
    """Said in the place of the days to who may not know them; empty for all others."""
    tells_of_custody: bool
    """Whether its name does: on paper it is a review like others."""
    step: str
    """By which it is seen to, where the reader can take it now; else empty."""
    acknowledged_on: date | None = None
    """When the reminder of it was acknowledged."""
    put_off_until: date | None = None
    """When the reminder of it comes again, if that is ahead."""


def review_line(
    review: DatedReview,
    status: ReviewStatus,
    today: date,
    language: Language,
    open_steps: Collection[str] = (),
) -> ReviewLine:
    """The line of a review whose case stands like this; `open_steps`: the reader's own."""
    said = words(language)
    name = said.of(review.kind) if review.kind else said.page["review"]
    if review.key and review.kind in BY_MONTHS:
        name = f"{name} ({after_months(review.key, language)})"
    on, late = review.due_on, max((today - review.window_end).days, 0) if review.kind else 0
    if isinstance(review, Review):
        on, late = review.held_on or on, review.days_late or 0
    month = "" if review.kind else writing.month(review.due_on, language)
    step = DONE_BY.get(review.kind, "") if review.kind else ""
    to_do = status not in SETTLED and step in open_steps
    said_step = said.step[step] if to_do else ""
    stands = said.of(status)
    line = ReviewLine(
        name,
        status,
        stands,
        on,
        review.window_end,
        late,
        month,
        review.kind in OF_CUSTODY,
        said_step,
    )
    if not isinstance(review, AnsweredReview):
        return line
    again = put_off_until(review, today)
    return replace(line, acknowledged_on=review.acknowledged_on, put_off_until=again)


def after_months(key: str, language: Language) -> str:
    """Which visit it is: `visit/3` is the one after three months."""
    return writing.counted(words(language).count["months"], int(key.split("/")[1]), language)
