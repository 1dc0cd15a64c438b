"""The facts that reports count: deliveries, and how each review of a case stands.

A delivery keeps what the case was when it was confirmed (centre, province, trade), so a
published number does not change when a case moves later. The person's sex is corrected
with the person.
"""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Column, Index, Text

from domain.message import StreamKind
from domain.places import places
from domain.trades import sector_of
from projections.deriving import Derived, Folds, outstanding
from projections.folds import Delivery
from projections.tables import (
    Cell,
    Flag,
    Mad,
    Row,
    centimes,
    date_column,
    day,
    id_column,
    text,
    view_table,
)

deliveries = view_table(
    "deliveries",
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    id_column("case_id", nullable=False),
    id_column("beneficiary_id", nullable=False),
    id_column("project_id"),
    id_column("agreement_id"),
    id_column("ceremony_id"),
    date_column("delivered_on", nullable=False),
    Column("goods", Mad, nullable=False),
    Column("cash", Mad, nullable=False),
    Column("complete", Flag, nullable=False),
    Column("centre", Text),
    Column("province", Text),
    Column("region", BigInteger),
    Column("season", Text),
    Column("funding_source", Text),
    Column("trade", Text),
    Column("sector", Text),
    Column("sex", Text),
    owner="case_id",
)
Index("deliveries_by_case", deliveries.c.case_id)
Index("deliveries_by_day", deliveries.c.delivered_on)

reviews = view_table(
    "reviews",
    id_column("case_id", primary_key=True),
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    date_column("due_on"),
    date_column("window_start"),
    date_column("window_end"),
    Column("centre", Text),
    owner="case_id",
)
"""`state` is outstanding, done or exempt; only outstanding reviews have dates."""

Index("reviews_by_kind", reviews.c.kind, reviews.c.state, reviews.c.window_end)

OUTSTANDING, DONE, EXEMPT = "outstanding", "done", "exempt"


def _delivery_rows(name: str, folds: Folds) -> Iterable[Row]:
    fold = folds.case(name)
    beneficiary_id = fold.state.beneficiary_id
    if not fold.deliveries or beneficiary_id is None:
        return
    sex = text(folds.beneficiary(beneficiary_id).state.sex)
    for each in fold.deliveries:
        yield (
            each.position,
            name,
            str(beneficiary_id),
            text(each.project_id),
            text(each.agreement_id),
            text(each.ceremony_id),
            each.on.isoformat(),
            centimes(each.goods),
            centimes(each.cash),
            int(each.complete),
            each.centre,
            each.province,
            places()[each.province].region if each.province else None,
            *_funding(each, folds),
            text(each.trade),
            str(sector_of(each.trade)) if each.trade else None,
            sex,
        )


def _funding(delivery: Delivery, folds: Folds) -> tuple[Cell, Cell]:
    if delivery.agreement_id is None:
        return None, None
    agreement = folds.agreement(delivery.agreement_id).state
    season = agreement.season
    return season.label if season else None, text(agreement.funding_source)


def _review_rows(name: str, folds: Folds) -> Iterable[Row]:
    fold = folds.case(name)
    case = fold.state
    for due in outstanding(fold, folds):
        yield (
            name,
            due.key,
            str(due.kind),
            OUTSTANDING,
            day(due.due_on),
            day(due.window_start),
            day(due.window_end),
            case.centre,
        )
    for key in sorted(case.reviews_done):
        yield name, key, _kind(key), DONE, None, None, None, case.centre
    for key in sorted(case.exemptions.keys() - case.reviews_done):
        yield name, key, _kind(key), EXEMPT, None, None, None, case.centre


def _kind(key: str) -> str:
    return key.partition("/")[0]


DELIVERIES = Derived(deliveries, StreamKind.CASE, _delivery_rows)
REVIEWS = Derived(reviews, StreamKind.CASE, _review_rows)
