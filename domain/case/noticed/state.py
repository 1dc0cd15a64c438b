"""What was answered to the reminders of a review."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from domain.case.moment import Moment


@dataclass(frozen=True, slots=True)
class Snooze:
    """Somebody is to be reminded again on a day."""

    when: Moment
    until: date


@dataclass(frozen=True, slots=True)
class Noticed:
    """Of one review."""

    acknowledged: Moment | None = None
    """The last time, by day."""
    snoozes: tuple[Snooze, ...] = ()
    """By day; the last is the one that counts."""

    def acknowledged_of(self, due_on: date) -> date | None:
        """The day on which it was acknowledged as due on that day; None where it was due later."""
        on = self.acknowledged.on if self.acknowledged is not None else None
        return on if on is not None and due_on <= on else None

    def is_seen_to(self, due_on: date) -> bool:
        """Whether nobody waits to be reminded: it was acknowledged, and not put off after that."""
        if self.acknowledged is None or self.acknowledged_of(due_on) is None:
            return False
        snooze = self.snoozed
        return snooze is None or _order(snooze.when) < _order(self.acknowledged)

    @property
    def snoozed(self) -> Snooze | None:
        return self.snoozes[-1] if self.snoozes else None


def _order(moment: Moment) -> tuple[date, datetime]:
    return moment.on, moment.known


UNNOTICED = Noticed()
NoticedReviews = Mapping[str, Noticed]
"""By the names of the reviews."""
