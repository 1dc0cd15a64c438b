"""What the fields of a step hold, those of the forms inside it too, by the marks of their types."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel

M = TypeVar("M")

Marks = tuple[object, ...]
Holds = Callable[[type[BaseModel]], Mapping[str, M | None]]
"""The fields of a form that are looked for, each by its mark; None for one that holds forms."""


def leaves_of(model: type[BaseModel]) -> Iterator[tuple[str, type, Marks]]:
    """A form's fields and those of the forms inside it, with dots between the names.

    Each with the type that it holds, one or several of it, and its marks.
    """
    for name, field in model.model_fields.items():
        for leaf, marks in _leaves(field.annotation, tuple(field.metadata)):
            if issubclass(leaf, BaseModel):
                for path, inner, inner_marks in leaves_of(leaf):
                    yield f"{name}.{path}", inner, inner_marks
            else:
                yield name, leaf, marks


def _leaves(annotation: Any, marks: Marks) -> Iterator[tuple[type, Marks]]:
    if get_origin(annotation) is Annotated:
        inside, *more = get_args(annotation)
        yield from _leaves(inside, (*marks, *more))
    elif isinstance(annotation, type) and not get_args(annotation):
        yield annotation, marks
    else:
        for argument in get_args(annotation):
            yield from _leaves(argument, marks)


def top(found: Iterable[tuple[str, M]]) -> dict[str, M | None]:
    """By a form's own fields: the mark of each, None for one that holds forms with such fields."""
    fields: dict[str, M | None] = {}
    for path, mark in found:
        name, _, inside = path.partition(".")
        fields[name] = None if inside else mark
    return fields


def told(form: BaseModel, holds: Holds[M], above: str = "") -> Iterator[tuple[str, M, Any]]:
    """What a form says in the fields that are looked for: where, by which mark, and what."""
    for name, mark in holds(type(form)).items():
        value = getattr(form, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, BaseModel):
                yield from told(part, holds, f"{above}{name}.")
            elif part is not None and mark is not None:
                yield above + name, mark, part
