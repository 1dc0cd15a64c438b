"""Two facts told in either order come to the same present: late entry makes nothing worse.

`JISR_DIAMOND_PAIRS` tries so many pairs instead, `JISR_DIAMOND_SEED` repeats a run. A hundred thousand
are tried with the soak.
"""

import os
import secrets
from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from domain.case import steps as s
from domain.case import vocabulary as words
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import DetentionKind, PardonKind
from domain.example.person import EXAMPLE, PROJECT
from domain.example.way import Way
from domain.message import Step
from domain.order.steps import LineOrdered, LineSum, PayInvoice, PlaceOrder, ReceiveLines
from domain.project.items import CashInstalment, ItemFound, ItemHandover
from domain.project.vocabulary import EquipmentCondition, ProjectCondition
from domain.rules import ExemptionReason
from domain.tracks.self_employment import steps as ts
from tests.unit.domain.both_ways import IN_ANY_ORDER, On
from tests.unit.domain.conftest import House
from tests.unit.domain.diamond import both_ways, differing

PAIRS = int(os.environ.get("JISR_DIAMOND_PAIRS", "800"))


@pytest.mark.timeout(300 + PAIRS // 20)
def test_two_random_steps_accepted_in_both_orders_come_to_the_same(house: House) -> None:
    seed = int(os.environ.get("JISR_DIAMOND_SEED") or secrets.randbelow(10**6))
    print(f"JISR_DIAMOND_SEED={seed}")  # noqa: T201 - pytest shows it when the test fails
    wrong = differing(Random(seed), house, PAIRS)
    assert not wrong, wrong[:5]


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
    "an exemption, and a note before it": (
        ts.ProposeProject,
        lambda way: (
            s.ExemptReview(
                occurred_on=way.day(310),
                review="silence/7",
                because=ExemptionReason.HEALTH,
            ),
            s.AddNote(occurred_on=way.day(302), text="n"),
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


@pytest.mark.parametrize("name", IN_ANY_ORDER)
def test_staff_may_enter_these_in_any_order(house: House, name: str) -> None:
    until, two = IN_ANY_ORDER[name]
    house.walk(house.way.steps(), until=until)
    pair = both_ways(house, *two(On(house.way)))
    assert pair is not None, "refused in one order or both"
    assert not pair.tied
    assert pair.presents[0] == pair.presents[1]
