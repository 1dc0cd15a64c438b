"""Agreements and where their money stands, and the projects they pay for. Amounts in MAD."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Connection, Index, Text, select

from domain.message import StreamKind
from projections.deriving import Derived, Folds
from projections.tables import (
    Flag,
    Mad,
    Row,
    centimes,
    date_column,
    id_column,
    text,
    view_table,
)
from projections.views.pages import Page, newest_first

agreements = view_table(
    "agreements",
    id_column("agreement_id", primary_key=True),
    Column("province", Text, nullable=False),
    Column("season", Text, nullable=False),
    date_column("season_starts_on", nullable=False),
    date_column("season_ends_on", nullable=False),
    Column("funding_source", Text, nullable=False),
    date_column("signed_on", nullable=False),
    Column("signed_at", Text, nullable=False),
    Column("envelope", Mad, nullable=False),
    Column("available", Mad, nullable=False),
    Column("places", BigInteger, nullable=False),
    Column("places_taken", BigInteger, nullable=False),
    Column("received", Mad, nullable=False),
    Column("committed", Mad, nullable=False),
    Column("contracted", Mad, nullable=False),
    Column("paid", Mad, nullable=False),
    Column("delivered", Mad, nullable=False),
    Column("repaid", Mad, nullable=False),
    Column("status", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    owner="agreement_id",
)
Index("agreements_in_order", agreements.c.signed_on, agreements.c.agreement_id)

projects = view_table(
    "projects",
    id_column("project_id", primary_key=True),
    id_column("case_id", nullable=False),
    id_column("beneficiary_id", nullable=False),
    id_column("agreement_id"),
    Column("trade", Text, nullable=False),
    Column("sector", Text, nullable=False),
    Column("province", Text, nullable=False),
    Column("estimated", Mad, nullable=False),
    Column("own_contribution", Mad, nullable=False),
    Column("decision", Text),
    Column("approved", Flag, nullable=False),
    Column("equipment_amount", Mad, nullable=False),
    Column("cash_grant", Mad, nullable=False),
    Column("ordered", Mad, nullable=False),
    Column("paid", Mad, nullable=False),
    Column("goods_delivered", Mad, nullable=False),
    Column("cash_delivered", Mad, nullable=False),
    Column("condition", Text),
    Column("equipment", Text),
    Column("version", BigInteger, nullable=False),
    owner="project_id",
)
Index("projects_by_case", projects.c.case_id)
Index("projects_by_agreement", projects.c.agreement_id)

OPEN, CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement's balances; `available` can still be committed."""

    agreement_id: UUID
    province: str
    season: str
    season_starts_on: date
    season_ends_on: date
    funding_source: str
    signed_on: date
    signed_at: str
    envelope: Decimal
    available: Decimal
    places: int
    places_taken: int
    received: Decimal
    committed: Decimal
    contracted: Decimal
    paid: Decimal
    delivered: Decimal
    repaid: Decimal
    status: str
    version: int


@dataclass(frozen=True, slots=True)
class Project:
    """A project, by its first holder's case; `decision` is the committee's last."""

    project_id: UUID
    case_id: UUID
    beneficiary_id: UUID
    agreement_id: UUID | None
    trade: str
    sector: str
    province: str
    estimated: Decimal
    own_contribution: Decimal
    decision: str | None
    approved: bool
    equipment_amount: Decimal
    cash_grant: Decimal
    ordered: Decimal
    paid: Decimal
    goods_delivered: Decimal
    cash_delivered: Decimal
    condition: str | None
    equipment: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Filters:
    province: str | None = None
    season: str | None = None
    funding_source: str | None = None
    status: str | None = None


def find(
    conn: Connection, filters: Filters, after: str | None = None, limit: int = 50
) -> Page[Agreement]:
    """One page, the latest signed first."""
    query = select(agreements).where(
        *(
            agreements.c[field.name] == getattr(filters, field.name)
            for field in fields(filters)
            if getattr(filters, field.name) is not None
        )
    )
    signed_on, name = agreements.c.signed_on, agreements.c.agreement_id
    return newest_first(conn, query, signed_on, name, after=after, limit=limit, read=_agreement)


def get(conn: Connection, agreement_id: UUID) -> Agreement | None:
    query = select(agreements).where(agreements.c.agreement_id == agreement_id)
    row = conn.execute(query).one_or_none()
    return None if row is None else _agreement(row)


def projects_of(conn: Connection, agreement_id: UUID) -> list[Project]:
    """The projects decided under an agreement, by id."""
    return list(_projects(conn, projects.c.agreement_id, agreement_id))


def projects_of_case(conn: Connection, case_id: UUID) -> list[Project]:
    """The projects a case has proposed, by id."""
    return list(_projects(conn, projects.c.case_id, case_id))


def _projects(conn: Connection, column: Column[UUID], name: UUID) -> Iterator[Project]:
    query = select(projects).where(column == name).order_by(projects.c.project_id)
    return (Project(**row._mapping) for row in conn.execute(query))  # noqa: SLF001 (SQLAlchemy's public name for it)


def _agreement(row: Any) -> Agreement:
    return Agreement(**row._mapping)  # noqa: SLF001 (SQLAlchemy's public name for it)


def _agreement_rows(name: str, folds: Folds) -> Iterable[Row]:
    fold = folds.agreement(UUID(name))
    state, signed = fold.state, fold.signed
    if signed is None or fold.signed_on is None:
        return ()
    return (
        (
            name,
            signed.province,
            signed.season.label,
            signed.season.starts_on.isoformat(),
            signed.season.ends_on.isoformat(),
            str(signed.funding_source),
            fold.signed_on.isoformat(),
            signed.signed_at,
            centimes(state.envelope),
            centimes(state.available),
            state.planned_places + state.allowed_places,
            state.places_taken,
            centimes(state.received),
            centimes(state.committed),
            centimes(state.contracted),
            centimes(state.paid),
            centimes(state.delivered),
            centimes(state.repaid),
            CLOSED if state.closed else OPEN,
            state.seen,
        ),
    )


def _project_rows(name: str, folds: Folds) -> Iterable[Row]:
    fold = folds.project(name)
    state, registered = fold.state, fold.registered
    if registered is None:
        return ()
    holder = registered.holders[0]
    return (
        (
            name,
            str(holder.case_id),
            str(holder.beneficiary_id),
            text(fold.agreement_id),
            str(registered.trade),
            str(registered.sector),
            registered.province,
            centimes(state.estimated_cost),
            centimes(registered.own_contribution),
            text(fold.decision),
            int(state.approved),
            centimes(state.equipment_amount),
            centimes(state.cash_grant),
            centimes(state.ordered_total),
            centimes(state.paid),
            centimes(fold.delivered_goods),
            centimes(state.cash_paid),
            text(state.condition),
            text(state.equipment),
            state.seen,
        ),
    )


AGREEMENTS = Derived(agreements, StreamKind.AGREEMENT, _agreement_rows)
PROJECTS = Derived(projects, StreamKind.PROJECT, _project_rows)
