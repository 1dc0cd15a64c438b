"""The one place where fields are blanked: by their class, for the role of whoever reads.

Used for every answer, of the API, the console, exports and print. A field marked with a
`FieldClass` becomes None for a role that may not see that class; records inside are looked
into, marked ones are blanked whole.
"""

from collections.abc import Iterable
from dataclasses import is_dataclass
from functools import cache
from typing import Any, TypeVar, get_type_hints

from pydantic import BaseModel

from domain.message import FieldClass, Role
from service.access.table import FIELDS

M = TypeVar("M")


def masked(answer: M, role: Role) -> M:
    """The answer as `role` may see it.

    Takes models and what holds no record; refuses records of other kinds (`TypeError`), since
    nothing would say what of them may be seen.
    """
    cut: M = _masked(answer, role)
    return cut


def _masked_model(answer: BaseModel, role: Role) -> BaseModel:
    hidden = hidden_fields(type(answer), role)
    blanked: dict[str, Any] = dict.fromkeys(hidden)
    for name in type(answer).model_fields.keys() - hidden:
        value = getattr(answer, name)
        inner = _masked(value, role)
        if inner is not value:
            blanked[name] = inner
    return answer.model_copy(update=blanked) if blanked else answer


def _masked(value: Any, role: Role) -> Any:
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


def asks_hidden(filters: object, role: Role) -> bool:
    """Whether a filter that is given is about a class that `role` may not see.

    Whoever may not read names may not find out by searching for them either.
    """
    allowed = FIELDS.get(role, frozenset())
    return any(
        getattr(filters, name) is not None
        for name, hint in get_type_hints(type(filters), include_extras=True).items()
        if _class_among(getattr(hint, "__metadata__", ())) not in allowed
    )


def class_of(model: type[BaseModel], name: str) -> FieldClass:
    """The class of a model's field."""
    return _class_among(model.model_fields[name].metadata)


def _class_among(marks: Iterable[object]) -> FieldClass:
    return next((mark for mark in marks if isinstance(mark, FieldClass)), FieldClass.INTERNAL)
