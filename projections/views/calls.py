"""Calls that the centre makes: a row for each review about which somebody cannot be written to.

Whether one is to be made today depends on the day it is asked for, which is an argument: from its first
day to the end of the review's window. It is gone once the person was reached.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy import Connection, func, select
from sqlalchemy.sql.elements import ColumnElement

from domain.case.schedule import ReviewKind
from domain.message import FieldClass, Message, StreamKind, derived_id
from domain.reaching.calls import calls as calls_of
from domain.reaching.telling import Because
from projections.deriving import Derived, Folds, outstanding
from projections.view import UNANSWERED, View, unvalidated
from projections.views.pages import Order, Page, Part, page_of


class CallRow(Message):
    """A call about a review, and who makes it."""

    call_id: UUID
    """The same for as long as it is to be made."""
    case_id: UUID
    kind: Annotated[ReviewKind | None, FieldClass.JUDICIAL]
    begins: Annotated[date | None, FieldClass.JUDICIAL]
    ends: Annotated[date | None, FieldClass.JUDICIAL]
    because: Annotated[Because | None, FieldClass.PERSONAL]
    """Why nobody is written to."""
    phone: Annotated[str | None, FieldClass.PERSONAL]
    """Null where only a relative has one."""
    tried: Annotated[int | None, FieldClass.PERSONAL]
    """How often in vain since it was to be made."""
    centre: str
    caseworker: UUID
    restricted: Annotated[bool, UNANSWERED]


WHOSE = ((), ("centre",), ("caseworker",))

calls = View(
    "calls",
    CallRow,
    key=["call_id"],
    owner="case_id",
    indexes=[["case_id"], *([*whose, "ends", "begins", "call_id"] for whose in WHOSE)],
)
columns = calls.c
_row = unvalidated(CallRow)

ENDS_FIRST = "ends"
ORDER = Order((columns.ends, columns.begins), columns.call_id)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    case_id: UUID | None = None
    centre: str | None = None
    caseworker: UUID | None = None
    absent: tuple[UUID, ...] = ()
    """For whom the caseworker stands in: theirs are among the caseworker's."""
    unrestricted: bool | None = None


def find(conn: Connection, filters: Filters, today: date, part: Part) -> Page[CallRow]:
    """Those to be made on that day; what ends the soonest first."""
    query = select(calls.table).where(*_conditions(filters, today))
    return page_of(conn, query, ORDER, part, filters, calls.read)


def count(conn: Connection, filters: Filters, today: date) -> int:
    """How many are listed."""
    query = select(func.count()).select_from(calls.table).where(*_conditions(filters, today))
    return int(conn.scalar(query) or 0)


def _conditions(filters: Filters, today: date) -> Iterator[ColumnElement[bool]]:
    yield columns.ends >= today
    yield columns.begins <= today
    if filters.caseworker is not None:
        yield columns.caseworker.in_((filters.caseworker, *filters.absent))
    for name in ("case_id", "centre"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield columns[name] == wanted
    if filters.unrestricted:
        yield columns.restricted.is_(False)


def _rows(name: str, folds: Folds) -> Iterable[CallRow]:
    fold = folds.case(name)
    state = fold.state
    if state.centre is None or state.caseworker is None or state.beneficiary_id is None:
        return
    person = folds.beneficiary(state.beneficiary_id).state
    for each in calls_of(state, person, outstanding(fold, folds)):
        yield _row(
            call_id=_id(UUID(name), each.about.key, folds),
            case_id=UUID(name),
            kind=each.about.kind,
            begins=each.begins,
            ends=each.ends,
            because=each.because,
            phone=each.phone,
            tried=each.tried,
            centre=state.centre,
            caseworker=state.caseworker,
            restricted=person.restricted,
        )


def _id(case_id: UUID, key: str, folds: Folds) -> UUID:
    """By a mark, as a task's: nobody finds a review's name by trying."""
    told = hashlib.sha256(f"{case_id}/call/{key}".encode()).hexdigest()
    return derived_id(case_id, folds.mark(told))


CALLS = Derived(calls, StreamKind.CASE, _rows)
