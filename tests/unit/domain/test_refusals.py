"""What the rules refuse, each by its name, and that nothing is recorded then."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from pydantic import ValidationError

from domain.agreement.steps import AllowMorePlaces, AmendAgreement, CloseAgreement
from domain.beneficiary.steps import ConfirmBeneficiaryRequest, RegisterBeneficiary, RequestErasure
from domain.beneficiary.vocabulary import Sex
from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import ReleaseKind
from domain.case.vocabulary import Channel, ContactOutcome, Outcome
from domain.errors import NotAllowed, Refused
from domain.example.person import PROJECT
from domain.example.project import rejection
from domain.message import Actor, Role, Step, StreamKind, stream_id
from domain.order.steps import LineOrdered, PlaceOrder
from domain.project.items import ItemEstimate, ItemFound, ItemHandover
from domain.project.vocabulary import (
    DecisionKind,
    EquipmentCondition,
    KeptBackBecause,
    ProjectCondition,
    ReceivedBy,
)
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.state import find_track
from tests.support.paper import ADMINISTRATOR, DIVISION
from tests.unit.domain.conftest import House, convene, decided, hire
from tests.unit.domain.keys import directory, give_key, revoke

TODAY = date(2026, 3, 2)


def refused(house: House, code: str, step: Step, actor: Actor | None = None) -> None:
    recorded = len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.take(step, actor)
    assert refusal.value.code == code
    assert len(house.paper.events) == recorded


def test_a_release_in_the_future(house: House) -> None:
    house.walk(house.way.to_release(), until=custody.RecordRelease)
    tomorrow = TODAY + timedelta(days=1)
    step = custody.RecordRelease(occurred_on=tomorrow, release=ReleaseKind.END_OF_SENTENCE)
    refused(house, "date_in_future", step)


def test_a_date_in_1850(house: House) -> None:
    house.walk(house.way.to_release())
    step = s.RecordContact(
        occurred_on=date(1850, 1, 1), channel=Channel.PHONE, outcome=ContactOutcome.REACHED
    )
    refused(house, "date_too_early", step)


def test_a_release_before_the_detention(house: House) -> None:
    house.walk(house.way.to_release(), until=custody.RecordRelease)
    step = custody.RecordRelease(occurred_on=date(2021, 5, 1), release=ReleaseKind.END_OF_SENTENCE)
    refused(house, "date_before_earlier_step", step)


def test_a_conditional_release_without_its_end(house: House) -> None:
    house.walk(house.way.to_release(), until=custody.RecordRelease)
    step = custody.RecordRelease(occurred_on=house.way.day(300), release=ReleaseKind.CONDITIONAL)
    refused(house, "conditions_end_missing_or_superfluous", step)


def test_a_caseworker_of_another_centre(house: House) -> None:
    house.walk(house.way.to_release())
    stranger = Actor(id=uuid4(), role=Role.CASEWORKER, centre="laayoune")
    refused(house, "other_centre", s.AddNote(occurred_on=TODAY, text="Seen."), stranger)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.TIMER])
def test_roles_that_take_no_step_of_a_case(house: House, role: Role) -> None:
    house.walk(house.way.to_release())
    actor = Actor(id=uuid4(), role=role)
    refused(house, "not_allowed", s.AddNote(occurred_on=TODAY, text="Seen."), actor)


def test_a_reminder_that_no_timer_issued(house: House) -> None:
    house.walk(house.way.to_release())
    step = s.RecordReminder(occurred_on=TODAY, review="visit/1", due_on=TODAY, at=house.paper.now)
    refused(house, "not_allowed", step)


def test_the_decision_is_not_recorded_by_whoever_proposed(house: House) -> None:
    house.walk(house.way.steps(), until=ts.RecordDecision)
    refused(house, "recorder_is_proposer", house.way.step(ts.RecordDecision), house.caseworker)


@pytest.mark.parametrize(
    ("equipment", "cash", "code"),
    [
        ("30000.01", "0", "amount_exceeds_cost"),
        ("0", "100", "equipment_amount_missing"),
    ],
)
def test_an_approval_outside_the_project(
    house: House, equipment: str, cash: str, code: str
) -> None:
    house.walk(house.way.steps(), until=ts.RecordDecision)
    refused(house, code, decided(house.way, Decimal(equipment), Decimal(cash)))


def test_an_approval_over_the_envelope(house: House) -> None:
    agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    amend = AmendAgreement(
        occurred_on=TODAY,
        number=1,
        envelope=Decimal("31999.99"),
        planned_places=1,
        ends_on=TODAY,
        explanation="Less.",
    )
    house.paper.take(agreement, amend, DIVISION)
    house.walk(house.way.steps(), until=ts.RecordDecision)
    refused(house, "envelope_exceeded", house.way.step(ts.RecordDecision))


def test_more_places_are_a_supervisors_to_allow(house: House) -> None:
    agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    more = AllowMorePlaces(occurred_on=TODAY, places=3, explanation="Two more came.")
    house.paper.take(agreement, more, house.coordinator)
    with pytest.raises(NotAllowed):
        house.paper.take(agreement, more, house.caseworker)


def test_an_agreement_with_money_to_come_cannot_close(house: House) -> None:
    house.walk(house.way.steps(), until=ts.ConfirmDelivery)
    agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    close = CloseAgreement(occurred_on=TODAY, explanation="Over.")
    with pytest.raises(Refused, match="agreement_has_money_to_come"):
        house.paper.take(agreement, close, DIVISION)


def _delivery(house: House, **changes: object) -> ts.ConfirmDelivery:
    fields: dict[str, object] = {"occurred_on": house.way.delivered_on, "items": ()}
    return ts.ConfirmDelivery.model_validate(fields | changes)


ONE = ItemHandover(item=1)
DAMAGED = {"item": 1, "because": KeptBackBecause.DAMAGED}


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("nothing_delivered", {}),
        ("item_repeated", {"items": (ONE, ONE)}),
        ("item_unknown", {"items": (ItemHandover(item=9),)}),
        ("item_repeated", {"items": (ONE,), "kept_back": (DAMAGED,)}),
        ("item_unknown", {"items": (ONE,), "kept_back": ({**DAMAGED, "item": 9},)}),
        ("proxy_missing_or_superfluous", {"items": (ONE,), "received_by": ReceivedBy.PROXY}),
        ("proxy_missing_or_superfluous", {"items": (ONE,), "proxy": "A cousin."}),
        ("cash_exceeds_grant", {"cash": ({"amount": "2000.01", "cheque": "1"},)}),
        ("date_before_earlier_step", {"items": (ONE,), "occurred_on": date(2024, 7, 17)}),
    ],
)
def test_a_delivery_that_cannot_be(house: House, code: str, changes: dict[str, object]) -> None:
    house.walk(house.way.steps(), until=ts.ConfirmDelivery)
    refused(house, code, _delivery(house, **changes))


def test_a_thing_is_delivered_once(house: House) -> None:
    """The rest can come later; what was given is not given again."""
    house.walk(house.way.steps(), until=ts.ConfirmDelivery)
    house.take(_delivery(house, items=(ONE,)))
    track = find_track(house.case)
    assert track is not None
    assert track.delivered is None
    refused(house, "item_already_delivered", _delivery(house, items=(ONE,)))
    rest = {"items": (ItemHandover(item=2),), "cash": ({"amount": "2000", "cheque": "1"},)}
    house.take(_delivery(house, **rest))
    track = find_track(house.case)
    assert track is not None
    assert track.delivered is not None


def test_an_order_over_the_approval(house: House) -> None:
    house.walk(house.way.steps(), until=PlaceOrder)
    line = LineOrdered(project_id=PROJECT, item=1, price=Decimal("30000.01"))
    step = PlaceOrder(occurred_on=TODAY, supplier=house.way.supplier, contract="C", lines=(line,))
    refused(house, "order_exceeds_approval", step)


def test_an_undertaking_waits_for_the_release(house: House) -> None:
    """A project may be prepared and approved in detention; nothing is signed there."""
    steps = [
        step
        for step in house.way.steps()
        if not isinstance(step, custody.RecordRelease | s.RecordContact)
    ]
    house.walk(steps, until=ts.SignUndertaking)
    refused(house, "not_released", ts.SignUndertaking(occurred_on=TODAY))


def test_a_visit_before_its_window(house: House) -> None:
    house.walk(house.way.steps())
    step = ts.RecordVisit(
        occurred_on=house.way.delivered_on + timedelta(days=2),
        review="visit/6",
        project=ProjectCondition.RUNNING,
        items=(ItemFound(item=1, condition=EquipmentCondition.IN_USE),),
    )
    refused(house, "date_before_earlier_step", step)


def test_a_rejected_project_makes_room_for_another(house: House) -> None:
    house.walk(house.way.steps(), until=ts.RecordDecision)
    reject = rejection(house.way)
    house.take(reject, house.coordinator)
    refused(house, "date_before_earlier_step", house.way.step(ts.ProposeProject))
    again = house.way.step(ts.ProposeProject).model_copy(update={"occurred_on": reject.occurred_on})
    house.take(again)
    refused(house, "project_already_proposed", again)


def test_a_project_cannot_be_called_running_before_delivery(house: House) -> None:
    house.walk(house.way.to_release())
    refused(
        house,
        "no_project_delivered",
        s.CloseCase(occurred_on=TODAY, outcome=Outcome.PROJECT_RUNNING),
    )


@pytest.mark.parametrize("amount", ["1.001", "-1", "0", "NaN", "Infinity", "1e20"])
def test_amounts_that_are_no_money(amount: str) -> None:
    with pytest.raises(ValidationError):
        ItemEstimate(label="x", estimated=Decimal(amount))


def test_a_name_of_ten_thousand_letters() -> None:
    with pytest.raises(ValidationError):
        RegisterBeneficiary(occurred_on=TODAY, name_latin="x" * 10_000, sex=Sex.MALE)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "name_missing"),
        ({"name_latin": "A", "birth_date": "1850-01-01"}, "birth_date_impossible"),
        ({"name_latin": "A", "birth_date": "2030-01-01"}, "birth_date_impossible"),
        ({"name_latin": "A", "birth_year": 2030}, "birth_date_impossible"),
    ],
)
def test_an_identity_that_cannot_be(house: House, fields: dict[str, object], code: str) -> None:
    step = RegisterBeneficiary.model_validate({"occurred_on": TODAY, "sex": "female"} | fields)
    with pytest.raises(Refused, match=code):
        house.paper.take(stream_id(StreamKind.BENEFICIARY, uuid4()), step, house.caseworker)


def test_erasure_takes_two_people_and_a_closed_case(house: House) -> None:
    house.walk(house.way.to_release())
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    ask, agree = RequestErasure(occurred_on=TODAY), ConfirmBeneficiaryRequest(occurred_on=TODAY)
    with pytest.raises(Refused, match="case_still_open"):
        house.paper.take(person, ask, DIVISION)
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
    second = hire(house.paper, "division-2", Role.DIVISION, None)
    house.paper.take(person, ask, DIVISION)
    with pytest.raises(NotAllowed, match="second_person_needed"):
        house.paper.take(person, agree, DIVISION)
    house.paper.take(person, agree, second)
    assert house.paper.beneficiary(house.way.beneficiary_id).erased


def test_whoever_was_made_staff_after_an_erasure_was_asked_does_not_agree_to_it(
    house: House,
) -> None:
    house.walk(house.way.to_release())
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    ask, agree = RequestErasure(occurred_on=TODAY), ConfirmBeneficiaryRequest(occurred_on=TODAY)
    house.paper.take(person, ask, ADMINISTRATOR)
    made_afterwards = hire(house.paper, "division-2", Role.DIVISION, None)
    nobody = Actor(id=uuid4(), role=Role.DIVISION)
    for confirmer in (made_afterwards, nobody):
        with pytest.raises(NotAllowed, match="second_person_came_later"):
            house.paper.take(person, agree, confirmer)
    with pytest.raises(Refused, match="already_requested"):
        house.paper.take(person, ask, ADMINISTRATOR)
    house.paper.pass_days(31)
    with pytest.raises(Refused, match="request_lapsed"):
        house.paper.take(person, agree, made_afterwards)
    house.paper.take(person, ask, ADMINISTRATOR)
    house.paper.take(person, agree, made_afterwards)


def test_a_key_that_was_issued_after_an_erasure_was_asked_does_not_speak_for_its_holder(
    house: House,
) -> None:
    """Nor does whoever asked for it in the name of somebody who was here before."""
    house.walk(house.way.to_release())
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    ask, agree = RequestErasure(occurred_on=TODAY), ConfirmBeneficiaryRequest(occurred_on=TODAY)
    division = give_key(house.paper, hire(house.paper, "division-2", Role.DIVISION, None))
    house.paper.take(person, ask, ADMINISTRATOR)
    usurper = give_key(house.paper, division)
    with pytest.raises(NotAllowed, match="older_key_needed"):
        house.paper.take(person, agree, usurper)
    house.paper.take(person, agree, division)
    assert house.paper.beneficiary(house.way.beneficiary_id).erased


def test_who_has_no_older_key_any_more_confirms_with_the_next_one(house: House) -> None:
    house.walk(house.way.steps(), until=ts.RecordDecision)
    decision = house.way.step(ts.RecordDecision)
    usurper = give_key(house.paper, give_key(house.paper, house.coordinator))
    refused(house, "older_key_needed", decision, usurper)
    for key in directory(house.paper).keys.values():
        if key.key_id != usurper.credential:
            revoke(house.paper, house.coordinator.model_copy(update={"credential": key.key_id}))
    house.take(decision, usurper)


def test_an_erasure_that_was_asked_over_thirty_days_ago_is_asked_anew(house: House) -> None:
    house.walk(house.way.to_release())
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    ask, agree = RequestErasure(occurred_on=TODAY), ConfirmBeneficiaryRequest(occurred_on=TODAY)
    second = hire(house.paper, "division-2", Role.DIVISION, None)
    house.paper.take(person, ask, DIVISION)
    house.paper.pass_days(31)
    with pytest.raises(Refused, match="request_lapsed"):
        house.paper.take(person, agree, second)
    house.paper.take(person, ask, DIVISION)
    house.paper.pass_days(30)
    house.paper.take(person, agree, second)


def test_whoever_came_after_a_project_was_submitted_does_not_record_its_decision(
    house: House,
) -> None:
    house.walk(house.way.steps(), until=ts.RecordDecision)
    made_afterwards = hire(house.paper, "coordinator-2", Role.COORDINATOR)
    decision = house.way.step(ts.RecordDecision)
    refused(house, "second_person_came_later", decision, made_afterwards)
    house.take(decision)


def test_whoever_proposed_or_submitted_a_project_does_not_record_its_decision(
    house: House,
) -> None:
    """The second is another than either; the two may be one."""
    first, second = (hire(house.paper, f"coordinator-{n}", Role.COORDINATOR) for n in (2, 3))
    for step in house.way.steps():
        if isinstance(step, ts.RecordDecision):
            break
        by = {ts.ProposeProject: first, ts.SubmitToSession: second}.get(type(step))
        house.take(step, by)
    for one in (first, second):
        refused(house, "recorder_is_proposer", step, one)
    house.take(step, house.coordinator)


def test_a_project_that_is_submitted_again_is_decided_by_who_was_here_then(house: House) -> None:
    house.walk(house.way.steps(), until=ts.RecordDecision)
    decision = house.way.step(ts.RecordDecision)
    nothing = {"equipment_amount": Decimal(0), "cash_grant": Decimal(0)}
    deferred = decision.model_copy(update=nothing | {"decision": DecisionKind.DEFER})
    house.take(deferred)
    newcomer = hire(house.paper, "coordinator-2", Role.COORDINATOR)
    later = replace(house.way, begins=house.way.day(30), session_id=uuid4())
    convene(house.paper, later.session_id, later)
    again = house.way.step(ts.SubmitToSession).model_copy(
        update={"occurred_on": later.day(358), "session_id": later.session_id}
    )
    house.take(again)
    house.take(decision.model_copy(update={"occurred_on": later.day(381)}), newcomer)


def test_nobody_registers_a_centre_that_is_unknown(house: House) -> None:
    opening = house.way.steps()[0]
    elsewhere = opening.model_copy(update={"centre": "atlantis"})
    refused(house, "other_centre", elsewhere)
    coordinator_without_centre = Actor(id=uuid4(), role=Role.COORDINATOR)
    refused(house, "centre_unknown", elsewhere, coordinator_without_centre)
    far = opening.model_copy(update={"province": "tarfaya"})
    refused(house, "centre_does_not_serve", far)
