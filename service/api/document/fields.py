"""What fields' docstrings say, put into the API's document when it is made.

pydantic can do it too (`use_attribute_docstrings`), but reads the source for each class as it is
made: a fifth of the time that every process takes to load, whether it serves the document or not.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from domain.message import Message, Record

BASES = (Message, Record)
WRITTEN_AS = ("", "-Input", "-Output")
"""What FastAPI adds to a model's name where it is read otherwise than it is written."""


def describe_fields(schemas: dict[str, Any]) -> None:
    """Describe each field of a message or record by the docstring below it, if it has one."""
    for model in _made_from(*BASES):
        for ending in WRITTEN_AS:
            fields = schemas.get(model.__name__ + ending, {}).get("properties", {})
            if fields.keys() >= _shown(model):  # else it is another of that name
                for name, said in _said_of(model).items():
                    fields[name].setdefault("description", said)


def _shown(model: type[BaseModel]) -> set[str]:
    return {name for name, field in model.model_fields.items() if not field.exclude}


def _made_from(*models: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for model in models:
        yield model
        yield from _made_from(*model.__subclasses__())


def _said_of(model: type[BaseModel]) -> dict[str, str]:
    """Of its own fields and those it inherits; a field that is made anew is described anew."""
    said: dict[str, str] = {}
    for each in reversed([one for one in model.__mro__ if issubclass(one, BASES)]):
        written = _written(each.__module__).get(each.__qualname__, {})
        said = {name: text for name, text in said.items() if name not in each.__annotations__}
        said |= {name: text for name, text in written.items() if name in _shown(model)}
    return said


@cache
def _written(module: str) -> Mapping[str, Mapping[str, str]]:
    """A module's classes by name: the text below each of their annotated names."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: _below(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _below(node: ast.ClassDef) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, text in zip(node.body, node.body[1:], strict=False):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(said))),
            ):
                found[name] = inspect.cleandoc(said)
    return found
