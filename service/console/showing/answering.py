"""How a reminder is answered from where its review stands: what was said to it, what can be said."""

from collections.abc import Iterator
from datetime import date

from projections.views.answered import AnsweredReview

ACKNOWLEDGE, SNOOZE = "acknowledge-reminder", "snooze-reminder"
ANSWERS = (ACKNOWLEDGE, SNOOZE)


def can_be_said(review: AnsweredReview, step: str, today: date) -> bool:
    """Whether that can be said today to the reminder of a review, if it is outstanding."""
    if not review.key or review.due_on > today:
        return False
    return review.acknowledged_on is None if step == ACKNOWLEDGE else review.snoozes_left > 0


def answers_to(review: AnsweredReview, today: date) -> Iterator[str]:
    """The steps by which its reminder can be answered."""
    return (step for step in ANSWERS if can_be_said(review, step, today))


def put_off_until(review: AnsweredReview, today: date) -> date | None:
    """The day on which its reminder comes again, if that is ahead."""
    until = review.snoozed_until
    return until if until is not None and until > today else None
