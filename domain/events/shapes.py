"""The shape of a type of event in words: what a payload of it holds, and how far each field goes.

Made from the class, for the catalogue of events, for the table of what is encrypted, and for
the check that no shape changes unnoticed.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin
from uuid import UUID

from domain.message import ENCRYPTED, Event, FieldClass, Record, class_of

_WORDS: Mapping[Any, str] = {
    str: "text",
    int: "number",
    bool: "yes or no",
    Decimal: "amount in MAD",
    date: "day",
    datetime: "instant",
    UUID: "id",
}


class FieldShape(NamedTuple):
    """One field of a type."""

    name: str
    kind: str
    """`list of {item: number, price: amount in MAD}`."""
    mark: FieldClass
    optional: bool
    """Whether it may be absent, or null."""


def topic_of(cls: type[Event]) -> str:
    """`CaseOpened:1`: the type and its version, as the ledger names them."""
    return f"{cls.stored}:{cls.schema_version}"


def topics_of(cls: type[Event]) -> tuple[str, ...]:
    """The topics of a type in all its versions so far."""
    return tuple(f"{cls.stored}:{number}" for number in range(1, cls.schema_version + 1))


def shape_of(cls: type[Record]) -> tuple[FieldShape, ...]:
    """The fields of a type, in their order."""
    return tuple(
        FieldShape(
            name, kind_in_words(field.annotation), class_of(cls, name), not field.is_required()
        )
        for name, field in cls.model_fields.items()
    )


def shape_in_words(cls: type[Event]) -> dict[str, str]:
    """Field → kind and class; a question mark where it may be absent."""
    return {
        field.name + "?" * field.optional: f"{field.kind} ({field.mark})" for field in shape_of(cls)
    }


def kind_in_words(annotation: Any) -> str:
    """What a value may be."""
    if get_args(annotation):
        return _of_several(get_origin(annotation), get_args(annotation))
    if issubclass(annotation, Record):
        fields = (f"{field.name}: {field.kind}" for field in shape_of(annotation))
        return f"{{{', '.join(fields)}}}"
    if issubclass(annotation, StrEnum):
        return f"one of {', '.join(annotation)}"
    return _WORDS[annotation]


def _of_several(origin: Any, parts: tuple[Any, ...]) -> str:
    if origin in (Union, UnionType):
        return " or ".join(kind_in_words(each) for each in parts if each is not NoneType)
    if origin is dict:
        key, value = (kind_in_words(each) for each in parts)
        return f"map of {key} to {value}"
    kind = kind_in_words(parts[0])
    return f"list of {kind}" if origin is tuple else kind


def holds_text(annotation: Any) -> bool:
    """Whether free text can stand in it, at any depth; a code of a closed list is none."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return any(holds_text(field.annotation) for field in annotation.model_fields.values())
    return annotation is str or any(holds_text(each) for each in get_args(annotation))


def stays_after_erasure(field: FieldShape) -> bool:
    """Whether a field can still be read once its person's key is destroyed."""
    return field.mark not in ENCRYPTED
