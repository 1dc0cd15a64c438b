"""A view is declared once, and a cell goes to the column of its name."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, create_engine, select
from sqlalchemy.dialects import postgresql

from domain.message import Message
from projections.columns import Flag
from projections.sqlite.writing import create
from projections.view import View, metadata, unvalidated
from projections.views.table import VIEWS


class Colour(StrEnum):
    RED = "red"


class Inside(Message):
    number: int
    day: date


class Example(Message):
    """A row with a field of every type."""

    example_id: UUID
    name: str
    colour: Colour | None
    amount: Decimal
    at: datetime
    day: date
    many: int
    yes: bool
    inside: Inside | None
    more: dict[str, Any]


example = View("example", Example, key=["example_id"], owner="example_id", indexes=[["name"]])
metadata.remove(example.table)
ROW = Example(
    example_id=uuid4(),
    name="سلمى",
    colour=Colour.RED,
    amount=Decimal("12.34"),
    at=datetime(2024, 3, 4, 5, 6, 7, 8, tzinfo=UTC),
    day=date(2024, 3, 4),
    many=3,
    yes=True,
    inside=Inside(number=4, day=date(2024, 5, 6)),
    more={"a": [1, "ب"]},
)
BARE = ROW.model_copy(update={"example_id": uuid4(), "colour": None, "inside": None, "more": {}})


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A database with both rows in it."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        example.table.create(connection)
        into = f"INSERT INTO example ({','.join(example.names)})"
        for cells in example.cells([ROW, BARE]):
            connection.exec_driver_sql(f"{into} VALUES ({','.join('?' * len(cells))})", cells)
        yield connection
    engine.dispose()


def test_rows_come_back_from_the_database_as_they_were_written(connection: Connection) -> None:
    found = [example.read(row) for row in connection.execute(select(example.table))]
    assert {row.example_id: row for row in found} == {ROW.example_id: ROW, BARE.example_id: BARE}


@pytest.mark.parametrize("name", ["example_id", "name", "amount", "at", "day", "yes", "more"])
def test_what_is_asked_for_is_written_as_the_cells_are(connection: Connection, name: str) -> None:
    query = select(example.table).where(
        example.c[name] == getattr(ROW, name), example.c.example_id == ROW.example_id
    )
    assert example.read(connection.execute(query).one()) == ROW


def test_a_record_inside_a_row_has_columns_of_its_own_and_none_where_it_is_none() -> None:
    assert example.names[-3:] == ["inside_number", "inside_day", "more"]
    (cells,) = example.cells([BARE])
    assert dict(zip(example.names, cells, strict=True))["inside_number"] is None
    assert example.c.inside_number.nullable
    assert not example.c.many.nullable


def test_a_row_made_without_validation_is_the_row() -> None:
    assert unvalidated(Example)(**dict(ROW)) == ROW


def test_a_missing_cell_is_not_written() -> None:
    short = {name: value for name, value in ROW if name != "many"}
    row = unvalidated(Example)(**short)
    with pytest.raises(AttributeError, match="many"):
        list(example.cells([row]))


def test_a_key_an_owner_and_an_index_are_columns() -> None:
    for wrong in ({"key": ["other"]}, {"owner": "other"}, {"indexes": [["other"]]}):
        options: dict[str, Any] = {"key": ["number"], "owner": "number"} | wrong
        with pytest.raises((TypeError, KeyError), match="other"):
            View("wrong", Inside, **options)
        metadata.remove(metadata.tables["wrong"]) if "wrong" in metadata.tables else None


def test_a_stream_s_entries_are_found_by_the_key_of_the_timeline() -> None:
    """Whoever opens a case does not wait until all cases' events are looked through."""
    with closing(sqlite3.connect(":memory:")) as connection:
        create(connection, made=True)
        asked = "FROM timeline WHERE stream = 'case/a' AND position > 7"
        (plan,) = connection.execute(f"EXPLAIN QUERY PLAN SELECT details {asked}").fetchall()
    assert "(stream=? AND position>?)" in str(plan)


def test_a_field_no_column_can_keep_is_refused() -> None:
    class Wrong(Message):
        many: frozenset[int]

    with pytest.raises(TypeError, match="no column"):
        View("wrong", Wrong, key=["many"], owner="many")


def test_every_column_of_every_view_stands_once() -> None:
    names = {view.name: view.names for view in VIEWS}
    assert all(len(found) == len(set(found)) for found in names.values())
    assert names.keys() == metadata.tables.keys() - {"state"}


@pytest.mark.parametrize("said", [True, False])
def test_yes_and_no_are_asked_for_as_they_are_written(*, said: bool) -> None:
    columns = [each for view in VIEWS for each in view.c if isinstance(each.type, Flag)]
    assert columns
    for each in columns:
        asked = str(each.is_(said).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
        assert " = " in asked, asked
        assert str(each.is_(None).compile()).endswith("IS NULL")
