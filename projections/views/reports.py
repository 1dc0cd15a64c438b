"""Numbers people ask for. The counting basis is in the name: people, projects, deliveries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import computed_field
from sqlalchemy import Connection, and_, case, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.case.schedule import ReviewKind
from domain.message import Message
from domain.values.money import to_centimes
from projections.columns import Mad
from projections.views.report_rows import deliveries, reviews

facts = deliveries.c


class Dimension(StrEnum):
    """What deliveries can be counted by."""

    CEREMONY = "ceremony"
    PROVINCE = "province"
    REGION = "region"
    SEASON = "season"
    FUNDING_SOURCE = "funding_source"
    TRADE = "trade"
    SECTOR = "sector"
    SEX = "sex"
    AGE = "age"
    ROUTE = "route"
    SINCE_RELEASE = "since_release"
    CENTRE = "centre"

    @property
    def column(self) -> ColumnElement[Any]:
        return facts.ceremony_id if self is Dimension.CEREMONY else facts[self.value]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which deliveries count; the days are both included."""

    since: date | None = None
    until: date | None = None
    season: str | None = None
    province: str | None = None
    region: str | None = None
    centre: str | None = None
    funding_source: str | None = None
    ceremony_id: UUID | None = None


class Delivered(Message):
    """What was handed over (MAD), to how many people, in how many projects and deliveries."""

    key: str | None
    """A value of the dimension; null for what has none."""
    people: int
    erased: int
    """Of the people: those erased since, who are counted by what was kept of them."""
    projects: int
    deliveries: int
    goods: Decimal
    cash: Decimal

    @computed_field  # type: ignore[prop-decorator]  # as pydantic's documentation has it
    @property
    def total(self) -> Decimal:
        return self.goods + self.cash

    @computed_field  # type: ignore[prop-decorator]  # as pydantic's documentation has it
    @property
    def cost_a_head(self) -> Decimal | None:
        """MAD a person, to the centime."""
        return to_centimes(self.total / self.people) if self.people else None


class Visits(Message):
    """Visits after delivery, by how they stand on a day."""

    done: int
    due: int
    overdue: int
    scheduled: int
    exempt: int
    """For a reason of the person's."""
    exempt_by_house: int
    """For one of the house's: no staff, no vehicle, no access."""
    missed: int
    """Not held, and not to be any more: a later one was, or it was past when first known."""


def by(conn: Connection, dimension: Dimension, filters: Filters | None = None) -> list[Delivered]:
    """What was delivered, by a dimension; by its value, what has none at the end."""
    column = dimension.column
    query = select(column, *_sums()).where(*_conditions(filters)).group_by(column)
    rows = [_delivered(row) for row in conn.execute(query)]
    return sorted(rows, key=lambda row: (row.key is None, row.key or ""))


def total(conn: Connection, filters: Filters | None = None) -> Delivered:
    """What was delivered in all; a person who received under two dimensions counts once."""
    (row,) = conn.execute(select(*_sums()).where(*_conditions(filters)))
    return _delivered((None, *row))


def cases_behind(conn: Connection, filters: Filters | None = None) -> list[UUID]:
    """The cases a number counts."""
    query = select(facts.case_id).distinct().where(*_conditions(filters)).order_by(facts.case_id)
    return list(conn.scalars(query))


def visits(conn: Connection, today: date, centre: str | None = None) -> Visits:
    """How the visits after delivery stand on a day."""
    table = reviews.c
    late, early = table.window_end < today, table.window_start > today
    outstanding = case((late, "overdue"), (early, "scheduled"), else_="due")
    exempt = or_(table.state == "exempt", table.exempt_until > today)
    standing = case(
        (and_(exempt, table.by_house == True), "exempt_by_house"),  # noqa: E712 (a column)
        (exempt, "exempt"),
        (table.state == "outstanding", outstanding),
        else_=table.state,
    ).label("standing")
    query = select(standing, func.count()).where(table.kind == str(ReviewKind.VISIT))
    if centre is not None:
        query = query.where(table.centre == centre)
    found = {state: many for state, many in conn.execute(query.group_by("standing"))}  # noqa: C416 (a Row is no tuple to mypy)
    return Visits(
        done=found.get("done", 0),
        due=found.get("due", 0),
        overdue=found.get("overdue", 0),
        scheduled=found.get("scheduled", 0),
        exempt=found.get("exempt", 0),
        exempt_by_house=found.get("exempt_by_house", 0),
        missed=found.get("missed", 0),
    )


def _sums() -> tuple[ColumnElement[Any], ...]:
    return (
        func.count(facts.beneficiary_id.distinct()),
        func.count(case((facts.erased == True, facts.beneficiary_id)).distinct()),  # noqa: E712 (a column)
        func.count(facts.project_id.distinct()),
        func.count(),
        func.coalesce(func.sum(facts.goods, type_=Mad), 0, type_=Mad),
        func.coalesce(func.sum(facts.cash, type_=Mad), 0, type_=Mad),
    )


def _conditions(filters: Filters | None) -> Iterator[ColumnElement[bool]]:
    if filters is None:
        return
    if filters.since is not None:
        yield facts.delivered_on >= filters.since
    if filters.until is not None:
        yield facts.delivered_on <= filters.until
    for name in ("season", "province", "region", "centre", "funding_source", "ceremony_id"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield facts[name] == wanted


def _delivered(row: Any) -> Delivered:
    key, people, erased, projects, many, goods, cash = row
    return Delivered(
        key=None if key is None else str(key),
        people=people,
        erased=erased,
        projects=projects,
        deliveries=many,
        goods=goods,
        cash=cash,
    )
