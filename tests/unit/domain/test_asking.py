"""One asks, another confirms or refuses, and nothing changes before."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.agreement import events as e
from domain.agreement import steps as a
from domain.agreement.state import AgreementState
from domain.asking.steps import ConfirmRequest, RefuseRequest
from domain.asking.waiting import ANSWERED_WITHIN
from domain.beneficiary import events as be
from domain.beneficiary import steps as b
from domain.case import steps as s
from domain.case.vocabulary import Outcome
from domain.commands import HANDLINGS
from domain.errors import Refused
from domain.message import Actor, Event, FieldClass, Role, Step, StreamKind, class_of, stream_id
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House, hire

TODAY = date(2026, 3, 2)
CONFIRM = a.ConfirmAgreementRequest(occurred_on=TODAY)
REFUSE = a.RefuseAgreementRequest(occurred_on=TODAY, explanation="The hall is full.")


@dataclass
class Asking:
    """Places are asked for."""

    house: House

    @property
    def stream(self) -> str:
        return stream_id(StreamKind.AGREEMENT, self.house.way.agreement_id)

    @property
    def state(self) -> AgreementState:
        state = self.house.paper.state(self.stream)
        assert isinstance(state, AgreementState)
        return state

    def take(self, step: Step, actor: Actor) -> list[Event]:
        return self.house.paper.take(self.stream, step, actor)

    def ask(self, places: int = 5, actor: Actor = DIVISION) -> UUID:
        asked = a.AllowMorePlaces(occurred_on=TODAY, places=places, explanation="More came.")
        (event,) = self.take(asked, actor)
        assert isinstance(event, e.MorePlacesRequested)
        return event.request_id

    def refused(self, code: str, step: Step, actor: Actor) -> None:
        before, recorded = self.state, len(self.house.paper.events)
        with pytest.raises(Refused) as refusal:
            self.take(step, actor)
        assert refusal.value.code == code
        assert (self.state, len(self.house.paper.events)) == (before, recorded)


@pytest.fixture
def asking(house: House) -> Asking:
    return Asking(house)


def test_nothing_changes_until_it_is_confirmed(asking: Asking) -> None:
    before = asking.state.places
    request_id = asking.ask()
    assert asking.state.places == before
    made = asking.take(CONFIRM, asking.house.coordinator)
    assert made == [
        e.AgreementRequestConfirmed(request_id=request_id),
        e.MorePlacesAllowed(places=5, explanation="More came."),
    ]
    assert (asking.state.places, asking.state.requests) == (before + 5, {})


def test_what_is_refused_comes_to_nothing_and_says_why(asking: Asking) -> None:
    before = asking.state.places
    request_id = asking.ask()
    asking.refused("second_person_needed", REFUSE, DIVISION)
    (made,) = asking.take(REFUSE, asking.house.coordinator)
    assert made == e.AgreementRequestRefused(request_id=request_id, explanation="The hall is full.")
    assert (asking.state.places, asking.state.requests) == (before, {})
    asking.refused("request_not_found", CONFIRM, asking.house.coordinator)


def test_a_coordinator_asks_and_the_division_or_another_coordinator_answers(
    asking: Asking,
) -> None:
    house = asking.house
    colleague = hire(house.paper, "coordinator-2", Role.COORDINATOR)
    for second in (hire(house.paper, "division-2", Role.DIVISION, None), colleague):
        asking.ask(actor=house.coordinator)
        asking.refused("second_person_needed", CONFIRM, house.coordinator)
        asking.take(CONFIRM, second)


def test_neither_a_caseworker_nor_another_centre_answers(asking: Asking) -> None:
    asking.ask()
    asking.refused("not_allowed", CONFIRM, asking.house.caseworker)
    elsewhere = Actor(id=uuid4(), role=Role.COORDINATOR, centre="laayoune")
    asking.refused("other_centre", CONFIRM, elsewhere)


@pytest.mark.parametrize("answer", [CONFIRM, REFUSE])
def test_what_nobody_answers_in_thirty_days_lapses_and_is_asked_anew(
    asking: Asking, answer: Step
) -> None:
    asking.ask()
    paper = asking.house.paper
    asked_at = paper.now
    paper.now = asked_at + ANSWERED_WITHIN + timedelta(seconds=1)
    asking.refused("request_lapsed", answer, asking.house.coordinator)
    asking.ask()
    asking.take(answer, asking.house.coordinator)
    assert timedelta(days=30) == ANSWERED_WITHIN


def test_the_last_instant_is_in_time(asking: Asking) -> None:
    asking.ask()
    asking.house.paper.now += ANSWERED_WITHIN
    asking.take(CONFIRM, asking.house.coordinator)


def test_the_same_is_not_asked_twice_and_something_else_is(asking: Asking) -> None:
    asking.ask(5)
    step = a.AllowMorePlaces(occurred_on=TODAY, places=5, explanation="More came.")
    asking.refused("already_requested", step, DIVISION)
    asking.ask(3)
    assert len(asking.state.requests) == 2


def test_of_several_one_is_named(asking: Asking) -> None:
    first, second = asking.ask(5), asking.ask(3)
    coordinator, before = asking.house.coordinator, asking.state.places
    for answer in (CONFIRM, REFUSE):
        asking.refused("request_not_named", answer, coordinator)
    nobodys = CONFIRM.model_copy(update={"request_id": uuid4()})
    asking.refused("request_not_found", nobodys, coordinator)
    asking.take(REFUSE.model_copy(update={"request_id": second}), coordinator)
    asking.take(CONFIRM.model_copy(update={"request_id": first}), coordinator)
    assert asking.state.places == before + 5


def test_one_that_lapsed_does_not_hide_the_one_that_waits(asking: Asking) -> None:
    asking.ask(5)
    asking.house.paper.pass_days(31)
    asking.ask(3)
    before = asking.state.places
    asking.take(CONFIRM, asking.house.coordinator)
    assert asking.state.places == before + 3


def test_it_is_answered_on_the_day_it_was_asked_or_later(asking: Asking) -> None:
    asking.ask()
    early = CONFIRM.model_copy(update={"occurred_on": TODAY - timedelta(days=1)})
    asking.refused("date_before_earlier_step", early, asking.house.coordinator)


def test_what_would_not_pass_is_not_asked_for(house: House) -> None:
    house.walk(house.way.to_release())
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    with pytest.raises(Refused, match="case_still_open"):
        house.paper.take(person, b.RequestErasure(occurred_on=TODAY), DIVISION)


def test_it_is_judged_anew_when_it_is_confirmed(house: House) -> None:
    """Of what stands then: the person came back meanwhile."""
    house.walk(house.way.to_release())
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    house.paper.take(person, b.RequestErasure(occurred_on=TODAY), DIVISION)
    house.take(s.ReopenCase(occurred_on=TODAY, explanation="Came back."), house.coordinator)
    confirm = b.ConfirmBeneficiaryRequest(occurred_on=TODAY)
    with pytest.raises(Refused, match="case_still_open"):
        house.paper.take(person, confirm, house.coordinator)
    assert not house.paper.beneficiary(house.way.beneficiary_id).erased
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
    house.paper.take(person, confirm, house.coordinator)
    assert house.paper.beneficiary(house.way.beneficiary_id).erased


def test_more_places_are_not_confirmed_once_the_agreement_is_closed(asking: Asking) -> None:
    asking.ask()
    asking.take(a.CloseAgreement(occurred_on=TODAY, explanation="Over."), DIVISION)
    asking.refused("agreement_closed", CONFIRM, asking.house.coordinator)
    asking.take(REFUSE, asking.house.coordinator)


def test_why_a_request_about_a_person_is_refused_is_encrypted() -> None:
    assert class_of(be.BeneficiaryRequestRefused, "explanation") is FieldClass.PERSONAL


def test_each_kind_of_stream_has_one_pair_of_answers() -> None:
    for answer in (ConfirmRequest, RefuseRequest):
        kinds = [row.kind for step, row in HANDLINGS.items() if issubclass(step, answer)]
        beside = [StreamKind.AGREEMENT, StreamKind.BENEFICIARY]
        assert sorted(kinds) == [*beside, StreamKind.CASE, StreamKind.ORDER]


def test_second_people_are_coordinators_and_the_division() -> None:
    rows = [row for step, row in HANDLINGS.items() if issubclass(step, ConfirmRequest)]
    assert {row.who for row in rows} == {frozenset({Role.COORDINATOR, Role.DIVISION})}
