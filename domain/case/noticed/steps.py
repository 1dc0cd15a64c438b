"""The steps by which somebody answers a reminder."""

from domain.case.steps import RequiredText, ReviewKey
from domain.message import Step
from domain.values.days import PlannedDay


class AnsweredReminder(Step):
    """A step on the reminder of a review that fell due."""

    review: ReviewKey
    """Which review; what went to the supervisors about it may be named too."""
    explanation: RequiredText


class AcknowledgeReminder(AnsweredReminder):
    """Say that a review that fell due is being seen to: it goes to no supervisor until its day moves.

    It stays due, or overdue, until it is held.
    """


class SnoozeReminder(AnsweredReminder):
    """Be reminded of a review again on a later day: within 14 days, twice at most for one review.

    Until then nothing of it goes to the supervisors. It stays due, or overdue, until it is held.
    """

    until: PlannedDay
    """The day on which the reminder comes again, or the next working day."""
