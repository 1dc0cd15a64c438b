"""A step is judged on its own day: what is told late is judged as it was then, and lets all else stand."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest

from domain.case import steps as s
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.vocabulary import (
    Channel,
    ContactOutcome,
    EducationLevel,
    EducationResult,
    NeedArea,
    NeedStatus,
)
from domain.commands import HANDLINGS
from domain.errors import Refused
from domain.example.care import daily_work
from domain.example.project import visit
from domain.example.way import by_day
from domain.folds.past import Past
from domain.message import Recorded, Step
from domain.order.steps import PayInvoice, PlaceOrder, ReceiveLines
from domain.steps.handling import World
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.state import find_track
from domain.tracks.training.steps import CompleteTraining, EnrolInTraining
from domain.values.trades import Trade
from tests.support.paper import FOLDS
from tests.unit.domain.conftest import House, furnished
from tests.unit.domain.diamond import present, take
from tests.unit.domain.test_held import days_due


def refusal(take: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        take()
    return refused.value


def contact(day: date, channel: Channel = Channel.PHONE) -> s.RecordContact:
    return s.RecordContact(occurred_on=day, channel=channel, outcome=ContactOutcome.REACHED)


def world_of(house: House, step: Step, past: Past | None = None) -> World:
    command = house.paper.command(house.stream_of(step), step, house.by(step))
    return HANDLINGS[type(step)].world(command, house.paper.state, past or house.paper.past)


def test_then_is_the_very_present_where_nothing_later_is_told_and_nothing_is_read(
    house: House,
) -> None:
    house.walk(house.way.steps(), until=ts.ProposeProject)

    def unread(_: str) -> list[Recorded]:
        raise AssertionError("read")

    past = Past(unread, house.paper.latest_of, FOLDS)
    step = contact(house.way.day(400))
    world = world_of(house, step, past)
    assert world.then is world.case
    seen = world.seen_as(HANDLINGS[type(step)].role, lambda case: case.with_only(None))
    assert seen.then is seen.case


def test_then_is_the_case_as_it_was_by_the_end_of_that_day(house: House) -> None:
    house.walk(house.way.steps())
    there = world_of(house, contact(house.way.day(250))).then
    assert not there.is_free
    assert find_track(there) is not None
    assert world_of(house, contact(house.way.released_on)).then.is_free
    assert world_of(house, contact(house.way.day(2))).then.enquired is None
    assert world_of(house, contact(house.way.day(-100))).then.opened is not None


def test_a_contact_of_90_days_ago_told_after_one_of_5_days_ago_makes_nothing_overdue(
    house: House,
) -> None:
    house.walk(house.way.steps(), until=ts.ProposeProject)
    today = house.paper.today
    house.take(contact(date.fromordinal(today.toordinal() - 5)))
    before = days_due(house)
    house.take(contact(date.fromordinal(today.toordinal() - 90)))
    assert days_due(house) == before
    watched = {ReviewKind.CONTACT, ReviewKind.SILENCE}
    late = [due for due in before if due.kind in watched]
    assert late
    assert not any(due.status(today) is ReviewStatus.OVERDUE for due in late)


def test_a_visit_in_prison_told_after_the_release_is_one_of_then(house: House) -> None:
    house.walk(house.way.steps(), until=s.RecordContact)
    assert house.case.first_contact is None
    house.take(contact(house.way.day(240), Channel.VISIT_IN_PRISON))
    assert house.case.first_contact is None
    kinds = {due.kind for due in dues(house.case, house.paper.calendar)}
    assert ReviewKind.FIRST_CONTACT in kinds


def education(house: House, day: int, trade: Trade) -> s.RecordEducation:
    return s.RecordEducation(
        occurred_on=house.way.day(day),
        level=EducationLevel.VOCATIONAL,
        started_on=house.way.day(40),
        result=EducationResult.COMPLETED,
        trade=trade,
        certificate=True,
    )


def test_education_in_detention_told_after_the_release_counts_as_training(house: House) -> None:
    steps = [step for step in house.way.steps() if not isinstance(step, s.RecordEducation)]
    house.walk(steps, until=ts.ProposeProject)
    proposal = house.way.step(ts.ProposeProject)
    assert refusal(lambda: house.take(proposal)).code == "training_not_completed"
    house.take(education(house, 200, proposal.trade))
    assert proposal.trade in house.case.certified
    house.take(proposal)


def test_but_none_that_ended_after_it(house: House) -> None:
    house.walk(house.way.steps(), until=ts.ProposeProject)
    late = education(house, 310, Trade.WELDING)
    assert refusal(lambda: house.take(late)).code == "not_in_detention"


def test_a_certificate_told_after_somebody_was_enrolled_outside_lets_that_stand(
    house: House,
) -> None:
    steps = [step for step in house.way.steps() if not isinstance(step, s.RecordEducation)]
    house.walk(steps, until=ts.ProposeProject)
    house.take(house.way.step(EnrolInTraining))
    house.take(education(house, 200, Trade.WELDING))
    house.take(house.way.step(CompleteTraining))


def test_what_is_told_of_a_day_before_what_it_needs_is_refused_with_that_day(house: House) -> None:
    house.walk(house.way.steps(), until=ts.ProposeProject)
    early = s.AgreePlan(
        occurred_on=house.way.day(209), trade_wished=Trade.SEWING, revised_because="r"
    )
    refused = refusal(lambda: house.take(early))
    assert refused.code == "date_before_earlier_step"
    assert refused.params == {
        "date": str(house.way.day(209)),
        "earliest": str(house.way.day(210)),
    }


def test_a_ruling_told_late_that_would_undo_what_stands_is_refused_with_the_list(
    house: House,
) -> None:
    house.walk(house.way.steps(), until=ts.ProposeProject)
    before = present(house)
    ruling = house.way.step(s.RuleOnEligibility)
    no = ruling.model_copy(update={"occurred_on": house.way.day(205), "eligible": False})
    refused = refusal(lambda: house.take(no))
    assert refused.code == "rests_on_it"
    assert "open-track" in str(refused.params["entries"])
    assert present(house) == before


def test_what_nothing_rests_on_may_be_told_of_any_day(house: House) -> None:
    house.walk(house.way.steps())
    for day in (20, 209, 250, 301, 389, 500):
        house.take(contact(house.way.day(day)))
        house.take(
            s.AssessNeeds(
                occurred_on=house.way.day(day), areas={NeedArea.HEALTH: NeedStatus.IN_PROGRESS}
            )
        )
    assert house.case.needs[NeedArea.HEALTH] is NeedStatus.IN_PROGRESS


MONEY = (PlaceOrder, ReceiveLines, PayInvoice, ts.PlaceOnCeremony, ts.ConfirmDelivery)
"""Kept in their order: what they do to money and goods is never moved by a date."""


@pytest.mark.parametrize("seed", range(20))
def test_a_backlog_typed_in_any_order_that_is_open_comes_to_the_same(seed: int) -> None:
    """Somebody types a pile of papers, whichever is open; as who takes each on its day."""
    random, in_turn, typing = Random(seed), furnished(), furnished()
    usual = [*in_turn.way.steps(), visit(in_turn.way, 3), *daily_work(in_turn.way)[:1]]
    for step in by_day(usual):
        take(in_turn, step)
    take(typing, usual[0])
    pile, typed = usual[1:], usual[:1]
    while pile:
        random.shuffle(pile)
        done = next((step for step in pile if is_next(step, pile) and takes(typing, step)), None)
        assert done is not None, f"stuck before {[type(each).__name__ for each in pile]}"
        pile.remove(done)
        typed.append(done)
    assert present(typing) == present(in_turn)
    days = [step.occurred_on for step in typed]
    assert days != sorted(days), "most were typed late"


def is_next(step: Step, pile: list[Step]) -> bool:
    earlier = (each for each in pile if isinstance(each, MONEY) and isinstance(step, MONEY))
    return all(step.occurred_on <= each.occurred_on for each in earlier)


def takes(house: House, step: Step) -> bool:
    try:
        take(house, step)
    except Refused:
        return False
    return True
