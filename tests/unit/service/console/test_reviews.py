"""How a page says that a review was completed, late or in time, or that it needs nobody more."""

from datetime import date

import pytest

from domain.case.schedule import ReviewKind, ReviewStatus
from service.console.showing.reviews import review_line
from service.queries.cases import Review
from service.words.language import Language

TODAY, HELD = date(2026, 3, 1), date(2026, 1, 24)


def review(status: ReviewStatus, days_late: int = 0) -> Review:
    return Review(
        key="visit/3",
        kind=ReviewKind.VISIT,
        due_on=date(2026, 1, 5),
        window_start=date(2025, 12, 21),
        window_end=date(2026, 1, 20),
        status=status,
        days_late=days_late,
        held_on=HELD if status is ReviewStatus.COMPLETED else None,
    )


@pytest.mark.parametrize("language", Language)
def test_a_completed_review_says_when_it_was_held_and_how_late(language: Language) -> None:
    done = review(ReviewStatus.COMPLETED, 4)
    line = review_line(done, done.status, TODAY, language, {"record-visit"})
    assert (line.due_on, line.days_late, line.step) == (HELD, 4, "")


@pytest.mark.parametrize("status", [ReviewStatus.MISSED, ReviewStatus.EXEMPT])
def test_what_needs_nobody_more_is_late_by_nothing_and_asks_for_no_step(
    status: ReviewStatus,
) -> None:
    line = review_line(review(status), status, TODAY, Language.ENGLISH, {"record-visit"})
    assert (line.days_late, line.step) == (0, "")
    assert line.said in {"Missed", "Exempt"}
