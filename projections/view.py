"""A view: one model for its row, its table and the answer that shows it.

The model is written once, with types, classes for masking and docstrings. Its table is made
from it, its rows are written by the names of its fields, and the service answers with it.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Generic, ParamSpec, TypeVar, cast

from pydantic import BaseModel, Field
from sqlalchemy import Column as SqlColumn
from sqlalchemy import Index, MetaData, PrimaryKeyConstraint, Table

from domain.message import Message
from projections.columns import Cell, Column, columns_of, plain_type

P = ParamSpec("P")
R = TypeVar("R", bound=Message)
M = TypeVar("M", bound=Message)

UNANSWERED = Field(exclude=True)
"""Marks what is kept to search and sort by, and is no part of the answer."""

metadata = MetaData()
_set = object.__setattr__


class View(Generic[R]):
    """A table of rows of one model. Rows that share their `owner` are replaced together."""

    def __init__(
        self,
        name: str,
        model: type[R],
        *,
        key: Sequence[str],
        owner: str,
        indexes: Sequence[Sequence[str]] = (),
    ) -> None:
        self.name = name
        self.model = model
        self.owner = owner
        self.columns = tuple(columns_of(model))
        self._by_name = {column.name: column for column in self.columns}
        unknown = {*key, owner} - self._by_name.keys()
        if unknown:
            raise TypeError(f"{name} has no {', '.join(unknown)}")
        self.table = Table(
            name,
            metadata,
            *(
                SqlColumn(each.name, each.kind.sql, nullable=each.nullable, autoincrement=False)
                for each in self.columns
            ),
            PrimaryKeyConstraint(*key, name=f"{name}_pkey"),  # in the order given
        )
        self.c = self.table.c
        for names in indexes:
            Index("_".join((name, "by", *names)), *(self.c[each] for each in names))

    @property
    def names(self) -> list[str]:
        """The names of the columns, in the order of the cells."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """Raises `KeyError` for a name that is none."""
        return self._by_name[name]

    def cells(self, rows: Sequence[R]) -> Iterator[tuple[Cell, ...]]:
        """The rows as they are written."""
        return zip(*(column.cells(rows) for column in self.columns), strict=True)

    def values(self, found: Any) -> dict[str, Any]:
        """The fields of a row that was read."""
        return _values(self.model, found._mapping, "")  # noqa: SLF001 (SQLAlchemy's public name for it)

    def read(self, found: Any) -> R:
        return self.model(**self.values(found))


def _values(model: type[BaseModel], cells: Any, prefix: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, inside in _fields(model):
        if inside is None:
            found[name] = cells[prefix + name]
        else:
            record = _values(inside, cells, f"{prefix}{name}_")
            found[name] = record if any(cell is not None for cell in record.values()) else None
    return found


@cache
def _fields(model: type[BaseModel]) -> tuple[tuple[str, type[BaseModel] | None], ...]:
    """A row's fields, each with the record inside it, where it is one."""
    types = ((name, plain_type(each.annotation)[0]) for name, each in model.model_fields.items())
    return tuple(
        (name, inside if isinstance(inside, type) and issubclass(inside, BaseModel) else None)
        for name, inside in types
    )


def unvalidated(model: Callable[P, M]) -> Callable[P, M]:
    """The model's constructor for values that are of its types already.

    Typed as the constructor is, so that a cell that is missing does not pass the build; five
    times as fast, which a rebuild feels. Takes names only.
    """
    made = cast("type[M]", model)
    fields = set(made.model_fields)

    def make(*_: P.args, **values: P.kwargs) -> M:
        row = made.__new__(made)
        _set(row, "__dict__", values)
        _set(row, "__pydantic_fields_set__", fields)
        _set(row, "__pydantic_extra__", None)
        _set(row, "__pydantic_private__", None)
        return row

    return make
