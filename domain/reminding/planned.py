"""Every reminder that a case plans in one state, whether it was recorded already or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.case.noticed.told import level_of, undone
from domain.case.reviews import fires_at, is_missed, rules_of, to_remind_of
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.values.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Plan:
    """A reminder that goes out unless something changes."""

    due: Due
    """Of the review, or of what goes higher while it stays undone."""
    fires_at: datetime
    """UTC."""
    late: bool
    """Whether it had fallen due before the case knew of it: it is recorded as missed."""

    @property
    def key(self) -> str:
        return self.due.key

    @property
    def level(self) -> int:
        return level_of(self.due.key)

    @property
    def review(self) -> str:
        """The review that it is about."""
        return undone(self.due.key)

    def stands_as(self, other: "Plan") -> bool:
        """Whether it is the same reminder on the same day, with the same days to be held in."""
        mine, theirs = self.due, other.due
        same = (mine.due_on, mine.window_end, mine.rests_until)
        return same == (theirs.due_on, theirs.window_end, theirs.rests_until)


def planned(case: CaseState, name: str, calendar: Calendar) -> Mapping[str, Plan]:
    """By their keys; of a case that is closed none. `name`: the case's, by which they are spread."""
    rules = rules_of(case)
    return {
        each.key: Plan(each, fires_at(each, rules, name), is_missed(each, rules, name))
        for each in to_remind_of(case, calendar)
    }
