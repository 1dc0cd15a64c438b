"""A complaint: who handles it, whoever it is about, and how it ends."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.case.steps import AssignCaseworker, CloseCase
from domain.case.vocabulary import Outcome
from domain.complaint import steps as s
from domain.complaint.about import Sight
from domain.complaint.state import ComplaintState
from domain.complaint.vocabulary import (
    Complainant,
    ComplaintChannel,
    ComplaintOutcome,
    ComplaintStatus,
)
from domain.errors import Refused
from domain.example.beside import register_centre
from domain.message import Actor, Event, Role, Step, StreamKind, stream_id
from domain.reference.state import complaints_about, series_of
from domain.staff.standing_in.events import DelegateNamed
from domain.staff.standing_in.steps import EndDelegation, NameDelegate
from tests.support.paper import ADMINISTRATOR, DIRECTORY, DIVISION, REGISTRY, ROOT
from tests.unit.domain.conftest import House, hire
from tests.unit.domain.test_erasure import erased

DAY = date(2026, 2, 2)
LATER = date(2026, 2, 9)


@dataclass
class Desk:
    """Where complaints come in, in a house with one open case."""

    house: House
    second: Actor
    """Another caseworker of the centre."""
    division: Actor

    def file(self, key: str = "one", by: Actor | None = None, **more: Any) -> UUID:
        complaint = uuid5(ROOT, f"complaint {key}")
        said: dict[str, Any] = {
            "occurred_on": DAY,
            "centre": "taza",
            "complainant": Complainant.RELATIVE,
            "channel": ComplaintChannel.ORAL,
            "words": "Nobody calls back.",
        }
        self.take(complaint, s.FileComplaint(**said | more), by or self.second)
        return complaint

    def take(self, complaint: UUID, step: Step, actor: Actor) -> list[Event]:
        return self.house.paper.take(stream_id(StreamKind.COMPLAINT, complaint), step, actor)

    def refused(self, complaint: UUID, step: Step, actor: Actor) -> str:
        with pytest.raises(Refused) as refusal:
            self.take(complaint, step, actor)
        return refusal.value.code

    def state(self, complaint: UUID) -> ComplaintState:
        found = self.house.paper.state(stream_id(StreamKind.COMPLAINT, complaint))
        assert isinstance(found, ComplaintState)
        return found

    def sees(self, complaint: UUID, actor: Actor) -> bool:
        """Whether they come to the complaint at all: a step of anybody's says so."""
        step = s.WithdrawComplaint(occurred_on=LATER, explanation="Settled.")
        there = Desk(
            House(**{**vars(self.house), "paper": self.house.paper.copy()}),
            self.second,
            self.division,
        )
        try:
            there.take(complaint, step, actor)
        except Refused as refusal:
            return refusal.code != "complaint_not_found"
        return True


@pytest.fixture
def desk(house: House) -> Desk:
    house.walk(house.way.steps()[:1])
    hire(house.paper, "division", Role.DIVISION, None)
    return Desk(
        house,
        hire(house.paper, "second-caseworker", Role.CASEWORKER, "taza"),
        hire(house.paper, "division-of-complaints", Role.DIVISION, None),
    )


def stand_in(house: House, delegate: Actor) -> UUID:
    """From today on, for the caseworker."""
    today = house.paper.today
    step = NameDelegate(
        occurred_on=today,
        staff_id=house.caseworker.id,
        delegate=delegate.id,
        since=today,
        until=today + timedelta(days=9),
    )
    (named,) = house.paper.take(DIRECTORY, step, house.coordinator)
    assert isinstance(named, DelegateNamed)
    return named.delegation_id


def handled_by(actor: Actor) -> s.NameComplaintHandler:
    return s.NameComplaintHandler(occurred_on=DAY, handler=actor.id)


ANSWER = s.AnswerComplaint(
    occurred_on=LATER, channel=ComplaintChannel.TELEPHONE, answer="They were called."
)
CLOSE = s.CloseComplaint(
    occurred_on=LATER, outcome=ComplaintOutcome.UPHELD, explanation="Calls are noted."
)


def test_complaints_are_numbered_by_centre_and_year(desk: Desk) -> None:
    assert desk.state(desk.file()).number == "C-TAZ-26-0001"
    assert desk.state(desk.file("two")).number == "C-TAZ-26-0002"
    early = desk.file("early", occurred_on=date(2025, 12, 30))
    assert desk.state(early).number == "C-TAZ-25-0001"


def test_one_that_the_coordinator_does_not_see_leaves_no_gap_in_their_numbers(desk: Desk) -> None:
    about = desk.file(staff_id=desk.house.coordinator.id)
    assert desk.state(about).number == "C-DIV-26-0001"
    assert desk.state(desk.file("next")).number == "C-TAZ-26-0001"


def test_an_answer_is_due_in_fifteen_days_on_a_working_day(desk: Desk) -> None:
    complaint = desk.file(occurred_on=date(2026, 1, 31))
    calendar = desk.house.paper.calendar
    assert desk.state(complaint).due_on(calendar) == date(2026, 2, 16)
    desk.take(complaint, handled_by(desk.second), desk.house.coordinator)
    desk.take(complaint, ANSWER, desk.second)
    assert desk.state(complaint).due_on(calendar) is None


class TestNotAnsweredInTime:
    def test_the_coordinator_has_it_a_week_late_and_the_division_two_weeks_later(
        self, desk: Desk
    ) -> None:
        complaint, calendar = desk.file(), desk.house.paper.calendar
        late, later = desk.state(complaint).raised(calendar)
        assert (late, later) == (date(2026, 2, 24), date(2026, 3, 10))
        has = [
            desk.state(complaint).raised_to(calendar, each)
            for each in (late - timedelta(days=1), late, later - timedelta(days=1), later)
        ]
        assert has == [None, Role.COORDINATOR, Role.COORDINATOR, Role.DIVISION]

    def test_the_division_has_it_at_once_where_the_coordinator_does_not_see_it(
        self, desk: Desk
    ) -> None:
        complaint, calendar = desk.file(about_centre="taza"), desk.house.paper.calendar
        late, _ = desk.state(complaint).raised(calendar)
        assert desk.state(complaint).raised_to(calendar, late) is Role.DIVISION

    def test_the_division_reads_what_it_has(self, desk: Desk) -> None:
        state = desk.state(desk.file())
        assert not Sight(state, None).is_read_by(desk.division)
        assert Sight(state, None, raised_to=Role.DIVISION).is_read_by(desk.division)

    def test_it_goes_no_further_once_it_is_answered(self, desk: Desk) -> None:
        complaint, calendar = desk.file(), desk.house.paper.calendar
        desk.take(complaint, handled_by(desk.second), desk.house.coordinator)
        desk.take(complaint, ANSWER, desk.second)
        assert desk.state(complaint).raised(calendar) == ()

    def test_who_is_told_something_new_answers_again(self, desk: Desk) -> None:
        complaint, calendar = desk.file(), desk.house.paper.calendar
        desk.take(complaint, handled_by(desk.second), desk.house.coordinator)
        for step in (ANSWER, CLOSE):
            desk.take(complaint, step, desk.second)
        reopened = s.ReopenComplaint(occurred_on=date(2026, 2, 16), explanation="She wrote again.")
        desk.take(complaint, reopened, desk.second)
        assert desk.state(complaint).due_on(calendar) == date(2026, 3, 3)
        assert desk.state(complaint).status is ComplaintStatus.HANDLED
        closed = CLOSE.model_copy(update={"occurred_on": date(2026, 2, 17)})
        assert desk.refused(complaint, closed, desk.second) == "complaint_not_answered"
        again = ANSWER.model_copy(update={"occurred_on": date(2026, 2, 17)})
        desk.take(complaint, again, desk.second)
        assert desk.state(complaint).status is ComplaintStatus.ANSWERED
        assert desk.state(complaint).due_on(calendar) is None


class TestNeverSeenByWhomItIsAbout:
    def test_who_is_named(self, desk: Desk) -> None:
        complaint = desk.file(staff_id=desk.second.id, by=desk.division)
        assert not desk.sees(complaint, desk.second)
        assert desk.sees(complaint, desk.house.coordinator)

    def test_who_took_it_down_and_is_named(self, desk: Desk) -> None:
        complaint = desk.file(staff_id=desk.second.id)
        assert not desk.sees(complaint, desk.second)

    def test_who_had_the_case_before_it_was_filed(self, desk: Desk) -> None:
        desk.house.take(AssignCaseworker(occurred_on=DAY, caseworker=desk.second.id))
        complaint = desk.file(case_id=desk.house.case_id, by=desk.house.coordinator)
        assert not desk.sees(complaint, desk.house.caseworker)
        step = handled_by(desk.house.caseworker)
        assert desk.refused(complaint, step, desk.division) == "complaint_handler_concerned"

    def test_who_stands_in_for_who_has_the_case(self, desk: Desk) -> None:
        house, third = desk.house, hire(desk.house.paper, "third", Role.CASEWORKER, "taza")
        complaint = desk.file(case_id=house.case_id, by=desk.division)
        desk.take(complaint, handled_by(third), house.coordinator)
        assert desk.sees(complaint, third)
        named = stand_in(house, third)
        assert not desk.sees(complaint, third)
        during = desk.file("during", case_id=house.case_id, by=desk.division)
        step = handled_by(third)
        assert desk.refused(during, step, house.coordinator) == "complaint_handler_concerned"
        ended = EndDelegation(occurred_on=house.paper.today, delegation_id=named)
        house.paper.take(DIRECTORY, ended, house.coordinator)
        assert desk.sees(complaint, third)
        assert not desk.sees(during, third)

    def test_the_division_has_it_where_the_coordinator_stood_in(self, desk: Desk) -> None:
        house = desk.house
        stand_in(house, house.coordinator)
        about = desk.file(case_id=house.case_id)
        assert desk.state(about).of_division
        assert not desk.sees(about, house.coordinator)
        assert desk.sees(about, desk.division)

    def test_who_has_the_case_and_who_had_it(self, desk: Desk) -> None:
        house = desk.house
        complaint = desk.file(case_id=house.case_id)
        assert not desk.sees(complaint, house.caseworker)
        assert desk.sees(complaint, desk.second)
        house.take(AssignCaseworker(occurred_on=LATER, caseworker=desk.second.id))
        assert not desk.sees(complaint, desk.second)
        assert not desk.sees(complaint, house.caseworker)
        assert desk.sees(complaint, house.coordinator)

    def test_the_coordinator(self, desk: Desk) -> None:
        complaint = desk.file(staff_id=desk.house.coordinator.id)
        assert not desk.sees(complaint, desk.house.coordinator)
        assert desk.sees(complaint, desk.division)

    def test_another_coordinator_of_the_centre(self, desk: Desk) -> None:
        another = hire(desk.house.paper, "coordinator-2", Role.COORDINATOR, "taza")
        complaint = desk.file(staff_id=desk.house.coordinator.id)
        assert not desk.sees(complaint, another)

    def test_everybody_of_the_centre(self, desk: Desk) -> None:
        complaint = desk.file(about_centre="taza")
        for each in (desk.second, desk.house.caseworker, desk.house.coordinator):
            assert not desk.sees(complaint, each)
        assert desk.sees(complaint, desk.division)

    def test_one_of_the_division(self, desk: Desk) -> None:
        complaint = desk.file(staff_id=desk.division.id)
        assert not desk.sees(complaint, desk.division)
        assert desk.sees(complaint, desk.house.coordinator)

    def test_who_handled_it_until_they_were_named(self, desk: Desk) -> None:
        complaint = desk.file()
        desk.take(complaint, handled_by(desk.house.caseworker), desk.house.coordinator)
        assert desk.sees(complaint, desk.house.caseworker)
        named = s.RedirectComplaint(
            occurred_on=LATER, staff_id=desk.house.caseworker.id, explanation="It was them."
        )
        desk.take(complaint, named, desk.house.coordinator)
        assert not desk.sees(complaint, desk.house.caseworker)
        assert desk.state(complaint).handler is None
        assert desk.state(complaint).status is ComplaintStatus.WAITING

    def test_who_was_named_once_though_it_is_about_another_now(self, desk: Desk) -> None:
        complaint = desk.file(staff_id=desk.house.caseworker.id)
        nobody = s.RedirectComplaint(occurred_on=LATER, explanation="It was not them.")
        desk.take(complaint, nobody, desk.house.coordinator)
        assert not desk.sees(complaint, desk.house.caseworker)

    def test_another_centres_staff(self, desk: Desk) -> None:
        centre = {"centre": "ifrane", "code": "IFR", "catchment": ()}
        step = register_centre().model_copy(update=centre)
        desk.house.paper.take(REGISTRY, step, ADMINISTRATOR)
        for role in (Role.CASEWORKER, Role.COORDINATOR):
            assert not desk.sees(desk.file(role), hire(desk.house.paper, role, role, "ifrane"))


def test_a_caseworker_sees_what_they_took_down_or_handle(desk: Desk) -> None:
    complaint = desk.file()
    assert desk.sees(complaint, desk.second)
    assert not desk.sees(complaint, desk.house.caseworker)
    desk.take(complaint, handled_by(desk.house.caseworker), desk.house.coordinator)
    assert desk.sees(complaint, desk.house.caseworker)


def test_nobody_handles_a_complaint_about_themselves(desk: Desk) -> None:
    complaint = desk.file(staff_id=desk.house.caseworker.id)
    step = handled_by(desk.house.caseworker)
    assert desk.refused(complaint, step, desk.house.coordinator) == "complaint_handler_concerned"


def test_about_a_coordinator_the_division_names_who_handles_it(desk: Desk) -> None:
    complaint = desk.file(staff_id=desk.house.coordinator.id)
    for unfit in (desk.second, ADMINISTRATOR):
        refused = desk.refused(complaint, handled_by(unfit), desk.division)
        assert refused == "complaint_handler_unfit"
    desk.take(complaint, handled_by(desk.division), desk.division)
    assert desk.state(complaint).handler == desk.division.id


def test_a_handler_of_another_centre_does_not_name_the_next(desk: Desk) -> None:
    centre = {"centre": "ifrane", "code": "IFR", "catchment": ()}
    desk.house.paper.take(REGISTRY, register_centre().model_copy(update=centre), ADMINISTRATOR)
    theirs = hire(desk.house.paper, "ifrane-coordinator", Role.COORDINATOR, "ifrane")
    complaint = desk.file(staff_id=desk.house.coordinator.id)
    desk.take(complaint, handled_by(theirs), desk.division)
    assert desk.refused(complaint, handled_by(theirs), theirs) == "complaint_of_division"
    desk.take(complaint, ANSWER, theirs)


def test_who_does_not_handle_it_does_not_answer(desk: Desk) -> None:
    complaint = desk.file()
    assert desk.refused(complaint, ANSWER, desk.second) == "complaint_without_handler"
    desk.take(complaint, handled_by(desk.house.caseworker), desk.house.coordinator)
    assert desk.refused(complaint, ANSWER, desk.second) == "complaint_of_another_handler"
    desk.take(complaint, ANSWER, desk.house.caseworker)
    again = desk.refused(complaint, ANSWER, desk.house.caseworker)
    assert again == "complaint_already_answered"


def test_whoever_said_who_they_are_is_answered_before_it_is_closed(desk: Desk) -> None:
    known, nameless = desk.file(), desk.file("nameless", complainant=Complainant.ANONYMOUS)
    for each in (known, nameless):
        desk.take(each, handled_by(desk.second), desk.house.coordinator)
    assert desk.refused(known, CLOSE, desk.second) == "complaint_not_answered"
    desk.take(nameless, CLOSE, desk.second)
    desk.take(known, ANSWER, desk.second)
    desk.take(known, CLOSE, desk.second)
    assert desk.state(known).status is ComplaintStatus.CLOSED


def test_an_anonymous_complaint_has_no_name(desk: Desk) -> None:
    with pytest.raises(Refused, match="anonymous_complaint_with_name"):
        desk.file(complainant=Complainant.ANONYMOUS, name="Amina")


def test_a_case_of_another_centre_is_no_case_here(desk: Desk) -> None:
    with pytest.raises(Refused, match="case_not_found"):
        desk.file(case_id=uuid5(ROOT, "elsewhere"))


def test_another_person_than_who_ended_it_erases_it(desk: Desk) -> None:
    complaint = desk.file(name="Amina")
    erase = s.EraseComplaint(occurred_on=LATER)
    assert desk.refused(complaint, erase, desk.division) == "complaint_still_open"
    passed = s.PassComplaintOn(occurred_on=LATER, authority="the court", explanation="Theirs.")
    desk.take(complaint, passed, desk.division)
    assert desk.refused(complaint, erase, desk.division) == "complaint_erased_by_another"
    desk.take(complaint, erase, DIVISION)
    state = desk.state(complaint)
    assert (state.words, state.name, state.explanation) == (None, None, None)
    assert state.number == "C-TAZ-26-0001"
    reopen = s.ReopenComplaint(occurred_on=LATER, explanation="Again.")
    assert desk.refused(complaint, reopen, desk.house.coordinator) == "complaint_erased"


def test_what_complaints_say_goes_with_the_person_whose_case_they_are_about(desk: Desk) -> None:
    house = desk.house
    about, other = desk.file(case_id=house.case_id, name="Amina"), desk.file("other")
    moved = desk.file("moved")
    redirect = s.RedirectComplaint(occurred_on=DAY, case_id=house.case_id, explanation="Theirs.")
    desk.take(moved, redirect, desk.second)
    house.take(CloseCase(occurred_on=LATER, outcome=Outcome.LEFT_COUNTRY))
    erased(house)
    for each in (about, moved):
        state = desk.state(each)
        assert (state.words, state.name, state.is_open) == (None, None, False)
    assert desk.state(other).words
    assert desk.state(other).is_open


def test_nothing_of_a_complaint_stands_in_the_case_or_the_directory(desk: Desk) -> None:
    house = desk.house
    case = stream_id(StreamKind.CASE, house.case_id)
    before = [len(house.paper.of(each)) for each in (case, DIRECTORY)]
    desk.file(case_id=house.case_id, staff_id=house.caseworker.id)
    assert [len(house.paper.of(each)) for each in (case, DIRECTORY)] == before
    written = {each.envelope.stream for each in house.paper.events[-3:]}
    series = series_of("complaints", "taza", DAY)
    one = stream_id(StreamKind.COMPLAINT, uuid5(ROOT, "complaint one"))
    assert written == {one, series, complaints_about(house.case_id)}
