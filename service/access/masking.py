"""The one place where fields are blanked: by their class, for the role of whoever reads.

Used for every answer, of the API, the console, exports and print. A field marked with a
`FieldClass` becomes None for a role that may not see that class; records inside are looked
into, marked ones are blanked whole. What more than that must not be seen an answer says itself
(`domain.events.veil.Veilable`).
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints
from uuid import UUID

from pydantic import BaseModel

from domain.events.veil import Veilable
from domain.message import Event, FieldClass, Role, class_among, class_of
from service.access.table import FIELDS

M = TypeVar("M")

PLAIN = (str, int, NoneType, UUID, date, Decimal)
"""Types that hold no record: most of what an answer is made of."""


def masked(answer: M, role: Role) -> M:
    """The answer as `role` may see it.

    Takes models and what holds no record; refuses records of other kinds (`TypeError`), since
    nothing would say what of them may be seen.
    """
    cut: M = _masked(answer, role)
    return cut


def _masked_model(answer: BaseModel, role: Role) -> BaseModel:
    if isinstance(answer, Veilable):
        answer = answer.seen_with(FIELDS.get(role, frozenset()))
    hidden = hidden_fields(type(answer), role)
    blanked: dict[str, Any] = dict.fromkeys(hidden)
    for name in type(answer).model_fields.keys() - hidden:
        value = getattr(answer, name)
        inner = _masked(value, role)
        if inner is not value:
            blanked[name] = inner
    return answer.model_copy(update=blanked) if blanked else answer


def _masked(value: Any, role: Role) -> Any:
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, BaseModel):
        return _masked_model(value, role)
    if isinstance(value, dict):
        inner = [_masked(each, role) for each in value.values()]
        if any(new is not old for new, old in zip(inner, value.values(), strict=True)):
            return dict(zip(value, inner, strict=True))
    elif isinstance(value, list | tuple):
        inner = [_masked(each, role) for each in value]
        if any(new is not old for new, old in zip(inner, value, strict=True)):
            return type(value)(inner)
    elif is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is no model: nothing says who may see what of it")
    return value


@cache
def hidden_fields(model: type[BaseModel], role: Role) -> frozenset[str]:
    """The model's own fields that `role` may not see; unmarked ones are internal."""
    allowed = FIELDS.get(role, frozenset())
    return frozenset(name for name in model.model_fields if class_of(model, name) not in allowed)


def shown_of_event(event: Event, role: Role) -> dict[str, Any]:
    """The fields of an event that `role` may see, as JSON has them; the others are left out."""
    hidden = set(hidden_fields(type(event), role))
    return masked(event, role).model_dump(mode="json", exclude=hidden)


def shown_of_state(state: object, dumped: Any, role: Role) -> Any:
    """What `role` may see of a folded state, which was written as `dumped`.

    A state's fields have classes as an answer's have; records inside are looked into.
    """
    if is_dataclass(state):
        hidden = hidden_of_state(type(state), role)
        return {
            name: None if name in hidden else shown_of_state(getattr(state, name), inner, role)
            for name, inner in dumped.items()
        }
    if isinstance(state, BaseModel):
        unseen = hidden_fields(type(state), role)
        return {
            name: None if name in unseen else shown_of_state(getattr(state, name), inner, role)
            for name, inner in dumped.items()
        }
    if isinstance(state, Mapping):
        inside = zip(state.values(), dumped.items(), strict=True)
        return {name: shown_of_state(value, inner, role) for value, (name, inner) in inside}
    if isinstance(state, list | tuple):
        return [shown_of_state(*each, role) for each in zip(state, dumped, strict=True)]
    if isinstance(state, frozenset):
        return sorted(dumped)  # or two processes would write the same state differently
    return dumped


def asks_hidden(filters: object, role: Role) -> bool:
    """Whether a filter that is given is about a class that `role` may not see.

    Whoever may not read names may not find out by searching for them either.
    """
    return any(getattr(filters, name) is not None for name in hidden_of_state(type(filters), role))


def hidden_of_state(record: Any, role: Role) -> frozenset[str]:
    """As `hidden_fields`, of a dataclass (the type)."""
    allowed = FIELDS.get(role, frozenset())
    return frozenset(name for name, mark in _marks(record) if mark not in allowed)


@cache
def _marks(record: Any) -> tuple[tuple[str, FieldClass], ...]:
    hints = get_type_hints(record, include_extras=True)
    return tuple(
        (each.name, class_among(get_args(hints[each.name])[1:])) for each in fields(record)
    )
