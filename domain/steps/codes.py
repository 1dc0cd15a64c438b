"""The codes that a step tells of: each stands for something that was there on the step's day.

Codes of the registry are looked up in it (`domain.values.codes`), and one that was merged into another
is recorded as that; those of provinces and regions come with the product (`domain.values.places`). A
refusal names the field and never the code: a
prison's would say of the person where they were.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from domain.errors import Refused
from domain.message import Command, Step
from domain.steps.fields import leaves_of, told, top
from domain.values.codes import Registered
from domain.values.validity import Dated, Validity

if TYPE_CHECKING:
    from domain.steps.handling import World

F = TypeVar("F", bound=BaseModel)
Mark = Registered | Dated
GoesBy = Callable[[str], str]


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
            kinds, registry = ",".join(mark.kinds), world.registry
            entry = registry.entries.get(code)
            if entry is None:
                raise Refused("entry_not_registered", kinds=kinds, field=field)
            if entry.kind not in mark.kinds:
                raise Refused("entry_of_another_kind", kinds=kinds, field=field)
            _require_valid(registry.days_of(registry.goes_by(code)), step.occurred_on, field)


def _require_valid(entry: Sequence[Validity], day: date, field: str) -> None:
    """On one of its days, which are those of all that goes by it."""
    begun = [each for each in entry if not each.begins_after(day)]
    if not begun:
        since = min(str(each.since) for each in entry)
        raise Refused("entry_not_valid_yet", date=str(day), since=since, field=field)
    if all(each.ended_before(day) for each in begun):
        until = max(str(each.until) for each in begun)
        raise Refused("entry_no_longer_valid", date=str(day), until=until, field=field)


def resolved(step: Step, world: "World") -> Step:
    """The step, with the entry that goes on in the place of each that was merged into it."""
    if not any(isinstance(mark, Registered) for _, mark, _ in told(step, _coded)):
        return step
    return _resolved(step, world.registry.goes_by) if world.registry.merged else step


def _resolved(form: F, goes_by: GoesBy) -> F:
    changed: dict[str, object] = {}
    for name, mark in _coded(type(form)).items():
        if mark is None or isinstance(mark, Registered):
            value = getattr(form, name)
            changed[name] = (
                tuple(_one(each, goes_by) for each in value)
                if isinstance(value, tuple)
                else _one(value, goes_by)
            )
    return form.model_copy(update=changed) if changed else form


def _one(value: object, goes_by: GoesBy) -> object:
    if isinstance(value, BaseModel):
        return _resolved(value, goes_by)
    return goes_by(value) if isinstance(value, str) else value


@cache
def _coded(model: type[BaseModel]) -> Mapping[str, Mark | None]:
    return top(codes_of(model))
