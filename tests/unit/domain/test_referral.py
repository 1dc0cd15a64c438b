"""A case referred to another centre: until it accepts everything is as before, and then all of it moves."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

import pytest

from domain.beneficiary.steps import ChangeDetails
from domain.case import steps as s
from domain.case.referral import steps as r
from domain.case.referral.asking.steps import AskForReferral
from domain.case.referral.events import ReferralAsked
from domain.case.referral.vocabulary import ReferralOutcome
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.case.vocabulary import DeathKnownBy, Outcome
from domain.errors import NotAllowed, Refused
from domain.example.beside import register_centre
from domain.example.person import EXAMPLE
from domain.message import Actor, Role, Step, StreamKind, stream_id
from domain.order.steps import PlaceOrder, ReceiveLines
from domain.registry.centres.steps import CloseCentre
from domain.registry.steps import Catchment
from domain.staff.events import AskedForReferral
from domain.staff.steps import RecordDeparture
from tests.support.paper import ADMINISTRATOR, DIRECTORY, DIVISION, REGISTRY
from tests.unit.domain.conftest import House, hire

DAY = timedelta(days=1)


@dataclass
class Two:
    """A case of one centre, and the people of another."""

    house: House
    caseworker: Actor
    coordinator: Actor

    @property
    def on(self) -> date:
        """The day on which the case is referred."""
        return self.house.way.day(310)

    def take(self, step: Step, actor: Actor) -> None:
        self.house.paper.take(stream_id(StreamKind.CASE, self.house.case_id), step, actor)

    def refused(self, code: str, step: Step, actor: Actor) -> Refused:
        with pytest.raises(Refused) as refusal:
            self.take(step, actor)
        assert refusal.value.code == code
        return refusal.value

    def refer(self, **more: object) -> r.ReferCase:
        step = self.house.way.step(r.ReferCase)
        return step.model_copy(update={"occurred_on": self.on, "to_centre": "ifrane"} | more)

    def told(self, kind: type[Step], days: int = 1, **more: object) -> Step:
        """The example's answer, so many days after the referral."""
        step = self.house.way.step(kind)
        return step.model_copy(update={"occurred_on": self.on + days * DAY} | more)

    def accept(self, days: int = 1) -> Step:
        return self.told(r.AcceptReferral, days, caseworker=self.caseworker.id)


@pytest.fixture
def two(house: House) -> Two:
    like = register_centre(replace(EXAMPLE, centre="ifrane", province="ifrane"))
    served = (Catchment(province="ifrane", since=date(2015, 1, 1)),)
    house.paper.take(REGISTRY, like.model_copy(update={"catchment": served}), ADMINISTRATOR)
    house.walk(house.way.to_release())
    caseworker = hire(house.paper, "ifrane-caseworker", Role.CASEWORKER, "ifrane")
    return Two(
        house, caseworker, hire(house.paper, "ifrane-coordinator", Role.COORDINATOR, "ifrane")
    )


def test_until_it_is_accepted_the_old_centre_has_every_right(two: Two) -> None:
    house, before = two.house, two.house.case
    two.take(two.refer(), house.caseworker)
    assert (house.case.centre, house.case.caseworker) == (before.centre, before.caseworker)
    two.take(two.told(s.AddNote), house.caseworker)
    for person in (two.caseworker, two.coordinator):
        two.refused("other_centre", two.told(s.AddNote), person)
    assert house.paper.beneficiary(house.way.beneficiary_id).centre == before.centre


def test_accepted_the_same_case_moves_whole_and_the_old_centre_has_none_of_it(two: Two) -> None:
    house, before = two.house, two.house.case
    two.take(two.refer(), house.caseworker)
    two.take(two.accept(), two.coordinator)
    case = house.case
    assert (case.centre, case.caseworker) == ("ifrane", two.caseworker.id)
    assert case.reference == before.reference
    assert case.tracks == before.tracks
    two.take(two.told(s.AddNote, 2), two.caseworker)
    for each in (house.caseworker, house.coordinator):
        two.refused("other_centre", two.told(s.AddNote, 2), each)
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    with pytest.raises(NotAllowed, match="other_centre"):
        house.paper.take(person, two.told(ChangeDetails), house.caseworker)
    house.paper.take(person, two.told(ChangeDetails), two.caseworker)


def test_what_the_old_centre_told_of_a_later_day_gives_the_case_to_nobody(two: Two) -> None:
    """It was assigned for tomorrow, and accepted elsewhere for yesterday."""
    house = two.house
    two.take(two.refer(), house.caseworker)
    two.take(two.told(s.AssignCaseworker, 5, caseworker=house.coordinator.id), house.coordinator)
    two.take(two.accept(2), two.coordinator)
    assert house.case.caseworker == two.caseworker.id
    early = two.told(s.AssignCaseworker, 1, caseworker=two.coordinator.id)
    two.refused("date_before_earlier_step", early, two.coordinator)


def test_refused_or_taken_back_it_stays_and_can_be_referred_again(two: Two) -> None:
    house = two.house
    two.take(two.refer(), house.caseworker)
    two.take(two.told(r.RefuseReferral), two.coordinator)
    assert house.case.centre == house.way.centre
    two.refused("no_referral_pending", two.accept(2), two.coordinator)
    two.refused("date_before_earlier_step", two.refer(), house.caseworker)
    two.take(two.refer(occurred_on=two.on + DAY), house.caseworker)
    two.take(two.told(r.WithdrawReferral), house.caseworker)
    two.refused("no_referral_pending", two.accept(2), two.coordinator)
    two.refused("no_referral_pending", two.told(r.WithdrawReferral), house.coordinator)


def test_of_an_answer_and_a_withdrawal_at_once_the_first_counts(two: Two) -> None:
    house = two.house
    two.take(two.refer(), house.caseworker)
    two.take(two.accept(), two.coordinator)
    two.refused("other_centre", two.told(r.WithdrawReferral), house.caseworker)
    two.refused("no_referral_pending", two.accept(), two.coordinator)
    two.refused("no_referral_pending", two.told(r.RefuseReferral), two.coordinator)


def test_only_the_receiving_coordinator_answers(two: Two) -> None:
    house = two.house
    two.take(two.refer(), house.caseworker)
    two.refused("receiving_centre_answers", two.accept(), house.coordinator)
    two.refused("not_allowed", two.accept(), two.caseworker)
    two.refused("not_allowed", two.accept(), DIVISION)
    two.refused("other_centre", two.told(r.WithdrawReferral), two.coordinator)
    elsewhere = two.coordinator.model_copy(update={"centre": "midelt"})
    two.refused("other_centre", two.accept(), elsewhere)


def test_a_referral_that_cannot_be_is_refused_with_why(two: Two) -> None:
    house = two.house
    two.refused("referred_to_itself", two.refer(to_centre=house.way.centre), house.caseworker)
    two.refused("centre_unknown", two.refer(to_centre="nowhere"), house.caseworker)
    two.take(two.refer(), house.caseworker)
    two.refused("referral_already_pending", two.refer(), house.caseworker)
    theirs = two.told(r.AcceptReferral, caseworker=house.caseworker.id)
    two.refused("caseworker_not_in_centre", theirs, two.coordinator)
    two.refused("date_before_earlier_step", two.accept(-1), two.coordinator)
    assert house.case.referrals.pending is not None


def test_a_case_closed_meanwhile_is_not_accepted_and_waits_again_once_it_is_reopened(
    two: Two,
) -> None:
    house = two.house
    two.take(two.refer(), house.caseworker)
    two.take(
        two.told(s.CloseCase, outcome=Outcome.LEFT_COUNTRY, explanation="Asked to stop."),
        house.coordinator,
    )
    for step in (two.accept(2), two.told(r.RefuseReferral, 2)):
        two.refused("case_closed", step, two.coordinator)
    two.take(two.told(s.ReopenCase, 2), house.coordinator)
    two.take(two.accept(3), two.coordinator)
    assert house.case.centre == "ifrane"


def test_it_falls_due_until_it_is_answered(two: Two) -> None:
    house = two.house

    def found() -> list[str]:
        every = dues(house.case, house.paper.calendar)
        return [each.key for each in every if each.kind is ReviewKind.REFERRAL]

    assert found() == []
    two.take(two.refer(), house.caseworker)
    assert found() == ["referral/1"]
    two.take(two.told(r.RefuseReferral), two.coordinator)
    assert found() == []
    two.take(two.refer(occurred_on=two.on + DAY), house.caseworker)
    assert found() == ["referral/2"]
    two.take(two.accept(2), two.coordinator)
    assert found() == []


def test_a_referral_is_retracted_while_nothing_answers_it(two: Two) -> None:
    house = two.house
    two.take(two.refer(), house.caseworker)
    entry = house.case.version
    retract = house.way.step(s.RetractEntry).model_copy(
        update={"occurred_on": two.on + 3 * DAY, "entry_number": entry}
    )
    answered = replace(two, house=replace(house, paper=house.paper.copy()))
    answered.take(answered.told(r.RefuseReferral), two.coordinator)
    answered.refused("rests_on_it", retract, house.caseworker)
    two.take(retract, house.caseworker)
    assert house.case.referrals.pending is None
    assert house.case.centre == house.way.centre


def test_any_order_of_entry_comes_to_the_same(two: Two) -> None:
    """What others tell meanwhile of days around the move."""
    house = two.house
    note = two.told(s.AddNote, 3)
    contact = two.told(s.RecordContact, 2)
    two.take(two.refer(), house.caseworker)
    came_to = set[tuple[str | None, UUID | None, date | None]]()
    for order in permutations([("note", note), ("contact", contact), ("accept", two.accept(2))]):
        again = replace(two, house=replace(house, paper=house.paper.copy()))
        moved = False
        for name, step in order:
            by = two.coordinator if name == "accept" or moved else house.caseworker
            again.take(step, by)
            moved = moved or name == "accept"
        case = again.house.case
        came_to.add((case.centre, case.caseworker, case.seen_last))
    assert len(came_to) == 1


def ask(two: Two, number: str, **more: object) -> None:
    """The other centre's caseworker, for the case of whoever has the number."""
    step = two.told(AskForReferral).model_copy(update={"number": number, **more})
    two.house.paper.take(DIRECTORY, step, two.caseworker)


def test_another_centre_asks_for_a_case_by_a_number_and_learns_nothing(two: Two) -> None:
    house = two.house
    before = len(house.paper.events)
    ask(two, house.way.card.lower())
    told, asked = (each.event for each in house.paper.events[before:])
    assert isinstance(told, AskedForReferral)
    assert isinstance(asked, ReferralAsked)
    assert told.of_centre == house.way.centre
    assert [each.key for each in dues(house.case, house.paper.calendar) if "asked" in each.key] == [
        "referral_asked/1"
    ]
    with pytest.raises(Refused, match="referral_asked_before"):
        ask(two, house.way.card)
    two.take(two.refer(occurred_on=two.on + DAY), house.caseworker)
    assert house.case.referrals.asked == {}
    with pytest.raises(Refused, match="referral_on_its_way"):
        ask(two, house.way.card)


def test_a_request_is_declined_with_a_reason_and_may_be_made_again(two: Two) -> None:
    house = two.house
    declined = two.told(r.DeclineReferralRequest, 2, by_centre="ifrane")
    two.refused("referral_not_asked_for", declined, house.caseworker)
    ask(two, house.way.card)
    two.refused(
        "referral_not_asked_for",
        declined.model_copy(update={"by_centre": "fes"}),
        two.house.caseworker,
    )
    two.refused("other_centre", declined, two.coordinator)
    two.take(declined, house.caseworker)
    assert house.case.referrals.asked == {}
    ask(two, house.way.card, occurred_on=two.on + 3 * DAY)
    assert [each.number for each in house.case.referrals.asked.values()] == [2]


@pytest.mark.parametrize(
    ("number", "asks", "code"),
    [
        ("ZZ999999", "caseworker", "nobody_to_refer"),
        ("none", "caseworker", "nobody_to_refer"),
        ("", "own", "number_known_here"),
    ],
)
def test_who_is_nobodys_or_ones_own_is_not_asked_for(
    two: Two, number: str, asks: str, code: str
) -> None:
    by = two.house.caseworker if asks == "own" else two.caseworker
    step = two.told(AskForReferral, number=number or two.house.way.card)
    with pytest.raises(Refused, match=code):
        two.house.paper.take(DIRECTORY, step, by)


def test_an_old_case_that_is_closed_is_not_asked_for(two: Two) -> None:
    two.take(
        two.told(s.CloseCase, outcome=Outcome.LEFT_COUNTRY, explanation="Asked to stop."),
        two.house.coordinator,
    )
    with pytest.raises(Refused, match="nobody_to_refer"):
        ask(two, two.house.way.card)


def told(two: Two) -> list[tuple[bool, ReferralOutcome, UUID | None, str | None]]:
    answered = two.house.case.referrals.answered
    return [(each.asked, each.outcome, each.answered_by, each.why) for each in answered]


def test_both_sides_are_told_what_came_of_each_by_whom_and_why(two: Two) -> None:
    house = two.house
    ask(two, house.way.card)
    declined = two.told(r.DeclineReferralRequest, 2, by_centre="ifrane")
    two.take(declined, house.caseworker)
    ask(two, house.way.card, occurred_on=two.on + 3 * DAY)
    two.take(two.refer(occurred_on=two.on + 4 * DAY), house.caseworker)
    refused = two.told(r.RefuseReferral, 5)
    two.take(refused, two.coordinator)
    two.take(two.refer(occurred_on=two.on + 6 * DAY), house.caseworker)
    two.take(two.told(r.WithdrawReferral, 7), house.caseworker)
    two.take(two.refer(occurred_on=two.on + 8 * DAY), house.caseworker)
    two.take(two.accept(9), two.coordinator)
    ours, outcome = house.caseworker.id, ReferralOutcome
    assert [each[:3] for each in told(two)] == [
        (True, outcome.DECLINED, ours),
        (True, outcome.REFERRED, ours),
        (False, outcome.REFUSED, two.coordinator.id),
        (False, outcome.WITHDRAWN, ours),
        (False, outcome.ACCEPTED, two.coordinator.id),
    ]
    whys = [each[3] for each in told(two)]
    assert whys[0] == declined.model_dump()["explanation"]
    assert whys[2] == refused.model_dump()["explanation"]


def close(two: Two, closed_from: date) -> None:
    said = CloseCentre(occurred_on=two.on, centre="ifrane", closed_from=closed_from)
    two.house.paper.take(REGISTRY, said, ADMINISTRATOR)


def test_a_centre_that_closed_while_a_referral_waited_refuses_it_and_does_not_accept(
    two: Two,
) -> None:
    two.take(two.refer(), two.house.caseworker)
    close(two, two.on + DAY)
    two.refused("centre_closed", two.accept(2), two.coordinator)
    two.take(two.told(r.RefuseReferral, 2), two.coordinator)
    assert told(two)[0][1] is ReferralOutcome.REFUSED


def test_to_a_centre_that_is_to_close_a_case_goes_until_it_does(two: Two) -> None:
    close(two, two.house.paper.today + 10 * DAY)
    two.take(two.refer(), two.house.caseworker)
    two.take(two.accept(), two.coordinator)
    assert two.house.case.centre == "ifrane"


def test_of_two_referrals_at_once_and_of_two_who_accept_the_second_is_told(two: Two) -> None:
    two.take(two.refer(), two.house.caseworker)
    two.refused("referral_already_pending", two.refer(to_centre="taza"), two.house.coordinator)
    two.take(two.accept(), two.coordinator)
    colleague = hire(two.house.paper, "ifrane-coordinator-2", Role.COORDINATOR, "ifrane")
    two.refused("no_referral_pending", two.accept(2), colleague)
    two.refused("no_referral_pending", two.told(r.RefuseReferral, 2), colleague)


def test_whom_the_new_centre_names_is_of_it_and_still_works_there(two: Two) -> None:
    two.take(two.refer(), two.house.caseworker)
    ours = two.told(r.AcceptReferral, caseworker=two.house.caseworker.id)
    two.refused("caseworker_not_in_centre", ours, two.coordinator)
    left = RecordDeparture(occurred_on=two.on, staff_id=two.caseworker.id)
    two.house.paper.take(DIRECTORY, left, ADMINISTRATOR)
    two.refused("caseworker_not_in_centre", two.accept(), two.coordinator)


def test_a_case_whose_person_died_moves_with_what_is_left_to_do(two: Two) -> None:
    two.take(two.refer(), two.house.caseworker)
    died = s.RecordDeath(occurred_on=two.on + DAY, known_by=DeathKnownBy.FAMILY)
    two.take(died, two.house.caseworker)
    two.take(two.accept(3), two.coordinator)
    assert two.house.case.centre == "ifrane"


def test_what_was_entered_late_of_before_the_move_is_the_new_centres_to_enter(two: Two) -> None:
    two.take(two.refer(), two.house.caseworker)
    two.take(two.accept(5), two.coordinator)
    late = two.told(s.AddNote, 2)
    two.refused("other_centre", late, two.house.caseworker)
    two.take(late, two.caseworker)


def test_money_stays_with_its_agreement_and_the_new_centre_receives_and_pays(two: Two) -> None:
    """An order that the old centre placed on the case's lines goes on; its line is the new one's."""
    house = two.house
    ahead = tuple(house.way.steps())[len(tuple(house.way.to_release())) :]
    house.walk(ahead, until=PlaceOrder)
    house.take(house.way.step(PlaceOrder))
    day = house.paper.today
    before = house.paper.state(stream_id(StreamKind.AGREEMENT, house.way.agreement_id))
    two.take(two.refer(occurred_on=day), house.caseworker)
    two.take(two.accept().model_copy(update={"occurred_on": day}), two.coordinator)
    assert house.paper.state(stream_id(StreamKind.AGREEMENT, house.way.agreement_id)) == before
    receive = house.way.step(ReceiveLines).model_copy(update={"occurred_on": day})
    house.take(receive, two.coordinator)
