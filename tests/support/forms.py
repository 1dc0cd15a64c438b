"""A form filled in whole, made from its types: so that a test can walk every field of every step."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from domain.steps.fields import leaves_of
from domain.values.codes import Registered
from domain.values.validity import Dated

Path = tuple[str | int, ...]

BY_NAME: dict[str, Any] = {
    "birth_year": 1991,
    "about_centre": "taza",
    "centre": "taza",
    "code": "TAZ",
    "entry": "supplier-taza",
    "name_tifinagh": "ⵜⴰⵣⴰ",
    "digest": "0" * 64,
    "phone": "+212 600 000 001",
    "email": "s.office@example.org",
    "telephone": "+212612345678",
    "province": "taza",
    "provinces": ["taza"],
    "review": "visit/1",
    "school_year": "2023/2024",
    "to_centre": "midelt",
}
"""Where the type alone does not say what is taken."""
BY_TYPE: dict[type, Any] = {
    str: "Text",
    int: 3,
    bool: True,
    date: "2024-07-18",
    datetime: "2024-07-18T09:00:00Z",
    Decimal: "5.00",
    UUID: "5b1f1d0e-8b0a-5d6b-8a86-7a2f6a1e9b02",
}


def filled(model: type[BaseModel]) -> dict[str, Any]:
    """What JSON has of it, with every field given."""
    given = dict(_coded(model)) | BY_NAME
    return {
        name: _two_parties(name, given.get(name) or _of_pattern(field) or _value(field.annotation))
        for name, field in model.model_fields.items()
    }


def _of_pattern(field: FieldInfo) -> Any:
    """The example of a text that is written in one way only."""
    patterned = any(getattr(mark, "pattern", None) for mark in field.metadata)
    return field.examples[0] if patterned and field.examples else None


def _coded(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    """The fields that hold a code, each with the code that its type gives as an example."""
    for name, _, marks in leaves_of(model):
        if any(isinstance(mark, Registered | Dated) for mark in marks) and "." not in name:
            about = [mark for mark in marks if isinstance(mark, FieldInfo)]
            examples = (each.examples for each in (*about, model.model_fields[name]))
            yield name, next(found[0] for found in examples if found)


def _two_parties(name: str, value: Any) -> Any:
    return value * 2 if name == "parties" else value


def _value(annotation: Any) -> Any:
    inside = get_args(annotation)
    match get_origin(annotation):
        case None:
            return _of_type(annotation)
        case kind if kind is tuple:
            return [_value(inside[0])]
        case kind if kind is dict:
            return {} if inside[1] is Any else {_value(inside[0]): _value(inside[1])}
        case _:  # an alternative, the first of them
            return _value(inside[0])


def _of_type(kind: type) -> Any:
    if issubclass(kind, Enum):
        return next(iter(kind)).value
    return filled(kind) if issubclass(kind, BaseModel) else BY_TYPE[kind]


def leaves(model: type[BaseModel], kind: type) -> Iterator[Path]:
    """The places of a form where there is something of exactly this type."""
    for name, field in model.model_fields.items():
        yield from ((name, *path) for path in _leaves(field.annotation, kind))


def _leaves(annotation: Any, kind: type) -> Iterator[Path]:
    of = get_origin(annotation)
    if annotation is kind:
        yield ()
    elif of is tuple:
        yield from ((0, *path) for path in _leaves(get_args(annotation)[0], kind))
    elif of is not None:
        for argument in get_args(annotation):
            yield from _leaves(argument, kind)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from leaves(annotation, kind)


def put(form: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """The form with another value at a place."""
    changed = deepcopy(form)
    inside: Any = changed
    for part in path[:-1]:
        inside = inside[part]
    inside[path[-1]] = value
    return changed


def at(form: BaseModel, path: Path) -> Any:
    """What a form has at a place."""
    inside: Any = form
    for part in path:
        inside = inside[part] if isinstance(part, int) else getattr(inside, part)
    return inside
