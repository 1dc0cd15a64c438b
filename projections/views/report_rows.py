"""The facts that reports count: deliveries, and how each review of a case stands.

A delivery keeps what the case was when it was confirmed (centre, province, trade), so a
published number does not change when a case moves later. The person's sex, age and release are
corrected with the person; once they are erased, it is counted by what was kept of them.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from domain.beneficiary.vocabulary import Sex
from domain.case.counting import deliveries_counted_by, exempt_reviews
from domain.case.reviews import occasions
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.case.vocabulary import Route
from domain.message import Message, StreamKind
from domain.rules import FundingSource
from domain.tracks.self_employment.state import handovers_of
from domain.values.bands import AgeBand, SinceRelease
from domain.values.places import places
from domain.values.trades import Sector, Trade, sector_of
from projections.deriving import Derived, Folds, outstanding
from projections.view import View, unvalidated

Settled = Literal["done", "exempt", "missed"]


class Delivery(Message):
    """A confirmed handover (MAD)."""

    position: int
    case_id: UUID
    beneficiary_id: UUID
    project_id: UUID | None
    agreement_id: UUID | None
    ceremony_id: UUID | None
    delivered_on: date
    goods: Decimal
    cash: Decimal
    centre: str | None
    province: str | None
    region: str | None
    season: str | None
    funding_source: FundingSource | None
    trade: Trade | None
    sector: Sector | None
    sex: Sex | None
    age: AgeBand | None
    route: Route | None
    since_release: SinceRelease | None
    erased: bool
    """Whether the person is erased since."""


class Review(Message):
    """How one review of a case stands; only outstanding ones have dates."""

    case_id: UUID
    key: str
    kind: ReviewKind
    state: Literal["outstanding", "done", "exempt", "missed"]
    due_on: date | None
    window_start: date | None
    window_end: date | None
    exempt_until: date | None
    """From when on it is due again, where it is outstanding after an exemption."""
    by_house: bool
    """Whether the house is the reason why it is exempt."""
    centre: str | None


deliveries = View(
    "deliveries",
    Delivery,
    key=["position"],
    owner="case_id",
    indexes=[["case_id"], ["delivered_on"]],
)
reviews = View(
    "reviews",
    Review,
    key=["case_id", "key"],
    owner="case_id",
    indexes=[["kind", "state", "window_end"]],
)
_delivery = unvalidated(Delivery)
_review = unvalidated(Review)


def _delivery_rows(name: str, folds: Folds) -> Iterable[Delivery]:
    case = folds.case(name).state
    handovers, beneficiary_id = list(handovers_of(case)), case.beneficiary_id
    if not handovers or beneficiary_id is None:
        return
    beneficiary_id = folds.one_of(beneficiary_id)
    person = folds.beneficiary(beneficiary_id).state
    counted = deliveries_counted_by(case, person.sex, person.born)
    for each, by in zip(handovers, counted, strict=True):
        season, source = folds.funding(each.agreement_id)
        yield _delivery(
            position=each.position,
            case_id=UUID(name),
            beneficiary_id=beneficiary_id,
            project_id=each.project_id,
            agreement_id=each.agreement_id,
            ceremony_id=each.ceremony_id,
            delivered_on=each.on,
            goods=each.goods,
            cash=each.cash,
            centre=each.centre,
            province=each.province,
            region=places()[each.province].region if each.province else None,
            season=season,
            funding_source=source,
            trade=each.trade,
            sector=sector_of(each.trade) if each.trade else None,
            sex=by.sex,
            age=by.age,
            route=by.route,
            since_release=by.since_release,
            erased=person.erased,
        )


def _review_rows(name: str, folds: Folds) -> Iterable[Review]:
    fold = folds.case(name)
    case, case_id = fold.state, UUID(name)
    for due in outstanding(fold, folds):
        yield _review(
            case_id=case_id,
            key=due.key,
            kind=due.kind,
            state="outstanding",
            due_on=due.due_on,
            window_start=due.falls_due,
            window_end=due.window_end,
            exempt_until=_exempt_until(case, due.key),
            by_house=_by_house(case, due.key),
            centre=case.centre,
        )
    exempt = exempt_reviews(case)
    settled: dict[str, Settled] = dict.fromkeys(exempt, "exempt")
    for each in occasions(case, folds.calendar):
        if each.completed is not None:
            settled[each.due.key] = "done"
        elif each.missed:
            settled.setdefault(each.due.key, "missed")
    for key, state in sorted(settled.items()):
        by_house = state == "exempt" and exempt[key]
        yield _settled(case_id, key, state, case.centre, by_house=by_house)


def _exempt_until(case: CaseState, key: str) -> date | None:
    exemption = case.exemptions.get(key)
    return exemption.until if exemption else None


def _by_house(case: CaseState, key: str) -> bool:
    exemption = case.exemptions.get(key)
    return exemption is not None and exemption.by_house


def _settled(
    case_id: UUID, key: str, state: Settled, centre: str | None, *, by_house: bool
) -> Review:
    kind = ReviewKind(key.partition("/")[0])
    return _review(
        case_id=case_id,
        key=key,
        kind=kind,
        state=state,
        due_on=None,
        window_start=None,
        window_end=None,
        exempt_until=None,
        by_house=by_house,
        centre=centre,
    )


DELIVERIES = Derived(deliveries, StreamKind.CASE, _delivery_rows)
REVIEWS = Derived(reviews, StreamKind.CASE, _review_rows)
