"""Two facts told in either order come to the same present: late entry makes nothing worse.

`JISR_DIAMOND_PAIRS` tries so many pairs instead, `JISR_DIAMOND_SEED` repeats a run.
"""

import os
import secrets
from collections import Counter
from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from domain.beneficiary.steps import ChangeDetails
from domain.beneficiary.vocabulary import Sex
from domain.case import steps as s
from domain.case import vocabulary as words
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import DetentionKind, PardonKind, ReleaseKind
from domain.example.person import EXAMPLE, PROJECT
from domain.example.way import Way
from domain.message import Step
from domain.order.steps import LineOrdered, LineSum, PayInvoice, PlaceOrder, ReceiveLines
from domain.project.items import CashInstalment, ItemFound, ItemHandover
from domain.project.vocabulary import EquipmentCondition, ProjectCondition
from domain.rules import ExemptionReason
from domain.tracks.self_employment import steps as ts
from domain.values.trades import Trade
from tests.unit.domain.conftest import House
from tests.unit.domain.diamond import both_ways, pairs_of, reachable

PAIRS = int(os.environ.get("JISR_DIAMOND_PAIRS", "2000"))
TRIES = 25
"""Random steps tried on one state; the accepted ones are paired."""


@pytest.mark.timeout(300 + PAIRS // 20)
def test_two_random_steps_accepted_in_both_orders_come_to_the_same(house: House) -> None:
    seed = int(os.environ.get("JISR_DIAMOND_SEED") or secrets.randbelow(10**6))
    print(f"JISR_DIAMOND_SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    random, tried, wrong = Random(seed), 0, Counter[str]()
    while tried < PAIRS:
        for pair in pairs_of(random, reachable(random, house), TRIES):
            tried += not pair.tied
            if pair.differs and not pair.tied:
                wrong[f"{pair.first!r} / {pair.second!r}"] += 1
    assert not wrong, list(wrong)[:5]


Two = Callable[[Way], tuple[Step, Step]]


def contact(day: date) -> Step:
    reached = words.ContactOutcome.REACHED
    return s.RecordContact(occurred_on=day, channel=words.Channel.PHONE, outcome=reached)


def order(day: date, item: int) -> Step:
    line = LineOrdered(project_id=PROJECT, item=item, price=EXAMPLE.items[item - 1].price)
    return PlaceOrder(occurred_on=day, supplier=EXAMPLE.supplier, contract="C", lines=(line,))


def handover(day: date, item: int) -> Step:
    return ts.ConfirmDelivery(occurred_on=day, items=(ItemHandover(item=item),))


def visit(day: date, project: ProjectCondition, review: str | None = None) -> Step:
    found = (ItemFound(item=1, condition=EquipmentCondition.IN_USE),)
    return ts.RecordVisit(occurred_on=day, review=review, project=project, items=found)


def study(day: date, provider: str, *, sound: bool) -> Step:
    return ts.RecordStudy(
        occurred_on=day,
        provider=provider,
        technically_sound=sound,
        financially_sound=True,
        recommended_amount=EXAMPLE.cost,
    )


BOTH_WAYS: dict[str, tuple[type[Step] | None, Two]] = {
    "two contacts outside": (
        ts.ProposeProject,
        lambda way: (contact(way.day(308)), contact(way.day(315))),
    ),
    "a contact before the release, and the release": (
        custody.RecordRelease,
        lambda way: (
            contact(way.day(290)),
            custody.RecordRelease(occurred_on=way.day(300), release=ReleaseKind.END_OF_SENTENCE),
        ),
    ),
    "the release, and the first contact after it": (
        custody.RecordRelease,
        lambda way: (
            custody.RecordRelease(occurred_on=way.day(300), release=ReleaseKind.END_OF_SENTENCE),
            contact(way.day(302)),
        ),
    ),
    "two expected releases": (
        s.RecordEducation,
        lambda way: (
            custody.ChangeExpectedEnd(occurred_on=way.day(100), expected_end=way.day(310)),
            custody.ChangeExpectedEnd(occurred_on=way.day(120), expected_end=None),
        ),
    ),
    "a pardon, and where the person is held": (
        s.RecordEducation,
        lambda way: (
            custody.RecordPardon(
                occurred_on=way.day(90),
                pardon=PardonKind.REMAINDER,
                expected_end=way.day(95),
            ),
            custody.BeginDetention(
                occurred_on=way.day(80),
                kind=DetentionKind.REMAND,
            ),
        ),
    ),
    "two assessments of one need": (
        s.AgreePlan,
        lambda way: (
            s.AssessNeeds(
                occurred_on=way.day(211), areas={words.NeedArea.HEALTH: words.NeedStatus.MET}
            ),
            s.AssessNeeds(
                occurred_on=way.day(215),
                areas={words.NeedArea.HEALTH: words.NeedStatus.IN_PROGRESS},
            ),
        ),
    ),
    "two plans": (
        s.OpenTrack,
        lambda way: (
            s.AgreePlan(occurred_on=way.day(221), trade_wished=Trade.SEWING),
            s.AgreePlan(occurred_on=way.day(219), trade_wished=Trade.WELDING),
        ),
    ),
    "two changes of a person's details": (
        s.OpenTrack,
        lambda way: (
            ChangeDetails(occurred_on=way.day(50), sex=Sex.FEMALE, name_latin="Salma"),
            ChangeDetails(occurred_on=way.day(60), sex=Sex.FEMALE, name_latin="Selma"),
        ),
    ),
    "a favourable and an unfavourable study": (
        ts.GiveOpinion,
        lambda way: (
            study(way.day(352), "ANAPEC", sound=True),
            study(way.day(355), "the Foundation", sound=False),
        ),
    ),
    "the orders of two items": (
        PlaceOrder,
        lambda way: (order(way.day(400), 1), order(way.day(410), 2)),
    ),
    "the receipts of two items": (
        ReceiveLines,
        lambda way: (
            ReceiveLines(occurred_on=way.day(450), lines=(1,)),
            ReceiveLines(occurred_on=way.day(460), lines=(2,)),
        ),
    ),
    "a payment and a receipt": (
        ReceiveLines,
        lambda way: (
            PayInvoice(
                occurred_on=way.day(455),
                invoice="F-2",
                lines=(LineSum(line=2, amount=EXAMPLE.items[1].price),),
            ),
            ReceiveLines(occurred_on=way.day(450), lines=(1, 2)),
        ),
    ),
    "the handovers of two items": (
        ts.ConfirmDelivery,
        lambda way: (handover(way.day(555), 1), handover(way.day(560), 2)),
    ),
    "all goods, and the cash": (
        ts.ConfirmDelivery,
        lambda way: (
            ts.ConfirmDelivery(
                occurred_on=way.day(560), items=(ItemHandover(item=1), ItemHandover(item=2))
            ),
            ts.ConfirmDelivery(
                occurred_on=way.day(556), cash=(CashInstalment(amount=EXAMPLE.cash, cheque="Q"),)
            ),
        ),
    ),
    "two visits": (
        None,
        lambda way: (
            visit(way.day(590), ProjectCondition.STRUGGLING, "visit/1"),
            visit(way.day(640), ProjectCondition.RUNNING, "visit/3"),
        ),
    ),
    "a visit moved, and another held": (
        None,
        lambda way: (
            ts.RescheduleVisit(
                occurred_on=way.day(600),
                review="visit/6",
                due_on=way.day(740),
            ),
            visit(way.day(590), ProjectCondition.STOPPED),
        ),
    ),
    "an exemption, and a contact": (
        ts.ProposeProject,
        lambda way: (
            s.ExemptReview(
                occurred_on=way.day(310),
                review=f"silence/{way.day(303)}",
                because=ExemptionReason.HEALTH,
            ),
            contact(way.day(302)),
        ),
    ),
    "cash given up, and all that was handed over before": (
        ts.ConfirmDelivery,
        lambda way: (
            ts.DropItems(occurred_on=way.day(560), cash=True, explanation="n"),
            way.step(ts.ConfirmDelivery).model_copy(update={"cash": ()}),
        ),
    ),
    "a pause, and what happened before it": (
        ts.ProposeProject,
        lambda way: (
            s.AddNote(occurred_on=way.day(305), text="n"),
            s.PauseCase(occurred_on=way.day(310), until=way.day(360), explanation="abroad"),
        ),
    ),
}


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_these_are_accepted_in_both_orders_and_come_to_the_same(house: House, name: str) -> None:
    """Whatever the random pairs are, so many of the usual ones are there."""
    until, two = BOTH_WAYS[name]
    house.walk(house.way.steps(), until=until)
    pair = both_ways(house, *two(house.way))
    assert pair is not None, "refused in one order or both"
    assert not pair.tied
    assert pair.presents[0] == pair.presents[1]
