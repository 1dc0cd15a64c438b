"""What people asked about their data, and by when it is answered: a row a request.

A row stays when the person is erased, without a name: that they asked, and were answered.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.sql.elements import ColumnElement

from domain.beneficiary.rights.vocabulary import (
    DataRequestAnswer,
    DataRequestedBy,
    DataRequestKind,
)
from domain.message import FieldClass, Message, StreamKind
from projections.deriving import Derived, Folds
from projections.view import UNANSWERED, View, unvalidated
from projections.views.caseload_rows import caseload
from projections.views.pages import Order, Page, Part, page_of

FIRST_DUE = "due_on"


class DataRequestRow(Message):
    """Somebody asked something about their data."""

    data_request_id: UUID
    beneficiary_id: UUID
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    centre: str | None
    kind: DataRequestKind
    asked_by: DataRequestedBy
    asked_on: date
    due_on: date
    """By which it is answered: by the rules of the day it was asked."""
    answered_on: date | None
    answer: DataRequestAnswer | None
    erased_on: date | None
    restricted_until: Annotated[date | None, UNANSWERED]


data_requests = View(
    "data_requests",
    DataRequestRow,
    key=["data_request_id"],
    owner="beneficiary_id",
    indexes=[["due_on", "data_request_id"], ["centre", "due_on"], ["beneficiary_id"]],
)
_row = unvalidated(DataRequestRow)
ORDER = Order((data_requests.c.due_on,), data_requests.c.data_request_id)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    centre: str | None = None
    beneficiary_id: UUID | None = None
    waiting: bool | None = None
    """Those that nobody answered yet; or those that somebody did."""
    unrestricted: bool | None = None


def find(conn: Connection, filters: Filters, part: Part | None = None) -> Page[DataRequestRow]:
    """One page, what is due first first."""
    query = select(data_requests.table).where(*_conditions(filters))
    return page_of(conn, query, ORDER, part or Part(FIRST_DUE), filters, data_requests.read)


def references(
    conn: Connection, whose: Collection[UUID], *, restricted: bool
) -> Mapping[UUID, str]:
    """By the people, of the case opened last; `restricted`: of those too whose data is restricted."""
    row = caseload.c
    query = select(row.beneficiary_id, row.reference).where(row.beneficiary_id.in_(whose))
    if not restricted:
        query = query.where(row.restricted_until.is_(None))
    found = conn.execute(query.order_by(row.opened_on, row.case_id))
    return {each.beneficiary_id: each.reference for each in found}


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    row = data_requests.c
    if filters.centre is not None:
        yield row.centre == filters.centre
    if filters.beneficiary_id is not None:
        yield row.beneficiary_id == filters.beneficiary_id
    if filters.waiting is not None:
        answered = row.answered_on
        yield answered.is_(None) if filters.waiting else answered.is_not(None)
    if filters.unrestricted:
        yield row.restricted_until.is_(None)


def _rows(name: str, folds: Folds) -> Iterable[DataRequestRow]:
    person = folds.beneficiary(name).state
    for request_id, asked in person.data_requests.items():
        yield _row(
            data_request_id=request_id,
            beneficiary_id=UUID(name),
            name_ar=person.name_ar,
            name_latin=person.name_latin,
            centre=person.centre,
            kind=asked.kind,
            asked_by=asked.asked_by,
            asked_on=asked.on,
            due_on=asked.on + timedelta(days=asked.answer_days),
            answered_on=asked.answered_on,
            answer=asked.answer,
            erased_on=person.erased_on,
            restricted_until=person.restricted_until,
        )


DATA_REQUESTS = Derived(data_requests, StreamKind.BENEFICIARY, _rows)
