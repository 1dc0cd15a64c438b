"""The rows of the caseload: one a case, with the names to find it by and its next review.

The only view that holds anything personal: names and the text to search them by. Both go
when the person is erased.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, Text

from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.case.vocabulary import TrackKind
from domain.message import StreamKind
from domain.places import places
from projections.deriving import Derived, Folds, outstanding
from projections.tables import (
    Cell,
    Flag,
    Row,
    date_column,
    day,
    id_column,
    text,
    view_table,
)
from projections.views.spelling import search_text

caseload = view_table(
    "caseload",
    id_column("case_id", primary_key=True),
    id_column("beneficiary_id", nullable=False),
    Column("name_ar", Text),
    Column("name_latin", Text),
    Column("search", Text, nullable=False),
    Column("sex", Text),
    Column("stage", Text, nullable=False),
    Column("paused", Flag, nullable=False),
    Column("outcome", Text),
    Column("centre", Text, nullable=False),
    id_column("caseworker", nullable=False),
    Column("province", Text, nullable=False),
    Column("region", BigInteger, nullable=False),
    Column("season", Text),
    Column("funding_source", Text),
    Column("track", Text),
    Column("trade", Text),
    date_column("opened_on", nullable=False),
    Column("review_key", Text),
    Column("review_kind", Text),
    date_column("due_on"),
    date_column("window_start"),
    date_column("window_end"),
    date_column("due_from"),
    date_column("overdue_after"),
    Column("version", BigInteger, nullable=False),
    date_column("last_event_on"),
    owner="case_id",
)
"""`due_from` and `overdue_after` are the first window's start and the first window's end of
all outstanding reviews: with them any day's due and overdue cases can be told."""

for _name in ("centre", "caseworker", "stage", "province", "season"):
    Index(f"caseload_by_{_name}", caseload.c[_name], caseload.c.opened_on, caseload.c.case_id)
Index("caseload_in_order", caseload.c.opened_on, caseload.c.case_id)
Index("caseload_by_person", caseload.c.beneficiary_id)
Index("caseload_overdue", caseload.c.overdue_after)
Index("caseload_due", caseload.c.due_from)


def _rows(name: str, folds: Folds) -> Iterable[Row]:
    fold = folds.case(name)
    case = fold.state
    if case.beneficiary_id is None or case.opened is None:
        return ()
    person = folds.beneficiary(case.beneficiary_id).state
    return (
        (
            name,
            str(case.beneficiary_id),
            person.name_ar,
            person.name_latin,
            search_text(person.name_ar, person.name_latin),
            text(person.sex),
            str(case.stage),
            int(case.paused is not None),
            text(case.outcome),
            case.centre,
            text(case.caseworker),
            case.province,
            places()[case.province or ""].region,
            *_funding(_agreement(case), folds),
            *_track(case),
            case.opened.on.isoformat(),
            *_reviews(outstanding(fold, folds)),
            case.seen,
            day(fold.last_event_on),
        ),
    )


def _agreement(case: CaseState) -> UUID | None:
    return case.self_employment.agreement_id if case.self_employment else None


def _funding(agreement_id: UUID | None, folds: Folds) -> tuple[Cell, Cell]:
    """Season and source of the agreement the case is submitted or approved under."""
    if agreement_id is None:
        return None, None
    agreement = folds.agreement(agreement_id).state
    season = agreement.season
    return season.label if season else None, text(agreement.funding_source)


def _track(case: CaseState) -> tuple[Cell, Cell]:
    if case.self_employment is None:
        return None, None
    return str(TrackKind.SELF_EMPLOYMENT), text(case.self_employment.trade)


def _reviews(dues: tuple[Due, ...]) -> tuple[Cell, ...]:
    if not dues:
        return (None,) * 7
    soonest = dues[0]
    return (
        soonest.key,
        str(soonest.kind),
        day(soonest.due_on),
        day(soonest.window_start),
        day(soonest.window_end),
        day(min(due.window_start for due in dues)),
        day(min(due.window_end for due in dues)),
    )


CASELOAD = Derived(caseload, StreamKind.CASE, _rows)
