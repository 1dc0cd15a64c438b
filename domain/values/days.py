"""The days that a step tells of: by which bounds each kind is judged, and how a day is written.

A day on its own is judged by its kind, against today; what it must follow is its step's rule.
Every field of a step that is a day is of one of these kinds (`domain/steps/days.py` asks).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from domain.errors import Unfit

FOUNDED = date(2002, 1, 1)
"""The Foundation began in 2002: nothing of the programme happened before."""

REMEMBERED = date(1950, 1, 1)
"""Nothing that a person tells of their own life, but their birth, lies before."""

FARTHEST_YEARS = 60
"""How far ahead a plan may lie, in years: beyond it is a typing error."""

WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which days one of a kind lies, both included."""

    earliest: date
    planned: bool
    """Whether it may lie ahead."""

    def latest(self, today: date) -> date:
        return date(today.year + FARTHEST_YEARS, 12, 31) if self.planned else today


@dataclass(frozen=True, slots=True)
class Apart:
    """A day that only its step's own rule can judge."""

    because: str


def _as_written(value: Any) -> Any:
    """A day from `YYYY-MM-DD` alone: pydantic also reads seconds since 1970."""
    if not isinstance(value, str):
        return value
    try:
        if WRITTEN.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # such as 30 February
    raise Unfit("date")


_Day = Annotated[date, BeforeValidator(_as_written)]

ProgrammeDay = Annotated[_Day, Bounds(FOUNDED, planned=False)]
"""On which something of the programme happened."""

PastDay = Annotated[_Day, Bounds(REMEMBERED, planned=False)]
"""On which something happened to the person, perhaps before the programme."""

PlannedDay = Annotated[_Day, Bounds(FOUNDED, planned=True)]
"""On which something of the programme is expected, or was."""

ValidityDay = Annotated[_Day, Bounds(REMEMBERED, planned=True)]
"""On which something begins or ceases to hold: a paper, a catchment."""

BirthDay = Annotated[_Day, Apart("has bounds of its own, and a code")]

DueDay = Annotated[_Day, Apart("must be the day of a review that the case calls for")]

LastDay = Annotated[_Day, Apart("lies within a year from today, and has a code")]
"""On which an access key still opens something."""
