"""Projects: what was asked for, decided, paid and handed over. Amounts in MAD."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.sql.elements import ColumnElement

from domain.message import Message, StreamKind
from domain.project.state import ProjectState
from domain.project.vocabulary import (
    DecisionKind,
    EquipmentCondition,
    ProjectCondition,
)
from domain.values.trades import Sector, Trade
from projections.deriving import Derived, Folds
from projections.view import UNANSWERED, View, unvalidated
from projections.views.caseload_rows import caseload


class ProjectFacts(Message):
    """What a project asked for, was granted and came to; amounts in MAD."""

    estimated: Decimal
    own_contribution: Decimal
    decision: DecisionKind | None
    """The committee's last."""
    equipment_amount: Decimal
    cash_grant: Decimal
    ordered: Decimal
    paid: Decimal
    goods_delivered: Decimal
    cash_delivered: Decimal
    complete: bool
    """Whether all that was asked for was handed over or given up."""
    condition: ProjectCondition | None
    """As of the latest visit."""
    items_in_use: int
    """So many were found so when they were last seen."""
    items_not_in_use: int
    """Sold, stolen, broken, recovered or given away when they were last seen."""


class ProjectRow(ProjectFacts):
    """A project, by its first holder's case."""

    project_id: UUID
    case_id: UUID
    beneficiary_id: UUID
    agreement_id: UUID | None
    trade: Trade
    sector: Sector
    province: str
    approved: bool
    money_moved_on: Annotated[date | None, UNANSWERED]
    """The last day on which public goods or money moved."""
    version: int


projects = View(
    "projects",
    ProjectRow,
    key=["project_id"],
    owner="project_id",
    indexes=[["case_id"], ["agreement_id"], ["beneficiary_id"]],
)
_row = unvalidated(ProjectRow)


def of_agreement(
    conn: Connection, agreement_id: UUID, centre: str | None = None
) -> list[ProjectRow]:
    """The projects decided under an agreement, by id; those of a centre's cases."""
    conditions = [projects.c.agreement_id == agreement_id]
    if centre is not None:
        theirs = select(caseload.c.case_id).where(caseload.c.centre == centre)
        conditions.append(projects.c.case_id.in_(theirs))
    return list(_found(conn, *conditions))


def of_case(conn: Connection, case_id: UUID) -> list[ProjectRow]:
    """The projects a case has proposed, by id."""
    return list(_found(conn, projects.c.case_id == case_id))


def _found(conn: Connection, *conditions: ColumnElement[bool]) -> Iterator[ProjectRow]:
    query = select(projects.table).where(*conditions).order_by(projects.c.project_id)
    return map(projects.read, conn.execute(query))


def facts_of(state: ProjectState) -> dict[str, Any]:
    """The fields of `ProjectFacts`."""
    conditions = [found.condition for found in state.found.values()]
    in_use = conditions.count(EquipmentCondition.IN_USE)
    return {
        "estimated": state.estimated_cost,
        "own_contribution": state.own_contribution,
        "decision": state.decision,
        "equipment_amount": state.equipment_amount,
        "cash_grant": state.cash_grant,
        "ordered": state.ordered_total,
        "paid": state.paid,
        "goods_delivered": state.goods_delivered,
        "cash_delivered": state.cash_paid,
        "complete": state.complete,
        "condition": state.condition,
        "items_in_use": in_use,
        "items_not_in_use": len(state.found) - in_use,
    }


def _rows(name: str, folds: Folds) -> Iterable[ProjectRow]:
    state = folds.project(name).state
    if state.trade is None or state.sector is None or state.province is None:
        return
    holder = state.holders[0]
    yield _row(
        project_id=UUID(name),
        case_id=holder.case_id,
        beneficiary_id=holder.beneficiary_id,
        agreement_id=state.agreement_id,
        trade=state.trade,
        sector=state.sector,
        province=state.province,
        approved=state.approved,
        money_moved_on=state.money_moved_on,
        **facts_of(state),
        version=state.seen,
    )


PROJECTS = Derived(projects, StreamKind.PROJECT, _rows)
