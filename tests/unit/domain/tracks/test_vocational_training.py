"""A vocational training track: who may be on it, what it shows, and what a certificate is worth."""

from datetime import date, timedelta

import pytest

from domain.batch.allowed import allowed
from domain.case import steps as s
from domain.case.moment import day_of
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.case.vocabulary import Outcome, Stage, TrackEnd, TrackKind
from domain.errors import Refused
from domain.example.cohort import plan_cohort
from domain.example.training import application, in_cohort
from domain.message import Step
from domain.tracks.self_employment.state import find_track
from domain.tracks.training.state import Trained, find_trained
from domain.tracks.training.steps import (
    CompleteTraining,
    DropOutOfTraining,
    EnrolInTraining,
    RecordAttendance,
)
from domain.tracks.training.vocabulary import Presence, TrainingResult, TrainingStatus
from domain.tracks.vocational_training.steps import ApplyForTraining, RecordRefusedAdmission
from domain.values.trades import Trade
from tests.support.paper import NO_HOLIDAYS
from tests.unit.domain.conftest import House
from tests.unit.domain.test_cohorts import move, on_cohort
from tests.unit.domain.test_minors import minor_until

DAY = timedelta(days=1)
OWN = (s.RecordEducation, s.OpenTrack)


@pytest.fixture
def released(house: House) -> House:
    """Free, not trained inside, and on no track."""
    house.walk(step for step in house.way.to_release() if not isinstance(step, OWN))
    return house


def until(house: House, kind: type[Step]) -> House:
    house.walk(in_cohort(house.way), until=kind)
    return house


def track(house: House) -> Trained:
    found = find_trained(house.case)
    assert found is not None
    return found


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}$")


def attend(house: House, day: date, presence: Presence = Presence.PRESENT) -> None:
    house.take(RecordAttendance(occurred_on=day, presence=presence))


class TestOpening:
    def test_needs_no_ruling(self, released: House) -> None:
        until(released, ApplyForTraining)
        assert released.case.stage is Stage.TRAINING

    @pytest.mark.parametrize(("late", "opens"), [(0 * DAY, True), (DAY, False)])
    def test_is_from_sixteen_years(self, released: House, late: timedelta, *, opens: bool) -> None:
        on = released.way.day(303)
        minor_until(released, on.replace(year=on.year + 2) + late)
        step = s.OpenTrack(occurred_on=on, track=TrackKind.VOCATIONAL_TRAINING)
        if opens:
            released.take(step)
        else:
            with refused("too_young_for_training"):
                released.take(step)


class TestApplying:
    def test_waits_until_it_is_answered(self, released: House) -> None:
        until(released, RecordRefusedAdmission)
        assert track(released).applies  # type: ignore[attr-defined]
        released.take(released.way.step(RecordRefusedAdmission))
        assert not track(released).applies  # type: ignore[attr-defined]
        with refused("training_not_applied_for"):
            released.take(released.way.step(RecordRefusedAdmission))
        again = application(released.way).model_copy(update={"occurred_on": released.way.day(304)})
        released.take(again)
        assert track(released).applies  # type: ignore[attr-defined]

    def test_an_enrolment_answers_it(self, released: House) -> None:
        until(released, RecordAttendance)
        with refused("training_not_applied_for"):
            released.take(
                released.way.step(RecordRefusedAdmission).model_copy(
                    update={"occurred_on": released.way.day(305)}
                )
            )


class TestAttending:
    def test_who_came_was_met(self, released: House) -> None:
        until(released, RecordAttendance)
        before, on = released.case.meetings, released.way.day(307)
        attend(released, on)
        assert (released.case.meetings, day_of(released.case.last_contact)) == (before + 1, on)
        attend(released, on + DAY, Presence.ABSENT)
        attend(released, on + 2 * DAY, Presence.EXCUSED)
        assert (released.case.meetings, day_of(released.case.last_contact)) == (before + 1, on)

    def test_a_list_of_who_came_is_a_batch_too(self, released: House) -> None:
        until(released, RecordAttendance)
        written = {"occurred_on": str(released.way.day(307)), "presence": "absent"}
        released.take(allowed("record-attendance").step.model_validate_strings(written))
        assert track(released).attended[released.way.day(307)] is Presence.ABSENT

    def test_is_told_once_a_day(self, released: House) -> None:
        until(released, RecordAttendance)
        attend(released, released.way.day(307))
        with refused("attendance_already_recorded"):
            attend(released, released.way.day(307), Presence.ABSENT)

    def test_is_of_days_in_the_training_its_last_among_them(self, released: House) -> None:
        until(released, RecordAttendance)
        with refused("date_before_earlier_step"):
            attend(released, released.way.day(303))
        end = released.way.day(310)
        released.take(CompleteTraining(occurred_on=end, result=TrainingResult.PASSED))
        attend(released, end)
        with refused("not_enrolled"):
            attend(released, end + DAY)

    def test_nobody_left_before_the_last_day_that_was_told_of(self, released: House) -> None:
        until(released, RecordAttendance)
        attend(released, released.way.day(308))
        early = released.way.day(307)
        with refused("date_before_earlier_step"):
            released.take(DropOutOfTraining(occurred_on=early, explanation="Too far."))
        with refused("date_before_earlier_step"):
            released.take(CompleteTraining(occurred_on=early, result=TrainingResult.PASSED))


class TestItsEnd:
    def due(self, house: House) -> date:
        found = dues(house.case, NO_HOLIDAYS)
        return (
            next(each.window_start for each in found if each.kind is ReviewKind.TRAINING_END)
            + 7 * DAY
        )

    def test_falls_due_a_week_after_the_day_planned_and_moves_with_its_cohort(
        self, released: House
    ) -> None:
        until(released, RecordAttendance)
        planned = plan_cohort().ends_on
        assert self.due(released) == planned + 7 * DAY
        on_cohort(released, move(ends=planned + 30 * DAY))
        assert self.due(released) == planned + 37 * DAY

    def test_a_certificate_leads_to_the_follow_up(self, released: House) -> None:
        released.walk(in_cohort(released.way))
        assert track(released).training is TrainingStatus.COMPLETED
        assert released.case.stage is Stage.FOLLOW_UP
        assert track(released).achieved

    def test_who_failed_can_be_enrolled_again(self, released: House) -> None:
        until(released, CompleteTraining)
        on = released.way.day(318)
        released.take(CompleteTraining(occurred_on=on, result=TrainingResult.FAILED))
        with refused("track_not_completed"):
            released.take(s.EndTrack(occurred_on=on, ended_as=TrackEnd.COMPLETED, explanation="x"))
        alone = released.way.step(EnrolInTraining)
        planned = {"occurred_on": on, "planned_end": on + 30 * DAY}
        released.take(alone.model_copy(update=planned))
        assert track(released).attends


class TestClosingInTraining:
    def close(self, house: House, day: int) -> None:
        step = s.CloseCase(occurred_on=house.way.day(day), outcome=Outcome.IN_TRAINING)
        house.take(step, house.coordinator)

    def test_is_proved_by_an_enrolment_that_has_not_ended(self, released: House) -> None:
        until(released, RecordAttendance)
        self.close(released, 305)
        assert released.case.outcome is Outcome.IN_TRAINING

    def test_is_refused_before_and_after(self, released: House) -> None:
        until(released, EnrolInTraining)
        with refused("not_enrolled"):
            self.close(released, 305)
        released.walk(in_cohort(released.way)[3:])
        with refused("not_enrolled"):
            self.close(released, 318)


class TestACertificate:
    """Passed, or attended with a certificate: trained in its trade."""

    def open_project_track(self, house: House) -> None:
        ruled = house.way.step(s.OpenTrack)
        house.take(ruled.model_copy(update={"occurred_on": house.way.day(319)}))

    def end(self, house: House, result: TrainingResult, *, certificate: bool) -> None:
        until(house, CompleteTraining)
        on = house.way.day(318)
        house.take(CompleteTraining(occurred_on=on, result=result, certificate=certificate))

    @pytest.mark.parametrize(
        ("result", "certificate", "trained"),
        [
            (TrainingResult.PASSED, False, True),
            (TrainingResult.ATTENDED, True, True),
            (TrainingResult.ATTENDED, False, False),
            (TrainingResult.FAILED, False, False),
        ],
    )
    def test_counts_as_the_training_of_a_project(
        self, released: House, result: TrainingResult, *, certificate: bool, trained: bool
    ) -> None:
        self.end(released, result, certificate=certificate)
        self.open_project_track(released)
        project = find_track(released.case)
        assert project is not None
        come_to = Stage.PROJECT_APPROVAL if trained else Stage.TRAINING
        assert project.stage(released.case) is come_to

    def test_is_of_its_trade_alone(self, released: House) -> None:
        self.end(released, TrainingResult.PASSED, certificate=True)
        assert released.case.taught == {Trade.SEWING}
        self.open_project_track(released)
        first, second = released.case.tracks
        again = released.way.step(EnrolInTraining).model_copy(
            update={
                "occurred_on": released.way.day(320),
                "planned_end": released.way.day(340),
                "track_id": second,
            }
        )
        with refused("training_already_completed"):
            released.take(again)
        released.take(again.model_copy(update={"trade": Trade.EMBROIDERY}))
        assert first != second
