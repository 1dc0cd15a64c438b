"""What became of referrals, and of requests for one: a row each, for both centres.

Who asked for a case by a number knows neither it nor its person: what such a row says of them is left
out by the query. No name stands here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import Connection, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.case.moment import day_of
from domain.case.referral.answering import of_referral, of_request
from domain.case.referral.state import Answered
from domain.case.referral.vocabulary import ReferralOutcome
from domain.case.state import CaseState
from domain.message import FieldClass, Message, StreamKind, derived_id
from projections.deriving import Derived, Folds
from projections.view import UNANSWERED, View, unvalidated
from projections.views.pages import Order, Page, Part, page_of


class AnsweredRow(Message):
    """A referral, or a request for one, that waits no more."""

    answer_id: UUID
    case_id: UUID
    reference: str = Field(examples=["TAZ-24-0017"])
    centre: str
    """Whose the case is."""
    asked: bool
    """Whether the other centre had asked for the case, which it knows by a number alone."""
    from_centre: str
    """Whose the case was."""
    to_centre: str
    asked_on: date
    asked_by: UUID
    """Who referred it, or asked for it."""
    explanation: Annotated[str | None, FieldClass.PERSONAL]
    """What they wrote."""
    outcome: ReferralOutcome
    answered_on: date
    answered_by: UUID | None
    """Nobody where the case was closed meanwhile."""
    why: Annotated[str | None, FieldClass.PERSONAL]
    """What whoever answered wrote."""
    restricted: Annotated[bool, UNANSWERED]
    """Whether the person's data is restricted."""


answered = View(
    "answered_referrals",
    AnsweredRow,
    key=["answer_id"],
    owner="case_id",
    indexes=[["answered_on", "answer_id"]],
)
_row = unvalidated(AnsweredRow)

LAST_ANSWERED = "-answered_on"
ORDER = Order((answered.c.answered_on,), answered.c.answer_id, descending=True)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    outcome: ReferralOutcome | None = None
    reader: str | None = None
    """To this centre or from it."""
    unrestricted: bool | None = None
    """Only of cases whose person's data is not restricted."""


def find(conn: Connection, filters: Filters, part: Part) -> Page[AnsweredRow]:
    """The last answered first."""
    query = select(answered.table).where(*_conditions(filters))
    return page_of(conn, query, ORDER, part, filters, answered.read)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.outcome is not None:
        yield answered.c.outcome == filters.outcome
    if filters.reader is not None:
        yield or_(answered.c.to_centre == filters.reader, answered.c.from_centre == filters.reader)
    if filters.unrestricted:
        yield answered.c.restricted.is_(False)


def _rows(name: str, folds: Folds) -> Iterable[AnsweredRow]:
    case = folds.case(name).state
    if case.beneficiary_id is None:
        return
    restricted = folds.beneficiary(case.beneficiary_id).state.restricted
    for each in (*case.referrals.answered, *_closed(case)):
        kind = "request" if each.asked else "referral"
        if case.centre is None or each.answered_on is None:
            continue
        yield _row(
            answer_id=derived_id(UUID(name), f"{kind}/{each.number}"),
            case_id=UUID(name),
            reference=case.reference,
            centre=case.centre,
            asked=each.asked,
            from_centre=each.from_centre,
            to_centre=each.to_centre,
            asked_on=each.since,
            asked_by=each.by,
            explanation=each.explanation,
            outcome=each.outcome,
            answered_on=each.answered_on,
            answered_by=each.answered_by,
            why=each.why,
            restricted=restricted,
        )


def _closed(case: CaseState) -> Iterator[Answered]:
    """What waited when the case was closed."""
    on, outcome = day_of(case.turned), ReferralOutcome.CASE_CLOSED
    if case.is_open or on is None:
        return
    if case.referrals.pending is not None:
        yield of_referral(case.referrals.pending, outcome, None, on)
    for centre, asked in case.referrals.asked.items():
        yield of_request(asked, centre, case.centre, outcome, None, on)


ANSWERED_REFERRALS = Derived(answered, StreamKind.CASE, _rows)
