"""What a review's row says of its reminder, wherever such a row stands."""

from collections.abc import Collection
from datetime import date
from typing import Self

from domain.message import FieldClass
from projections.views.caseload_rows import DatedReview


class AnsweredReview(DatedReview):
    """A review, and what was said to the reminder of it.

    Who may not know of custody is told of none that hangs on it when that was.
    """

    acknowledged_on: date | None = None
    """When somebody said that it is being seen to, since it fell due: it goes to no supervisor."""
    snoozed_until: date | None = None
    """When the reminder comes again, or came: nothing of it goes to a supervisor before."""
    snoozes_left: int = 0
    """How often its reminder may still be put off."""

    def seen_with(self, allowed: Collection[FieldClass]) -> Self:
        seen = super().seen_with(allowed)
        if seen is self:
            return self
        return seen.model_copy(update={"acknowledged_on": None, "snoozed_until": None})
