"""Answers without the names of people, for a screen that somebody else can see."""

from typing import Any, TypeVar

from pydantic import BaseModel

from domain.message import FieldClass, class_of

T = TypeVar("T")
NAMES = frozenset({"name_ar", "name_latin", "name"})
"""What a person is called, where the field is personal: places and suppliers keep theirs."""


def nameless(answer: T) -> T:
    """The answer with the names of people left out, wherever in it they stand."""
    bare: T = _nameless(answer, personal=False)
    return bare


def _nameless(value: Any, *, personal: bool) -> Any:
    """`personal`: whether what it stands in is somebody's own."""
    if isinstance(value, BaseModel):
        changed = {}
        for field in type(value).model_fields:
            own = personal or class_of(type(value), field) is FieldClass.PERSONAL
            was = getattr(value, field)
            now = None if own and field in NAMES else _nameless(was, personal=own)
            if now is not was:
                changed[field] = now
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, dict):
        return {name: _nameless(each, personal=personal) for name, each in value.items()}
    if isinstance(value, list | tuple):
        inside = [_nameless(each, personal=personal) for each in value]
        if any(now is not was for now, was in zip(inside, value, strict=True)):
            return type(value)(inside)
    return value
