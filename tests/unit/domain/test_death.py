"""A death: nothing is due about the person any more, and what remains comes to its end."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from domain.case import steps as s
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.case.vocabulary import Channel, ContactOutcome, DeathKnownBy, Outcome
from domain.errors import Refused
from domain.example.way import by_day
from domain.message import Step, StreamKind, stream_id
from domain.order.steps import PayInvoice, PlaceOrder, ReceiveLines
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.vocabulary import ProblemDecision, ProblemKind
from tests.unit.domain.conftest import House, die

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)


def refused(house: House, code: str, step: Step) -> None:
    recorded = len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.take(step)
    assert refusal.value.code == code
    assert len(house.paper.events) == recorded


def due(house: House) -> set[ReviewKind]:
    return {each.kind for each in dues(house.case, house.paper.calendar)}


def contact(on: date) -> s.RecordContact:
    return s.RecordContact(
        occurred_on=on, channel=Channel.AT_CENTRE, outcome=ContactOutcome.REACHED
    )


def test_ends_all_that_is_due_about_the_person_at_once(house: House) -> None:
    house.walk(house.way.to_release())
    assert due(house) >= {ReviewKind.CONTACT, ReviewKind.SILENCE}
    die(house, house.way.day(320))
    assert due(house) == set()


def test_leaves_due_what_is_on_order_and_what_is_to_be_decided(house: House) -> None:
    house.walk(house.way.steps(), until=ReceiveLines)
    die(house, house.way.day(420))
    assert due(house) == {ReviewKind.RECEIPT}


def test_is_followed_by_nothing_done_with_the_person(house: House) -> None:
    house.walk(house.way.steps(), until=ts.SignUndertaking)
    died = house.way.day(387)
    die(house, died)
    refused(house, "person_died", contact(died + DAY))
    refused(house, "person_died", house.way.step(ts.SignUndertaking))
    house.take(contact(died))
    house.take(contact(died - DAY))


def test_is_asked_after_by_every_step_at_which_somebody_is_there(house: House) -> None:
    """Whatever moves the last day on which the person was there is told of no day after their death."""
    met = set[type[Step]]()
    for step in by_day((*house.way.steps(), *house.way.detours())):
        before = house.case.seen_last
        house.walk((step,))
        if house.case.seen_last != before:
            met.add(type(step))
    assert s.RecordPreReleaseReview in met
    assert {each for each in met if not each.with_the_person} == {s.OpenCase}


def test_is_not_before_somebody_spoke_with_the_person(house: House) -> None:
    house.walk(house.way.steps())
    house.take(contact(TODAY))
    step = s.RecordDeath(occurred_on=TODAY - DAY, known_by=DeathKnownBy.FAMILY)
    refused(house, "rests_on_it", step)
    die(house, TODAY)
    refused(house, "death_already_recorded", step)


def test_leaves_orders_to_be_received_and_paid_and_orders_nothing_more(house: House) -> None:
    house.walk(house.way.steps(), until=PlaceOrder)
    waiting = house.paper.copy()
    die(house, house.way.day(392))
    refused(house, "person_died", house.way.step(PlaceOrder))
    house.paper = waiting
    house.take(house.way.step(PlaceOrder))
    die(house, house.way.day(420))
    for kind in (ReceiveLines, PayInvoice):
        house.take(house.way.step(kind))
    refused(house, "person_died", house.way.step(ts.ConfirmDelivery))
    house.by_two(ts.EndApproval(occurred_on=TODAY, explanation="She died."))
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.DECEASED))


def test_lets_the_family_keep_the_equipment_by_decision(house: House) -> None:
    house.walk(house.way.steps())
    die(house, TODAY)
    raised = ts.RaiseProblem(occurred_on=TODAY, kind=ProblemKind.DEATH, explanation="Hers.")
    house.take(raised)
    assert due(house) == {ReviewKind.PROBLEM}
    decided = {"raised_on": TODAY, "decision": ProblemDecision.FAMILY_KEEPS, "explanation": "So."}
    house.take(ts.DecideProblem.model_validate({"occurred_on": TODAY, **decided}))
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.DECEASED))


def test_is_told_of_a_closed_case_too_and_opens_no_other(house: House) -> None:
    house.walk(house.way.to_release())
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
    die(house, TODAY)
    opening = house.way.steps()[0].model_copy(update={"occurred_on": TODAY})
    with pytest.raises(Refused, match="person_died"):
        house.paper.take(stream_id(StreamKind.CASE, uuid4()), opening, house.caseworker)


def test_a_case_is_not_closed_as_deceased_before_the_death_is_recorded(house: House) -> None:
    house.walk(house.way.to_release())
    closing = s.CloseCase(occurred_on=TODAY, outcome=Outcome.DECEASED)
    refused(house, "death_not_recorded", closing)
    die(house, TODAY)
    house.take(closing)


def test_no_session_approves_anything_for_the_dead(house: House) -> None:
    house.walk(house.way.steps(), until=ts.RecordDecision)
    die(house, house.way.day(370))
    refused(house, "person_died", house.way.step(ts.RecordDecision))
    house.take(ts.WithdrawSubmission(occurred_on=house.way.day(382), explanation="She died."))
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.DECEASED))


def test_that_was_recorded_of_the_wrong_person_is_taken_back(house: House) -> None:
    house.walk(house.way.to_release())
    die(house, TODAY)
    number = house.case.version
    house.take(s.RetractEntry(occurred_on=TODAY, entry_number=number, explanation="Her cousin's."))
    assert house.case.died is None
    assert house.paper.beneficiary(house.way.beneficiary_id).died_on is None
    assert ReviewKind.CONTACT in due(house)
