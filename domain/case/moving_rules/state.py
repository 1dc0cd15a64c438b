"""From which version of the rules a case was moved, when, and what stayed as it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain.case.moment import Moment
from domain.rules import Rules
from domain.values.calendar import local_date

if TYPE_CHECKING:
    from domain.case.schedule import Due


@dataclass(frozen=True, slots=True)
class Moved:
    """Up to this day the case went by the rules before."""

    when: Moment
    before: Rules
    kept: frozenset[str] = frozenset()
    """Reviews that somebody was exempt from by then, or had given another day, by their keys."""

    @property
    def day(self) -> date:
        """The later of when it was moved and when that was recorded: it changes nothing in the past."""
        return max(self.when.on, local_date(self.when.known))

    def keeps(self, due: "Due") -> bool:
        """Whether a review stays as it was: its window had begun, or somebody had spoken of it.

        Of what began on the very day, that which was known by then.
        """
        if due.key in self.kept or due.window_start < self.day:
            return True
        return due.window_start == self.day and due.known_since <= self.when.known


Moves = tuple[Moved, ...]
"""The first first."""


def steps_of(moves: Moves, now: Rules) -> Iterable[tuple[Moved, Rules]]:
    """Each with the rules that came with it."""
    versions = [*(each.before for each in moves), now]
    return zip(moves, versions[1:], strict=True)


def rules_first(moves: Moves, now: Rules) -> Rules:
    """Those that the case was opened under."""
    return moves[0].before if moves else now


def rules_on(moves: Moves, now: Rules, day: date) -> Rules:
    """By which what is done on a day is decided, whenever it is entered."""
    found = rules_first(moves, now)
    for moved, after in steps_of(moves, now):
        if moved.day <= day:
            found = after
    return found


def rules_for(moves: Moves, now: Rules, due: "Due") -> Rules:
    """By which a review came."""
    found = rules_first(moves, now)
    for moved, after in steps_of(moves, now):
        if not moved.keeps(due):
            found = after
    return found
