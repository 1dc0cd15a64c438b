"""How a table of steps is written, row by row, and what is checked when it is built."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel

from domain.folds.evolution import Evolution
from domain.message import Command, Event, Role, Step, StreamKind
from domain.steps.codes import codes_of, names_entries
from domain.steps.conditions import Condition
from domain.steps.days import days_of
from domain.steps.handling import (
    Follows,
    Handling,
    Reads,
    Roles,
    Rule,
    Whose,
    follows_nothing,
    of_its_centre,
    reads_nothing_else,
)
from domain.steps.recording import recorded_as
from domain.steps.roles import CENTRES
from domain.values.codes import Registered

NOTHING_LEFT_OUT: Mapping[str, str] = MappingProxyType({})


class TableFault(Exception):
    """A table says less than it must. Raised while it is built, so that nothing starts."""


@dataclass(frozen=True, slots=True)
class Part:
    """Steps that belong together, in the order a person comes to them."""

    name: str
    rows: tuple[Handling, ...]


def row(
    step: type[Step],
    *makes: type[Event],
    who: frozenset[Role],
    when: tuple[Condition, ...] = (),
    by: Rule | None = None,
    reads: Reads = reads_nothing_else,
    follows: Follows = follows_nothing,
    whose: Whose = of_its_centre,
    creates: bool = False,
    left_out: Mapping[str, str] = NOTHING_LEFT_OUT,
) -> Handling:
    """A step, the events it can make (its own stream's first), and what decides it.

    Without a rule the step is recorded as it came, in its one event. One that tells of a code of
    the registry reads the registry by itself.
    """
    rule = by if by is not None else recorded_as(_only(step, makes))
    if any(isinstance(mark, Registered) for _, mark in codes_of(step)):
        reads = _with_the_registry(reads)
    return Handling(step, makes, who, rule, when, reads, follows, whose, creates, left_out)


def _with_the_registry(reads: Reads) -> Reads:
    """What the step reads, and the registry where a code is given."""

    def both(command: Command, state: Any) -> Roles:
        others = reads(command, state)
        return {CENTRES: CENTRES.only, **others} if names_entries(command) else others

    return both


def _only(step: type[Step], makes: tuple[type[Event], ...]) -> type[Event]:
    if len(makes) != 1:
        raise TableFault(f"{step.__name__} makes several events and has no rule that says how")
    return makes[0]


def by_step(rows: Iterable[Handling]) -> dict[type[Step], Handling]:
    """The rows by their step.

    Raises `TableFault` for a row that drops what the step says, and for a day of no kind.
    """
    table: dict[type[Step], Handling] = {}
    for each in rows:
        if each.step in table:
            raise TableFault(f"{each.step.__name__} has two rows")
        require_kept(each)
        _require_bounds(each.step)
        table[each.step] = each
    return table


def require_kept(each: Handling) -> None:
    """Every field of a step stands in one of its events, or is named as left out.

    So does every field of the forms inside it: `contacts.phone`. The day a thing happened stands
    in the envelope of each event.
    """
    asked = set(_paths(each.step)) - Step.model_fields.keys()
    kept = {path for event in each.makes for path in _paths(event)}
    dropped = {path for path in asked - kept if not _named(path, each.left_out)}
    if dropped:
        raise TableFault(f"{each.step.__name__} drops {', '.join(sorted(dropped))}")
    superfluous = each.left_out.keys() - (asked - kept)
    if superfluous:
        raise TableFault(f"{each.step.__name__} leaves out {', '.join(sorted(superfluous))}: why?")


def _require_bounds(step: type[Step]) -> None:
    unknown = [path for path, kind in days_of(step) if kind is None]
    if unknown:
        raise TableFault(f"{step.__name__} has days of no kind: {', '.join(unknown)}")


def _paths(model: type[BaseModel]) -> Iterator[str]:
    """The fields of a form and of those inside it, by their names with dots between them."""
    for name, field in model.model_fields.items():
        yield name
        for inner in _models_in(field.annotation):
            yield from (f"{name}.{path}" for path in _paths(inner))


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    is_type = isinstance(annotation, type) and not get_args(annotation)
    if is_type and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


def _named(path: str, left_out: Mapping[str, str]) -> bool:
    """Whether it, or what it is a part of, is named as left out."""
    return any(path == name or path.startswith(f"{name}.") for name in left_out)


def require_folded(
    folds: Mapping[StreamKind, Evolution[Any]], events: Iterable[type[Event]]
) -> None:
    """Every event type is folded, or named as ignored, where its kind of stream is folded."""
    for event in events:
        if not folds[event.stream].names(event):
            raise TableFault(f"{event.__name__} is neither folded nor named as ignored")
