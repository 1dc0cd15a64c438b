"""Referrals that wait for an answer: a row each, with no more than the answer is given on.

Whoever receives one reads this row before the case is theirs: so neither a name nor the person's
id stands in it. One is gone once it is answered or taken back, and while the case is
closed, or its data restricted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import Connection, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.case.referral.vocabulary import ReferralReason
from domain.message import FieldClass, Message, StreamKind
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated
from projections.views.pages import Order, Page, Part, page_of


class ReferralRow(Message):
    """A case that one centre refers to another, which has not answered."""

    referral_id: UUID
    case_id: UUID
    """Of the case that its answer is given on."""
    reference: str = Field(examples=["TAZ-24-0017"])
    from_centre: str
    to_centre: str
    referred_on: date
    province: str
    """Where the person lives."""
    because: Annotated[ReferralReason | None, FieldClass.PERSONAL]
    explanation: Annotated[str | None, FieldClass.PERSONAL]
    """What the other centre wrote for the answer; null once the person is erased."""


referrals = View(
    "referrals",
    ReferralRow,
    key=["referral_id"],
    owner="case_id",
    indexes=[["referred_on", "referral_id"]],
)
_row = unvalidated(ReferralRow)

FIRST_REFERRED = "referred_on"
ORDER = Order((referrals.c.referred_on,), referrals.c.referral_id)


@dataclass(frozen=True, slots=True)
class Filters:
    """All that are given must hold."""

    to_centre: str | None = None
    from_centre: str | None = None
    case_id: UUID | None = None
    reader: str | None = None
    """To this centre or from it."""


def find(conn: Connection, filters: Filters, part: Part) -> Page[ReferralRow]:
    """The first referred first."""
    query = select(referrals.table).where(*_conditions(filters))
    return page_of(conn, query, ORDER, part, filters, referrals.read)


def _conditions(filters: Filters) -> Iterator[ColumnElement[bool]]:
    for name in ("to_centre", "from_centre", "case_id"):
        wanted = getattr(filters, name)
        if wanted is not None:
            yield referrals.c[name] == wanted
    if filters.reader is not None:
        yield or_(
            referrals.c.to_centre == filters.reader, referrals.c.from_centre == filters.reader
        )


def _rows(name: str, folds: Folds) -> Iterable[ReferralRow]:
    case = folds.case(name).state
    referral = case.referrals.pending
    if referral is None or not case.is_open or case.province is None:
        return
    if case.restricted is not None:
        return
    yield _row(
        referral_id=referral.referral_id,
        case_id=UUID(name),
        reference=case.reference,
        from_centre=referral.from_centre,
        to_centre=referral.to_centre,
        referred_on=referral.when.on,
        province=case.province,
        because=referral.because,
        explanation=referral.explanation,
    )


REFERRALS = Derived(referrals, StreamKind.CASE, _rows)
