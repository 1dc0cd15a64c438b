"""What puts a review off: an exemption with an end, a pause of the case.

Neither takes a review away. While it lasts nothing falls due; after it what it held up falls due
again, with days to prepare, unless it was overdue before.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from domain.rules import OF_THE_HOUSE, ExemptionReason, Rules
from domain.values.calendar import DAY, Calendar

if TYPE_CHECKING:
    from domain.case.schedule import Due


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why a review is not held."""

    on: date
    because: ExemptionReason
    until: date | None = None
    """From when on it is due again; None: it is not to be held at all."""

    @property
    def by_house(self) -> bool:
        """Whether the house is the reason, and not the person."""
        return self.because in OF_THE_HOUSE

    def holds_on(self, day: date) -> bool:
        return self.until is None or day < self.until


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which a case rests."""

    since: date
    until: date
    """The first day after it."""

    def holds_on(self, day: date) -> bool:
        return self.since <= day < self.until


def after_exemption(exemption: Exemption, due: "Due", rules: Rules, calendar: Calendar) -> "Due":
    """At least 5 more days, 10 after health and the like, none where it was overdue before."""
    if exemption.until is None:
        return due
    if due.window_end < exemption.on:
        return _at_once(due, exemption.until, calendar)
    long = exemption.because in rules.exemption_long
    days = rules.exemption_days_long if long else rules.exemption_days
    due_on = max(due.due_on, calendar.on_or_after(exemption.until + days * DAY))
    return replace(due, due_on=due_on, window_end=max(due.window_end, due_on)).resting(
        exemption.until
    )


def after_pause(pause: Pause, due: "Due", rules: Rules, calendar: Calendar) -> "Due":
    """What fell due in it is due at its end."""
    if due.window_end < pause.since:
        return _at_once(due, pause.until, calendar)
    if due.due_on < pause.until:
        last = calendar.on_or_after(pause.until + rules.exemption_days * DAY)
        due_on = calendar.on_or_after(pause.until)
        due = replace(due, due_on=due_on, window_end=max(due.window_end, last))
    return due.resting(pause.until)


def _at_once(due: "Due", day: date, calendar: Calendar) -> "Due":
    """It was overdue before, and is once more after that day."""
    due_on = calendar.on_or_after(day)
    return replace(due, due_on=due_on, window_end=due_on).resting(day)
