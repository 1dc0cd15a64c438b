"""The codes that a step tells of: each stands for something that was there on the step's day.

Codes of the registry are looked up in it (`domain.values.codes`); those of provinces and regions
come with the product (`domain.values.places`). A refusal names the field and never the code: a
prison's would say of the person where they were.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel

from domain.errors import Refused
from domain.message import Command, Step
from domain.steps.fields import leaves_of, told, top
from domain.values.codes import Registered
from domain.values.validity import Dated, Validity

if TYPE_CHECKING:
    from domain.steps.handling import World

Mark = Registered | Dated


def codes_of(model: type[BaseModel]) -> Iterator[tuple[str, Mark]]:
    """A form's codes and those of the forms inside it, with dots between the names."""
    for path, _, marks in leaves_of(model):
        yield from ((path, mark) for mark in marks if isinstance(mark, Registered | Dated))


def names_entries(command: Command) -> bool:
    """Whether the step of a command tells of a code of the registry."""
    return any(isinstance(mark, Registered) for _, mark, _ in told(command.step, _coded))


def require_in_force(step: Step) -> None:
    """Raises `Refused` for a province or region that was not there on the step's day."""
    day = step.occurred_on
    for field, mark, code in told(step, _coded):
        if isinstance(mark, Dated):
            known = mark.of(code)
            if known.begins_after(day):
                since = str(known.since)
                raise Refused("place_not_valid_yet", date=str(day), since=since, field=field)
            if known.ended_before(day):
                until = str(known.until)
                raise Refused("place_no_longer_valid", date=str(day), until=until, field=field)


def require_registered(step: Step, world: "World") -> None:
    """Raises `Refused` for a code that is not registered, is of another kind, or is not valid."""
    for field, mark, code in told(step, _coded):
        if isinstance(mark, Registered):
            kinds, entry = ",".join(mark.kinds), world.registry.entries.get(code)
            if entry is None:
                raise Refused("entry_not_registered", kinds=kinds, field=field)
            if entry.kind not in mark.kinds:
                raise Refused("entry_of_another_kind", kinds=kinds, field=field)
            _require_valid(Validity(entry.since, entry.until), step.occurred_on, field)


def _require_valid(entry: Validity, day: date, field: str) -> None:
    if entry.begins_after(day):
        since = str(entry.since)
        raise Refused("entry_not_valid_yet", date=str(day), since=since, field=field)
    if entry.ended_before(day):
        until = str(entry.until)
        raise Refused("entry_no_longer_valid", date=str(day), until=until, field=field)


@cache
def _coded(model: type[BaseModel]) -> Mapping[str, Mark | None]:
    return top(codes_of(model))
