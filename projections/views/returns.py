"""Who came back to prison after a release: a row a stay of a case, counted by releases.

A release counts for so many years once they are over; a return is the person's next entry, in
whichever of their cases it is told. Of who is erased nothing is known of custody any more.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated
from uuid import UUID

from sqlalchemy import Connection, and_, case, func, or_, select

from domain.case.moment import day_of
from domain.message import FieldClass, Message, StreamKind
from domain.values.calendar import months_after
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated

YEARS = (1, 2, 4)
FEWEST = 5
"""Fewer than so many are not told: they could be told apart."""


class StayRow(Message):
    """One time of being inside, and the days by which so many years since the release are over."""

    case_id: UUID
    number: int
    beneficiary_id: UUID
    centre: str | None
    entered_on: Annotated[date | None, FieldClass.JUDICIAL]
    left_on: Annotated[date | None, FieldClass.JUDICIAL]
    year_1: Annotated[date | None, FieldClass.JUDICIAL]
    year_2: Annotated[date | None, FieldClass.JUDICIAL]
    year_4: Annotated[date | None, FieldClass.JUDICIAL]


class Returned(Message):
    """Of the releases so many years ago, how many were followed by a return to prison within them."""

    years: int
    releases: int | None
    """Whose years are over: the basis. Null where there are fewer than five."""
    returned: int | None
    """Null where there are fewer than five, and none can be told."""


stays = View(
    "stays",
    StayRow,
    key=["case_id", "number"],
    owner="case_id",
    indexes=[["beneficiary_id", "entered_on"]],
)
_row = unvalidated(StayRow)


def within_years(conn: Connection, today: date, centre: str | None = None) -> list[Returned]:
    """For one, two and four years; of a centre's cases, or of all."""
    left, later = stays.table.alias("left"), stays.table.alias("later")
    own = and_(later.c.case_id == left.c.case_id, later.c.number == left.c.number)
    back = (
        select(func.min(later.c.entered_on))
        .where(later.c.beneficiary_id == left.c.beneficiary_id, ~own)
        .where(later.c.entered_on >= left.c.left_on)
        .where(or_(left.c.entered_on.is_(None), later.c.entered_on > left.c.entered_on))
        .correlate(left)
        .scalar_subquery()
    )
    query = select(left.c.year_1, left.c.year_2, left.c.year_4, back.label("back"))
    query = query.where(left.c.left_on.is_not(None))
    if centre is not None:
        query = query.where(left.c.centre == centre)
    found = query.subquery("released")
    counts = []
    for years in YEARS:
        over = found.c[f"year_{years}"]
        counts.append(func.count(case((over <= today, 1))))
        counts.append(func.count(case((and_(over <= today, found.c.back <= over), 1))))
    (row,) = conn.execute(select(*counts))
    pairs = zip(YEARS, row[::2], row[1::2], strict=True)
    return [
        Returned(years=years, releases=_told(releases), returned=_told(returned))
        for years, releases, returned in pairs
    ]


def _told(count: int) -> int | None:
    return count if count >= FEWEST else None


def _rows(name: str, folds: Folds) -> Iterable[StayRow]:
    state = folds.case(name).state
    if state.beneficiary_id is None:
        return
    person = folds.one_of(state.beneficiary_id)
    for stay in state.custody.stays:
        left = day_of(stay.left)
        over = {f"year_{n}": months_after(left, 12 * n) if left else None for n in YEARS}
        yield _row(
            case_id=UUID(name),
            number=stay.number,
            beneficiary_id=person,
            centre=state.centre,
            entered_on=day_of(stay.entered),
            left_on=left,
            **over,
        )


STAYS = Derived(stays, StreamKind.CASE, _rows)
