"""The ground of every view: column types that mean the same on both databases.

Rows are written past SQLAlchemy, in bulk, as plain text and numbers; they are read through
it. Each type here says how a value is stored, and `encoded` beside it does so for a row.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Date, Dialect, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator

Cell = str | int | None
Row = tuple[Cell, ...]
"""A row as it is written: its table's columns in their order."""

metadata = MetaData()


class Id(TypeDecorator[UUID]):
    """A UUID, as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: UUID | str | None, _dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> UUID | None:
        return None if value is None else UUID(value)


class Mad(TypeDecorator[Decimal]):
    """An amount in MAD, as whole centimes, so that sums are exact on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: Dialect) -> int | None:
        return None if value is None else centimes(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-2)


class Instant(TypeDecorator[datetime]):
    """A UTC instant, as ISO 8601 text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Flag(TypeDecorator[bool]):
    """Yes or no, as 1 or 0."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: bool | None, _dialect: Dialect) -> int | None:  # noqa: FBT001
        return None if value is None else int(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


def centimes(amount: Decimal) -> int:
    return int(amount.scaleb(2))


def text(value: object | None) -> str | None:
    return None if value is None else str(value)


def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def view_table(name: str, *columns: Any, owner: str) -> Table:
    """A table whose rows are replaced together: all those that share their `owner`."""
    return Table(name, metadata, *columns, info={"owner": owner})


def owner_of(table: Table) -> str:
    owner: str = table.info["owner"]
    return owner


state = Table(
    "state",
    metadata,
    Column("position", BigInteger, nullable=False),
    Column("shape", Text, nullable=False),
    Column("calendar", Text, nullable=False),
)
"""One row: up to which event the views have come, and what they were made by."""


def id_column(name: str, **options: Any) -> Column[UUID]:
    return Column(name, Id, **options)


def date_column(name: str, **options: Any) -> Column[date]:
    return Column(name, Date, **options)
