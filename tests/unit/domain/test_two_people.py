"""What two people do about a case and its orders: end an approval, record a loss, rest visits."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from domain.agreement.state import AgreementState
from domain.asking.waiting import ANSWERED_WITHIN
from domain.case import events as ce
from domain.case import steps as c
from domain.case.reviews import dues
from domain.case.schedule import Due, ReviewKind, ReviewStatus
from domain.case.vocabulary import Outcome
from domain.errors import NotAllowed, Refused
from domain.example import project
from domain.example.person import EXAMPLE
from domain.message import Actor, Event, FieldClass, Role, Step, StreamKind, class_of, stream_id
from domain.order import events as oe
from domain.order import steps as o
from domain.order.vocabulary import LineStatus
from domain.rules import ExemptionReason
from domain.tracks.self_employment import events as te
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.state import SelfEmployment, find_track
from tests.support.paper import NO_HOLIDAYS
from tests.unit.domain.conftest import House, die, end_running, hire

TODAY = date(2026, 3, 2)
END = s.EndApproval(occurred_on=TODAY, explanation="She chose another trade.")
LOSS = o.RecordLoss(occurred_on=TODAY, line=2, explanation="The supplier is gone.")
PAUSE = c.PauseCase(occurred_on=TODAY, until=TODAY + timedelta(days=30), explanation="In hospital.")
CONFIRM = c.ConfirmCaseRequest(occurred_on=TODAY)
REFUSE = c.RefuseCaseRequest(occurred_on=TODAY, explanation="She wants to think it over.")
CONFIRM_LOSS = o.ConfirmOrderRequest(occurred_on=TODAY)
REFUSE_LOSS = o.RefuseOrderRequest(occurred_on=TODAY, explanation="It stands in the store.")


@dataclass(frozen=True)
class Kind:
    """Something that takes two: what is asked for, the answers, and whether it is done."""

    ask: Step
    confirm: Step
    refuse: Step
    until: type[Step] | None
    """How far the way is gone before."""

    def done(self, house: House) -> bool:
        match self.ask:
            case s.EndApproval():
                return track(house).approved is None
            case c.ExemptReview():
                return EXAMPLE.visit_key(24) in house.case.exemptions
            case c.PauseCase():
                return house.case.pause_on(TODAY) is not None
            case _:
                return house.order.lines[2].status is LineStatus.LOST


EXEMPT = c.ExemptReview(
    occurred_on=TODAY,
    review=EXAMPLE.visit_key(24),
    because=ExemptionReason.HEALTH,
    explanation="In hospital.",
)
KINDS = {
    "the end of an approval": Kind(END, CONFIRM, REFUSE, s.SignUndertaking),
    "a loss": Kind(LOSS, CONFIRM_LOSS, REFUSE_LOSS, o.ReceiveLines),
    "a pause after a delivery": Kind(PAUSE, CONFIRM, REFUSE, None),
    "an exemption from a visit": Kind(EXEMPT, CONFIRM, REFUSE, None),
}


@pytest.fixture(params=list(KINDS.values()), ids=list(KINDS))
def kind(request: pytest.FixtureRequest, house: House) -> Kind:
    found: Kind = request.param
    house.walk(house.way.steps(), until=found.until)
    return found


def track(house: House) -> SelfEmployment:
    found = find_track(house.case)
    assert found is not None
    return found


def agreement(house: House) -> AgreementState:
    state = house.paper.state(stream_id(StreamKind.AGREEMENT, house.way.agreement_id))
    assert isinstance(state, AgreementState)
    return state


def ask(house: House, step: Step) -> list[Event]:
    return house.take(step, house.coordinator)


def refused(house: House, code: str, step: Step, actor: Actor | None = None) -> None:
    """It changes nothing, and says why."""
    before, recorded = dict(house.paper.states), len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.take(step, actor)
    assert refusal.value.code == code
    assert (house.paper.states, len(house.paper.events)) == (before, recorded)


def money_untouched(house: House) -> tuple[object, ...]:
    return (agreement(house).money, agreement(house).places_taken, track(house).equipment)


def test_nothing_changes_before_it_is_confirmed(house: House, kind: Kind) -> None:
    before = money_untouched(house)
    (asked,) = ask(house, kind.ask)
    assert not kind.done(house)
    assert money_untouched(house) == before
    confirmed, *made = house.take(kind.confirm)
    assert confirmed.model_dump() == {"request_id": asked.model_dump()["request_id"]}
    assert made
    assert kind.done(house)
    assert not house.case.requests


def test_whoever_asked_answers_nothing(house: House, kind: Kind) -> None:
    ask(house, kind.ask)
    for answer in (kind.confirm, kind.refuse):
        refused(house, "second_person_needed", answer, house.coordinator)


def test_whoever_came_since_answers_nothing(house: House, kind: Kind) -> None:
    ask(house, kind.ask)
    for role, centre in ((Role.COORDINATOR, EXAMPLE.centre), (Role.DIVISION, None)):
        newcomer = hire(house.paper, f"late {role}", role, centre)
        refused(house, "second_person_came_later", kind.confirm, newcomer)


def test_neither_a_caseworker_nor_another_centre_answers(house: House, kind: Kind) -> None:
    elsewhere = Actor(id=uuid4(), role=Role.COORDINATOR, centre="laayoune")
    ask(house, kind.ask)
    with pytest.raises(NotAllowed):
        house.take(kind.confirm, house.caseworker)
    refused(house, "other_centre", kind.confirm, elsewhere)


def test_another_coordinator_of_the_centre_confirms_too(house: House, kind: Kind) -> None:
    """One who was here before: the request is asked again after they came."""
    colleague = hire(house.paper, "coordinator-2", Role.COORDINATOR)
    ask(house, kind.ask)
    house.take(kind.confirm, colleague)
    assert kind.done(house)


def test_what_is_refused_changes_nothing_and_is_asked_again(house: House, kind: Kind) -> None:
    before = money_untouched(house)
    ask(house, kind.ask)
    house.take(kind.refuse)
    assert not kind.done(house)
    assert money_untouched(house) == before
    refused(house, "request_not_found", kind.confirm)
    house.by_two(kind.ask)
    assert kind.done(house)


def test_what_lapsed_is_said_and_asked_again(house: House, kind: Kind) -> None:
    ask(house, kind.ask)
    house.paper.now += ANSWERED_WITHIN + timedelta(seconds=1)
    refused(house, "request_lapsed", kind.confirm)
    assert not kind.done(house)
    house.by_two(kind.ask)
    assert kind.done(house)


def test_of_two_requests_for_one_thing_the_second_finds_it_done(house: House, kind: Kind) -> None:
    """Asked in other words, both wait; the second is refused in words, or taken back."""
    (first,) = ask(house, kind.ask)
    refused(house, "already_requested", kind.ask, house.coordinator)
    again = kind.ask.model_copy(update={"explanation": "As was said."})
    (second,) = ask(house, again)
    refused(house, "request_not_named", kind.confirm)
    one, other = ({"request_id": each.model_dump()["request_id"]} for each in (first, second))
    house.take(kind.confirm.model_copy(update=other))
    assert kind.done(house)
    done = {
        s.EndApproval: "not_approved",
        o.RecordLoss: "line_not_open",
        c.PauseCase: "case_paused",
        c.ExemptReview: "review_not_outstanding",
    }
    refused(house, done[type(kind.ask)], kind.confirm.model_copy(update=one))
    house.take(kind.refuse.model_copy(update=one))


def test_an_end_is_refused_once_everything_was_handed_over_meanwhile(house: House) -> None:
    house.walk(house.way.steps(), until=s.ConfirmDelivery)
    day = {"occurred_on": house.way.delivered_on}
    ask(house, END.model_copy(update=day))
    house.take(house.way.step(s.ConfirmDelivery))
    refused(house, "already_delivered", CONFIRM)
    assert agreement(house).places_taken == 1


def test_an_end_leaves_what_was_handed_over_meanwhile(house: House) -> None:
    """Judged on what stands when it is confirmed: the place stays, the rest is given back."""
    house.walk(house.way.steps(), until=s.ConfirmDelivery)
    day = {"occurred_on": house.way.delivered_on}
    ask(house, END.model_copy(update=day))
    whole = house.way.step(s.ConfirmDelivery)
    house.take(whole.model_copy(update={"items": whole.items[:1], "cash": ()}))
    house.take(CONFIRM)
    assert agreement(house).places_taken == 1
    assert agreement(house).money.committed == EXAMPLE.goods


def test_a_loss_is_refused_once_it_was_handed_over_meanwhile(house: House) -> None:
    house.walk(house.way.steps(), until=s.ConfirmDelivery)
    ask(house, LOSS.model_copy(update={"occurred_on": house.way.delivered_on}))
    house.take(house.way.step(s.ConfirmDelivery))
    refused(house, "item_already_delivered", CONFIRM_LOSS)


def test_the_case_of_somebody_who_died_is_closed_by_two(house: House) -> None:
    house.walk(house.way.steps(), until=s.SignUndertaking)
    died = c.CloseCase(occurred_on=TODAY, outcome=Outcome.DECEASED)
    refused(house, "approval_still_open", died)
    house.by_two(END)
    refused(house, "death_not_recorded", died)
    die(house, TODAY)
    house.take(died)
    assert not house.case.is_open


def test_a_case_is_closed_whatever_waits_and_takes_no_answer_then(house: House) -> None:
    house.walk(house.way.steps())
    ask(house, PAUSE)
    end_running(house, TODAY)
    for answer in (CONFIRM, REFUSE):
        refused(house, "case_closed", answer)


def test_what_was_asked_about_a_person_erased_since_is_refused_in_words(house: House) -> None:
    """Why it was asked for is gone with their key."""
    house.walk(house.way.steps())
    ask(house, PAUSE)
    end_running(house, TODAY)
    ((name, asked),) = house.case.requests.items()
    unread = asked.what.model_copy(update={"explanation": None})
    stream = stream_id(StreamKind.CASE, house.case_id)
    requests = {name: replace(asked, what=unread)}
    house.paper.states[stream] = replace(house.case, requests=requests)
    for answer in (CONFIRM, REFUSE):
        refused(house, "case_closed", answer)


def asked_for(house: House) -> list[Due]:
    """The reviews that are due today, or were."""
    outstanding = dues(house.case, NO_HOLIDAYS)
    return [due for due in outstanding if due.status(TODAY) is not ReviewStatus.SCHEDULED]


def test_a_case_without_a_delivery_is_paused_by_one(house: House) -> None:
    house.walk(house.way.steps(), until=s.ConfirmDelivery)
    (made,) = house.take(PAUSE.model_copy(update={"occurred_on": TODAY - timedelta(days=9)}))
    assert isinstance(made, ce.CasePaused)
    assert asked_for(house) == []


def test_visits_fall_due_until_their_pause_is_confirmed(house: House) -> None:
    house.walk(house.way.steps())
    before = dues(house.case, NO_HOLIDAYS)
    house.take(PAUSE)
    assert dues(house.case, NO_HOLIDAYS) == before
    house.take(CONFIRM)
    assert asked_for(house) == []
    house.take(c.ResumeCase(occurred_on=TODAY))
    assert [due.key for due in dues(house.case, NO_HOLIDAYS)] == [due.key for due in before]


def test_a_review_that_is_no_visit_is_exempted_by_one(house: House) -> None:
    house.walk(house.way.steps(), until=s.ProposeProject)
    kept = dues(house.case, NO_HOLIDAYS)
    silence = next(due.key for due in kept if due.kind is ReviewKind.SILENCE)
    exempt = EXEMPT.model_copy(update={"review": silence, "occurred_on": house.way.day(310)})
    (made,) = house.take(exempt)
    assert isinstance(made, ce.ReviewExempted)


def test_a_visit_that_was_held_meanwhile_is_not_exempted(house: House) -> None:
    due = {"occurred_on": house.way.visit_due(3)}
    house.walk(house.way.steps())
    ask(house, EXEMPT.model_copy(update={"review": house.way.visit_key(3), **due}))
    house.take(project.visit(house.way, 3))
    refused(house, "review_not_outstanding", CONFIRM.model_copy(update=due))


@pytest.mark.parametrize(
    "event",
    [te.ApprovalEndRequested, ce.PauseRequested, ce.ExemptionRequested, ce.CaseRequestRefused],
)
def test_why_is_asked_or_refused_of_a_person_is_encrypted(event: type[Event]) -> None:
    assert class_of(event, "explanation") is FieldClass.PERSONAL


def test_an_order_tells_of_no_person(house: House) -> None:
    for event in (oe.LossRequested, oe.OrderRequestRefused):
        marks = {class_of(event, name) for name in event.model_fields}
        assert marks == {FieldClass.INTERNAL}
