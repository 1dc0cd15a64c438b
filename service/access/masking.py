"""The one place where fields are blanked: by their class, for the role of whoever reads.

Used for every answer, of the API, the console, exports and print. A field marked with a
`FieldClass` becomes None for a role that may not see that class; records inside are looked
into, marked ones are blanked whole.
"""

from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from domain.message import FieldClass, Role
from service.access.table import FIELDS

M = TypeVar("M", bound=BaseModel)


def masked(answer: M, role: Role) -> M:
    """The answer as `role` may see it."""
    hidden = hidden_fields(type(answer), role)
    blanked: dict[str, Any] = dict.fromkeys(hidden)
    for name in type(answer).model_fields.keys() - hidden:
        value = getattr(answer, name)
        inner = _masked_inside(value, role)
        if inner is not value:
            blanked[name] = inner
    return answer.model_copy(update=blanked) if blanked else answer


def _masked_inside(value: Any, role: Role) -> Any:
    if isinstance(value, BaseModel):
        return masked(value, role)
    if isinstance(value, list | tuple):
        inner = [_masked_inside(each, role) for each in value]
        if any(new is not old for new, old in zip(inner, value, strict=True)):
            return type(value)(inner)
    return value


@cache
def hidden_fields(model: type[BaseModel], role: Role) -> frozenset[str]:
    """The model's own fields that `role` may not see; unmarked ones are internal."""
    allowed = FIELDS.get(role, frozenset())
    return frozenset(name for name in model.model_fields if class_of(model, name) not in allowed)


def class_of(model: type[BaseModel], name: str) -> FieldClass:
    """The class of a model's field."""
    marks = model.model_fields[name].metadata
    return next((mark for mark in marks if isinstance(mark, FieldClass)), FieldClass.INTERNAL)
