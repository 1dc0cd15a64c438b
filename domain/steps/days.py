"""The days that a step tells of, each within the bounds of its kind (`domain.values.days`)."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from domain.errors import Refused
from domain.message import Step
from domain.values.days import Apart, Bounds

Kind = Bounds | Apart | None
"""None: a day of no kind, which no table of steps takes."""


def days_of(model: type[BaseModel]) -> Iterator[tuple[str, Kind]]:
    """A form's days and those of the forms inside it, with dots between the names."""
    for name, field in model.model_fields.items():
        for leaf, kind in _leaves(field.annotation, field.metadata):
            if leaf is date:
                yield name, kind
            else:
                yield from ((f"{name}.{path}", inner) for path, inner in days_of(leaf))


def _leaves(annotation: Any, marks: Iterable[object]) -> Iterator[tuple[type, Kind]]:
    """The days and the forms in a field's type."""
    if get_origin(annotation) is Annotated:
        inside, *more = get_args(annotation)
        yield from _leaves(inside, (*marks, *more))
    elif annotation is date:
        yield date, next((mark for mark in marks if isinstance(mark, Bounds | Apart)), None)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation, None
    else:
        for argument in get_args(annotation):
            yield from _leaves(argument, marks)


def require_within_bounds(step: Step, today: date) -> None:
    """Raises `Refused` for a day too early, in the future, or too far ahead for its kind."""
    for field, bounds, day in _told(step, ""):
        told, latest = str(day), bounds.latest(today)
        if day < bounds.earliest:
            raise Refused("date_too_early", date=told, earliest=str(bounds.earliest), field=field)
        if day > latest:
            if bounds.planned:
                raise Refused("date_too_far", date=told, latest=str(latest), field=field)
            raise Refused("date_in_future", date=told, latest=str(latest), field=field)


def _told(form: BaseModel, above: str) -> Iterator[tuple[str, Bounds, date]]:
    for name, bounds in _fields(type(form)):
        value = getattr(form, name)
        if isinstance(value, date) and bounds is not None:
            yield above + name, bounds, value
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, BaseModel):
                yield from _told(part, f"{above}{name}.")


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, Bounds | None], ...]:
    """The fields in which there are days to judge; None for one that holds forms."""
    found: dict[str, Bounds | None] = {}
    for path, kind in days_of(model):
        name, _, inside = path.partition(".")
        if isinstance(kind, Bounds):
            found[name] = None if inside else kind
    return tuple(found.items())
