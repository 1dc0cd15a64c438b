"""What falls due, as far as it may stand on paper: nothing that is about custody."""

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.state import CaseState
from service.access.reader import Reading
from service.queries.cases import reviews_of
from service.queries.papers_out.sheets import DueReview

ON_PAPER = frozenset(
    {
        *(ReviewKind.FIRST_CONTACT, ReviewKind.PLAN, ReviewKind.CONTACT, ReviewKind.SILENCE),
        *(ReviewKind.TRAINING_END, ReviewKind.STUDY, ReviewKind.REVISION, ReviewKind.OPINION),
        *(ReviewKind.SUBMISSION, ReviewKind.DECISION, ReviewKind.DEFERRED, ReviewKind.APPEAL),
        *(ReviewKind.UNDERTAKING, ReviewKind.ORDER, ReviewKind.RECEIPT, ReviewKind.HANDOVER),
        *(ReviewKind.VISIT, ReviewKind.PROBLEM, ReviewKind.COMING_OF_AGE, ReviewKind.CLOSING),
    }
)
"""Whose name says nothing of custody."""
AT_THE_DOOR = frozenset(
    {
        *(ReviewKind.FIRST_CONTACT, ReviewKind.PLAN, ReviewKind.CONTACT, ReviewKind.SILENCE),
        *(ReviewKind.UNDERTAKING, ReviewKind.VISIT, ReviewKind.PROBLEM),
        *(ReviewKind.COMING_OF_AGE, ReviewKind.CLOSING),
    }
)
"""For which somebody is gone to see."""
OUTSTANDING = frozenset({ReviewStatus.SCHEDULED, ReviewStatus.DUE, ReviewStatus.OVERDUE})
NOW = frozenset({ReviewStatus.DUE, ReviewStatus.OVERDUE})


def due_of(
    reading: Reading,
    case: CaseState,
    statuses: frozenset[ReviewStatus] = OUTSTANDING,
    kinds: frozenset[ReviewKind] = ON_PAPER,
) -> tuple[DueReview, ...]:
    """The soonest first. Of somebody who is not free nothing is said."""
    if not case.is_free:
        return ()
    return tuple(
        DueReview(
            kind=each.kind,
            due_on=each.due_on,
            window_end=each.window_end,
            status=each.status,
        )
        for each in reviews_of(case, reading.calendar, reading.today)
        if each.kind in kinds and each.status in statuses
    )
