"""What every query's parameters are made of: days, instants, positions, texts, pages."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
)

from domain.errors import Unfit
from domain.values.texts import legible
from projections.views.pages import Part

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ISO_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt].*", re.ASCII)
DIGITS = re.compile(r"\d{1,18}", re.ASCII)
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
FARTHEST_POSITION = 10**15
PAGING = frozenset({"at_least", "cursor", "limit", "after", "sort", "total"})


def _as_written(pattern: re.Pattern[str], kind: str) -> BeforeValidator:
    """Takes only what looks as it should: pydantic also reads seconds since 1970."""

    def check(value: Any) -> Any:
        if isinstance(value, str) and pattern.fullmatch(value) is None:
            raise Unfit(kind)
        return value

    return BeforeValidator(check)


def _of_the_programme(instant: datetime) -> datetime:
    """From the first or last moment there is nothing can be counted on."""
    if not EARLIEST <= instant < LATEST:
        raise Unfit("years")
    return instant


def _day_of_the_programme(day: date) -> date:
    if not EARLIEST.date() <= day < LATEST.date():
        raise Unfit("years")
    return day


Day = Annotated[date, _as_written(ISO_DAY, "date")]
DayAhead = Annotated[Day, AfterValidator(_day_of_the_programme)]
"""From which on days are counted."""
Instant = Annotated[
    AwareDatetime,
    _as_written(ISO_INSTANT, "instant"),
    AfterValidator(_of_the_programme),
]
NUMBER = _as_written(DIGITS, "whole_number")
"""Stands after a number's limits: those before it are the document's too."""
Position = Annotated[int, Field(ge=0, le=FARTHEST_POSITION), NUMBER]
Text = Annotated[str, AfterValidator(legible), Field(max_length=200)]


def known_on(value: Any) -> Any:
    """A position or a day, as both are written in an address; raises `Unfit("known_on")`."""
    if isinstance(value, str) and DIGITS.fullmatch(value) and int(value) <= FARTHEST_POSITION:
        return int(value)
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        with suppress(ValueError):
            return _day_of_the_programme(date.fromisoformat(value))
    raise Unfit("known_on")


KnownWhen = Annotated[
    int | date,
    BeforeValidator(known_on),
    WithJsonSchema({"type": "string", "pattern": r"^([0-9]{1,15}|20[0-9]{2}-[0-9]{2}-[0-9]{2})$"}),
]
"""A position of the ledger, or a day: then the last position that was recorded by its end."""


class Parameters(BaseModel):
    """Refuses names it does not know, so that a misspelt filter does not show everything."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    at_least: Position = 0
    """Wait until the views show this position (from a step's answer): read your own writes."""

    @property
    def filters(self) -> dict[str, Any]:
        """What is asked for, without which part of it."""
        return {name: value for name, value in self if name not in PAGING}


class Paged(Parameters):
    cursor: Text | None = None
    """`next_cursor` of the page before, with the same sort and filters."""
    limit: Annotated[int, Field(ge=1, le=200), NUMBER] = 50

    def part(self, sort: str, *, total: bool = False) -> Part:
        return Part(sort, self.cursor, self.limit, total)


class Counted(Parameters):
    total: bool = False
    """Count what is on all pages too."""


class After(Parameters):
    after: Position = 0
    """`next_after` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500), NUMBER] = 100
