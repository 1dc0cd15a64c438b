"""From when to when something holds: a place, an entry of the registry."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Validity:
    """Both days included; without one it is open on that side."""

    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return not self.begins_after(day) and not self.ended_before(day)

    def begins_after(self, day: date) -> bool:
        return self.since is not None and day < self.since

    def ended_before(self, day: date) -> bool:
        return self.until is not None and self.until < day


@dataclass(frozen=True, slots=True)
class Dated:
    """Marks a code of what comes with the product, and says when that is in force."""

    of: Callable[[str], Validity]
