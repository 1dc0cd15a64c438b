"""The days that a step tells of, each within the bounds of its kind (`domain.values.days`)."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from pydantic import BaseModel

from domain.errors import Refused
from domain.message import Step
from domain.steps.fields import leaves_of, told, top
from domain.values.days import Apart, Bounds

Kind = Bounds | Apart | None
"""None: a day of no kind, which no table of steps takes."""


def days_of(model: type[BaseModel]) -> Iterator[tuple[str, Kind]]:
    """A form's days and those of the forms inside it, with dots between the names."""
    for path, held, marks in leaves_of(model):
        if held is date:
            yield path, next((mark for mark in marks if isinstance(mark, Bounds | Apart)), None)


def require_within_bounds(step: Step, today: date) -> None:
    """Raises `Refused` for a day too early, in the future, or too far ahead for its kind."""
    for field, bounds, day in told(step, _bounded):
        written, latest = str(day), bounds.latest(today)
        if day < bounds.earliest:
            earliest = str(bounds.earliest)
            raise Refused("date_too_early", date=written, earliest=earliest, field=field)
        if day > latest:
            if bounds.planned:
                raise Refused("date_too_far", date=written, latest=str(latest), field=field)
            raise Refused("date_in_future", date=written, latest=str(latest), field=field)


@cache
def _bounded(model: type[BaseModel]) -> Mapping[str, Bounds | None]:
    return top((path, kind) for path, kind in days_of(model) if isinstance(kind, Bounds))
