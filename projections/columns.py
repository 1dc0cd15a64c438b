"""How a field of a row becomes a column, the same on both databases.

Rows are written past SQLAlchemy, in bulk, as plain text and numbers; they are read through
it. `KINDS` says for each type of field how a cell is written and which SQL type reads it.
"""

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from operator import attrgetter
from typing import Any, Literal, NewType, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import SchemaSerializer, from_json, to_json
from pydantic_core.core_schema import uuid_schema
from sqlalchemy import BigInteger, Date, Dialect, Text
from sqlalchemy.sql.operators import ColumnOperators
from sqlalchemy.types import TypeDecorator, TypeEngine

Cell = str | int | None
"""A value as it is written."""

SortedText = NewType("SortedText", str)
"""Text that is compared sign by sign, so that an index finds what begins alike on any database."""


class _Written(TypeDecorator[Any]):
    """A type that is kept as `impl` by `write`, and comes back by `read`."""

    impl: Any = Text
    write: Callable[[Any], Cell]
    read: Callable[[Any], Any]

    def process_bind_param(self, value: Any, _dialect: Dialect) -> Cell:
        return None if value is None else type(self).write(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> Any:
        return None if value is None else type(self).read(value)


class Id(_Written):
    """A UUID, as text."""

    cache_ok = True
    write = str
    read = UUID


class Mad(_Written):
    """An amount in MAD, as whole centimes, so that sums are exact on both databases."""

    cache_ok = True
    impl = BigInteger

    @staticmethod
    def write(value: Decimal) -> int:
        return int(value.scaleb(2))

    @staticmethod
    def read(value: int) -> Decimal:
        return Decimal(int(value)).scaleb(-2)


class Instant(_Written):
    """A UTC instant, as ISO 8601 text."""

    cache_ok = True
    write = datetime.isoformat
    read = datetime.fromisoformat


class Flag(_Written):
    """Yes or no, as 1 or 0."""

    cache_ok = True
    impl = BigInteger
    write = int
    read = bool

    class comparator_factory(TypeDecorator.Comparator[Any]):  # noqa: N801 - SQLAlchemy's name for it
        def is_(self, other: Any) -> ColumnOperators:
            """A number is compared with what is written: no database knows it as true or false."""
            if isinstance(other, bool):
                return self.__eq__(other)
            return super().is_(other)


class Json(_Written):
    """An object or a list, as JSON text."""

    cache_ok = True

    @staticmethod
    def write(value: dict[str, Any] | tuple[Any, ...]) -> str:
        return to_json(value).decode()

    @staticmethod
    def read(value: str) -> Any:
        return from_json(value)


class BySign(TypeDecorator[Any]):
    """Text in the order of its signs: SQLite's own, and PostgreSQL's where it is told so."""

    cache_ok = True
    impl = Text

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = Text(collation="C") if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(kind)


@dataclass(frozen=True, slots=True)
class Kind:
    """How one type of field is kept."""

    sql: type[TypeEngine[Any]]
    write: Callable[[Any], Cell] | None = None
    """None for what can be written as it is."""


WORD = Kind(Text, str)
ID = Kind(Id, partial(SchemaSerializer(uuid_schema()).to_python, mode="json"))
"""Written four times as fast as by `str`: a rebuild writes two or three ids for each event."""
KINDS: Mapping[Any, Kind] = {
    str: Kind(Text),
    SortedText: Kind(BySign),
    int: Kind(BigInteger),
    bool: Kind(Flag, Flag.write),
    date: Kind(Date, date.isoformat),
    datetime: Kind(Instant, Instant.write),
    Decimal: Kind(Mad, Mad.write),
    UUID: ID,
    dict: Kind(Json, Json.write),
    tuple: Kind(Json, Json.write),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a view, and where its cell is found in a row."""

    name: str
    kind: Kind
    nullable: bool
    value: Callable[[Any], Any]

    def cells(self, rows: Sequence[BaseModel]) -> Sequence[Cell]:
        """This column's cells of many rows. Raises `AttributeError` where a row has none."""
        values, write = map(self.value, rows), self.kind.write
        if write is None:
            return list(values)
        if not self.nullable:
            return list(map(write, values))
        return [None if value is None else write(value) for value in values]

    def written(self, value: Any) -> Cell:
        write = self.kind.write
        cell: Cell = value if value is None or write is None else write(value)
        return cell


def columns_of(model: type[BaseModel]) -> Iterator[Column]:
    """The columns of a row, in the order of its fields.

    A record inside a row has a column for each of its fields, all NULL where there is none.
    Raises `TypeError` for a field that no database could keep.
    """
    for name, field in model.model_fields.items():
        inside, optional = plain_type(field.annotation)
        if isinstance(inside, type) and issubclass(inside, BaseModel):
            for each in columns_of(inside):
                path = _inside(attrgetter(name), each.value)
                yield Column(f"{name}_{each.name}", each.kind, optional or each.nullable, path)
        else:
            yield Column(name, _kind(inside), optional, attrgetter(name))


def plain_type(annotation: Any) -> tuple[Any, bool]:
    """A field's type without None, and whether it may be None."""
    if get_origin(annotation) not in (Union, types.UnionType):
        return annotation, False
    others = [each for each in get_args(annotation) if each is not types.NoneType]
    if len(others) != 1:
        raise TypeError(f"a cell is of one type: {annotation}")
    return others[0], True


def _kind(inside: Any) -> Kind:
    origin = get_origin(inside) or inside
    if origin in KINDS:
        return KINDS[origin]
    if origin is Literal or (isinstance(origin, type) and issubclass(origin, str)):
        return WORD
    raise TypeError(f"no column can keep {inside}")


def _inside(record: Callable[[Any], Any], value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def of(row: Any) -> Any:
        found = record(row)
        return None if found is None else value(found)

    return of
