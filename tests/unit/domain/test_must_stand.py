"""What a correction, a retraction or a late entry may not take away, beside what steps rest on."""

from datetime import date

import pytest

from domain.beneficiary.steps import CorrectIdentity
from domain.beneficiary.vocabulary import Sex
from domain.case import events as e
from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.events import AlternativePenaltyBegun
from domain.case.custody.vocabulary import PenaltyKind
from domain.case.putting_off import Pause
from domain.case.vocabulary import (
    Channel,
    ContactOutcome,
    DeathKnownBy,
    Outcome,
    TrackEnd,
    TrackKind,
)
from domain.errors import Refused
from domain.example import project
from domain.example.person import EXAMPLE
from domain.message import Step, StreamKind, stream_id
from domain.project.vocabulary import DecisionKind
from domain.tracks.self_employment import events as te
from domain.tracks.self_employment import steps as t
from domain.tracks.self_employment.state import find_track
from domain.tracks.training.steps import CompleteTraining, EnrolInTraining
from domain.tracks.training.vocabulary import TrainingResult, TrainingStatus
from domain.values.trades import Trade
from tests.unit.domain.both_ways import On
from tests.unit.domain.conftest import House, die, end_running
from tests.unit.domain.test_mending import contact, correct, entry, refused, retract


@pytest.fixture
def followed(house: House) -> House:
    """To the first contact after the release."""
    house.walk(house.way.steps(), until=t.ProposeProject)
    return house


def untrained(house: House) -> House:
    """On a track, released, and without a certificate from inside."""
    for step in house.way.steps():
        if isinstance(step, t.ProposeProject):
            break
        if not isinstance(step, s.RecordEducation):
            house.take(step)
    return house


class TestADeath:
    def test_is_not_moved_before_a_meeting(self, followed: House) -> None:
        die(followed, followed.way.day(310))
        death = entry(followed, e.DeathRecorded)
        moved = s.RecordDeath(occurred_on=followed.way.day(302), known_by=DeathKnownBy.FAMILY)
        error = refused(followed, "rests_on_it", correct, (death, moved))
        assert "record-contact" in str(error.params["entries"])

    def test_is_told_late_of_a_day_before_attempts_in_vain(self, followed: House) -> None:
        tried = s.RecordContact(
            occurred_on=followed.way.day(315),
            channel=Channel.PHONE,
            outcome=ContactOutcome.NO_ANSWER,
        )
        followed.take(tried)
        die(followed, followed.way.day(310))


class TestAClosing:
    def test_keeps_what_proved_it(self, house: House) -> None:
        house.walk(house.way.steps())
        end_running(house, house.way.day(600))
        visit = entry(house, te.VisitRecorded)
        error = refused(house, "rests_on_it", retract, visit)
        assert "close-case" in str(error.params["entries"])

    def test_is_not_moved_before_the_last_work(self, followed: House) -> None:
        close = closing(followed.way.day(320))
        followed.take(close)
        moved = close.model_copy(update={"occurred_on": followed.way.day(301)})
        refused(followed, "rests_on_it", correct, (entry(followed, e.CaseClosed), moved))

    def test_has_no_work_moved_behind_it(self, followed: House) -> None:
        followed.take(closing(followed.way.day(320)))
        met = entry(followed, e.ContactRecorded)
        refused(followed, "case_closed", correct, (met, contact(followed.way.day(325))))
        correct(followed, (met, contact(followed.way.day(315))))


def closing(day: date) -> s.CloseCase:
    return s.CloseCase(occurred_on=day, outcome=Outcome.LEFT_COUNTRY)


def test_no_track_is_opened_after_its_end(followed: House) -> None:
    ended = s.EndTrack(
        occurred_on=followed.way.day(320), ended_as=TrackEnd.BY_DECISION, explanation="e"
    )
    followed.take(ended)
    moved = followed.way.step(s.OpenTrack).model_copy(update={"occurred_on": followed.way.day(325)})
    error = refused(followed, "rests_on_it", correct, (entry(followed, e.TrackOpened), moved))
    assert "end-track" in str(error.params["entries"])


class TestATrackThatEnded:
    """Another of its kind was opened after it."""

    def test_is_followed_and_not_overlapped(self, followed: House) -> None:
        followed.take(given_up(followed, 320))
        again = s.OpenTrack(occurred_on=followed.way.day(330), track=TrackKind.SELF_EMPLOYMENT)
        followed.take(again)
        number = entry(followed, e.TrackOpened)
        moved = again.model_copy(update={"occurred_on": followed.way.day(315)})
        refused(followed, "track_already_open", correct, (number, moved))
        error = refused(followed, "rests_on_it", retract, entry(followed, e.TrackEnded))
        assert "open-track" in str(error.params["entries"])

    def test_is_given_no_money_by_a_corrected_decision(self, house: House) -> None:
        house.walk(house.way.to_release())
        house.walk(house.way.to_submission())
        house.take(project.rejection(house.way))
        house.take(given_up(house, 390))
        rejected = entry(house, te.DecisionRecorded)
        approved = t.CorrectDecision(
            occurred_on=house.way.day(381),
            entry_number=rejected,
            decision=DecisionKind.APPROVE,
            equipment_amount=EXAMPLE.goods,
            cash_grant=EXAMPLE.cash,
            explanation="Mistyped.",
        )
        error = refused(house, "rests_on_it", House.take, approved, house.coordinator)
        assert "end-track" in str(error.params["entries"])


def given_up(house: House, day: int) -> Step:
    on = house.way.day(day)
    return s.EndTrack(occurred_on=on, ended_as=TrackEnd.GIVEN_UP, explanation="e")


def test_a_proposal_goes_with_all_that_was_built_on_it(house: House) -> None:
    house.walk(house.way.steps(), until=t.GiveOpinion)
    proposed, studied = entry(house, te.ProjectProposed), entry(house, te.StudyRecorded)
    refused(house, "rests_on_it", retract, proposed)
    correct(house, (proposed, None), (studied, None))
    (track,) = house.case.tracks.values()
    assert track.stage(house.case) == "project_approval"


@pytest.mark.parametrize(
    "order",
    [
        ("first", "failed", "second", "passed"),
        ("second", "first", "failed", "passed"),
        ("second", "first", "passed", "failed"),
        ("second", "passed", "first", "failed"),
    ],
)
def test_two_trainings_are_told_in_any_order(house: House, order: tuple[str, ...]) -> None:
    on = On(untrained(house).way)
    steps = {
        "first": enrol(on, 305, Trade.WELDING),
        "failed": CompleteTraining(occurred_on=on.way.day(315), result=TrainingResult.FAILED),
        "second": enrol(on, 320, Trade.SEWING),
        "passed": on.trained(340),
    }
    for name in order:
        house.take(steps[name])
    track = find_track(house.case)
    assert track is not None
    assert (track.training, track.trade) == (TrainingStatus.COMPLETED, Trade.SEWING)


def enrol(on: On, day: int, trade: Trade) -> Step:
    return EnrolInTraining(
        occurred_on=on.way.day(day),
        trade=trade,
        provider=EXAMPLE.trainer,
        planned_end=on.way.day(day + 60),
    )


def test_a_certificate_counts_from_the_day_it_was_earned(house: House) -> None:
    """Whoever was enrolled outside before it is told of after it."""
    on = On(untrained(house).way)
    house.take(on.education(250, Trade.SEWING))
    with pytest.raises(Refused, match="training_already_completed"):
        house.take(enrol(on, 306, Trade.SEWING))
    house.take(enrol(on, 230, Trade.SEWING))


def test_an_end_keeps_what_it_ended(house: House) -> None:
    house.walk(house.way.steps(), until=t.ProposeProject)
    way = house.way
    begun = custody.BeginAlternativePenalty(
        occurred_on=way.day(960), penalty=PenaltyKind.COMMUNITY_WORK, hours_ordered=100
    )
    house.take(begun)
    house.take(custody.RecordPenaltyHours(occurred_on=way.day(970), hours_done=20))
    number = entry(house, AlternativePenaltyBegun)
    error = refused(house, "rests_on_it", retract, number)
    assert error.params["count"] == 1


def test_who_they_are_told_late_is_not_the_present_birth_date_of_a_case(house: House) -> None:
    """Told of a day before it was last told who they are."""
    house.walk(house.way.steps(), until=t.ProposeProject)
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    born = date(1991, 5, 18)
    for step in (
        CorrectIdentity(
            occurred_on=house.way.day(310),
            sex=Sex.FEMALE,
            name_latin="Salma",
            birth_date=born,
            explanation="Mistyped.",
        ),
        CorrectIdentity(
            occurred_on=house.way.day(305), sex=Sex.FEMALE, name_latin="Salma", explanation="Late."
        ),
    ):
        house.paper.take(person, step, house.caseworker)
        assert house.case.born == house.paper.beneficiary(house.way.beneficiary_id).born == born


class TestAPause:
    @pytest.fixture
    def resumed(self, followed: House) -> House:
        """From the 310th day, resumed on the 320th, and paused again on the 330th."""
        way = followed.way
        for first, last in ((310, 360), (330, 350)):
            followed.take(paused(way.day(first), way.day(last)))
            if first == 310:
                followed.take(s.ResumeCase(occurred_on=way.day(320)))
        return followed

    def test_that_runs_on_is_over_where_the_next_begins(self, resumed: House) -> None:
        retract(resumed, entry(resumed, e.CaseResumed))
        way = resumed.way
        assert resumed.case.pauses == (
            Pause(way.day(310), way.day(330)),
            Pause(way.day(330), way.day(350)),
        )

    def test_that_was_resumed_is_not_taken_away(self, resumed: House) -> None:
        first = entry(resumed, e.CasePaused, 0)
        error = refused(resumed, "rests_on_it", retract, first)
        assert "resume-case" in str(error.params["entries"])


def paused(on: date, until: date) -> Step:
    return s.PauseCase(occurred_on=on, until=until, explanation="p")
