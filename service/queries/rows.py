"""From a view's row to an answer."""

from dataclasses import fields
from typing import Any, TypeVar

from domain.message import Message

M = TypeVar("M", bound=Message)


def as_model(model: type[M], row: Any, **more: Any) -> M:
    """A view's row as an answer; what the answer has no field for is left out."""
    shared = {field.name for field in fields(row)} & model.model_fields.keys()
    return model(**{name: getattr(row, name) for name in shared}, **more)
