"""Where the person lived, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Lived:
    """In a province, since a day."""

    since: date
    province: str


def province_on(lived: Sequence[Lived], day: date) -> str | None:
    """Of a day before the first told it is the first; None where no move was told."""
    known = [each.province for each in lived if each.since <= day] or [
        each.province for each in lived[:1]
    ]
    return known[-1] if known else None
