"""When a list was looked at, and where it is said what has changed since.

Without script it is the time and a link to look again; with it, a line that tells and moves nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from projections.views.tasks import Counts
from service.console.visit import Signed

PATH = "/live"


@dataclass(frozen=True, slots=True)
class Live:
    """As the page has it."""

    at: datetime
    stream: str
    """Where what changes is followed."""
    counts: str
    """How the list stands, so that a day that has turned is noticed too."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A look, before anything was read."""

    at: datetime
    position: int

    def of(self, counts: Counts, whose: str, chosen: Mapping[str, str]) -> Live:
        """Of a list with these filters."""
        asked = {"whose": whose, **chosen, "since": self.position}
        return Live(self.at, f"{PATH}?{urlencode(asked)}", summed(counts))


async def seen_now(visit: Signed) -> Seen:
    return Seen(datetime.now(UTC), await visit.application.shown())


def summed(counts: Counts) -> str:
    return f"{counts.overdue},{counts.due},{counts.coming}"
