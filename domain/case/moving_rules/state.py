"""From which version of the rules a case was moved, and when."""

from dataclasses import dataclass
from datetime import date

from domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Moved:
    """Up to this day its reviews came by the rules before."""

    day: date
    """The later of when it was moved and when that was recorded: it changes nothing in the past."""
    before: Rules
