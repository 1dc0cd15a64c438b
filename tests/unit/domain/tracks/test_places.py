"""A place in a cohort: taken and left in one commit with the case, and never given twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid5

import pytest

from domain.case import steps as s
from domain.case.custody.steps import BeginDetention
from domain.case.custody.vocabulary import EpisodeKind, TrackInside
from domain.case.referral.steps import AcceptReferral
from domain.case.vocabulary import DeathKnownBy, Outcome, TrackEnd, TrackKind
from domain.cohort import steps as h
from domain.errors import NotAllowed, Refused
from domain.example.beside import register_beneficiary
from domain.example.cohort import plan_cohort
from domain.example.training import in_cohort
from domain.example.way import Way
from domain.message import Role, Step, StreamKind, stream_id
from domain.tracks.training.state import Trained, find_trained
from domain.tracks.training.steps import (
    CompleteTraining,
    DropOutOfTraining,
    EnrolInTraining,
    RecordAttendance,
)
from domain.tracks.training.vocabulary import Presence, TrainingResult, TrainingStatus
from domain.tracks.vocational_training.steps import ApplyForTraining
from tests.support.paper import DIVISION, ROOT
from tests.unit.domain.conftest import House, hire
from tests.unit.domain.test_cohorts import cohort, on_cohort, planned
from tests.unit.domain.test_referral import Two
from tests.unit.domain.test_referral import two as two  # noqa: PLC0414 (a fixture)

DAY = timedelta(days=1)
OWN = (s.RecordEducation, s.OpenTrack)
STARTS, ENDS = plan_cohort().starts_on, plan_cohort().ends_on


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}$")


def ready(house: House) -> House:
    """Free, untrained, and on a vocational training track."""
    house.walk(step for step in house.way.to_release() if not isinstance(step, OWN))
    house.walk(in_cohort(house.way), until=ApplyForTraining)
    return house


def another(house: House, name: str, centre: str | None = None) -> House:
    """Another person on such a track; of another centre, where one is named."""
    worker, coordinator = house.caseworker, house.coordinator
    if centre is not None:
        house.paper.found(Way(centre=centre, province=centre))
        worker, coordinator = (
            hire(house.paper, f"{centre}-{role}", role, centre)
            for role in (Role.CASEWORKER, Role.COORDINATOR)
        )
    person = uuid5(ROOT, name)
    registered = register_beneficiary(card=str(person))
    house.paper.take(stream_id(StreamKind.BENEFICIARY, person), registered, worker)
    place = centre or house.way.centre
    way = replace(
        house.way, beneficiary_id=person, caseworker=worker.id, centre=place, province=place
    )
    return ready(House(house.paper, worker, coordinator, way, uuid5(ROOT, f"case of {name}")))


def enrol(house: House, **changes: object) -> None:
    step = EnrolInTraining(occurred_on=STARTS, cohort_id=house.way.cohort_id)
    house.take(step.model_copy(update=changes))


def track(house: House) -> Trained:
    found = find_trained(house.case)
    assert found is not None
    return found


@pytest.fixture
def there(house: House) -> House:
    """In the cohort, which has one place."""
    on_cohort(house, h.ChangeCohortPlaces(occurred_on=STARTS - DAY, places=1, explanation="x"))
    ready(house)
    enrol(house)
    return house


def leave(house: House, on: date = STARTS + DAY) -> None:
    house.take(DropOutOfTraining(occurred_on=on, explanation="Too far."))


def entry_of(house: House, kind: str) -> int:
    events = house.paper.of(stream_id(StreamKind.CASE, house.case_id))
    return next(
        each.envelope.version for each in reversed(events) if each.envelope.event_type == kind
    )


def retract(house: House, kind: str) -> None:
    step = s.RetractEntry(
        occurred_on=STARTS + 2 * DAY, entry_number=entry_of(house, kind), explanation="Mistyped."
    )
    house.take(step, house.coordinator)


class TestTaking:
    def test_says_what_is_trained_and_until_when(self, there: House) -> None:
        state = cohort(there)
        assert (state.taken, state.left) == (1, 0)
        assert state.has(there.case_id)
        training = track(there)
        assert (training.trade, training.provider) == (state.trade, state.provider)
        assert training.training_planned_end == ENDS
        assert training.cohort_id == there.way.cohort_id

    def test_is_refused_where_none_is_left_and_records_nothing(self, there: House) -> None:
        late = another(there, "too late")
        recorded = len(there.paper.events)
        with refused("cohort_full"):
            enrol(late)
        assert len(there.paper.events) == recorded
        leave(there)
        enrol(late, occurred_on=STARTS + DAY)
        assert cohort(there).taken == 1

    def test_says_it_all_or_nothing_of_it(self, house: House) -> None:
        ready(house)
        with refused("cohort_says_it"):
            enrol(house, planned_end=ENDS)
        with refused("training_not_told"):
            house.take(EnrolInTraining(occurred_on=STARTS, trade=house.way.trade))
        with refused("cohort_not_found"):
            enrol(house, cohort_id=uuid5(ROOT, "none"))

    def test_is_for_who_is_trained_towards_a_project_too_and_nobody_takes_two(
        self, there: House
    ) -> None:
        on_cohort(there, h.ChangeCohortPlaces(occurred_on=STARTS, places=2, explanation="x"))
        second = another(there, "towards a project")
        second.take(s.OpenTrack(occurred_on=STARTS, track=TrackKind.SELF_EMPLOYMENT))
        _, project = second.case.tracks
        enrol(second, track_id=project)
        assert cohort(there).people[second.case_id].track_id == project
        with refused("already_in_cohort"):
            enrol(second, track_id=next(iter(second.case.tracks)))
        assert cohort(there).left == 0

    def test_is_over_with_the_cohort_but_not_for_who_was_entered_late(self, house: House) -> None:
        ready(house)
        with refused("date_before_earlier_step"):
            enrol(house, occurred_on=ENDS + DAY)
        on_cohort(house, h.EndCohort(occurred_on=ENDS - DAY))
        with refused("cohort_ended"):
            enrol(house, occurred_on=ENDS)
        enrol(house)
        assert cohort(house).taken == 1

    def test_of_one_called_off_there_is_none(self, house: House) -> None:
        ready(house)
        on_cohort(house, h.CancelCohort(occurred_on=STARTS, explanation="x"))
        with refused("cohort_cancelled"):
            enrol(house)


class TestOfAnotherCentre:
    def test_nobody_is_placed_in_one_that_is_not_shared(self, house: House) -> None:
        with refused("cohort_of_another_centre"):
            enrol(another(house, "neighbour", "ifrane"))

    @pytest.mark.parametrize("whose", ["shared", "the division's"])
    def test_people_are_placed_in_one_that_is(self, house: House, whose: str) -> None:
        shared = whose == "shared"
        actor = house.coordinator if shared else DIVISION
        name = planned(house, whose, actor, shared=shared)
        enrol(another(house, "neighbour", "ifrane"), cohort_id=name)
        assert cohort(house, name).taken == 1


class TestChanging:
    def test_no_place_goes_below_those_taken(self, there: House) -> None:
        on_cohort(there, h.ChangeCohortPlaces(occurred_on=STARTS, places=2, explanation="x"))
        enrol(another(there, "second"))
        with refused("cohort_places_taken"):
            on_cohort(there, h.ChangeCohortPlaces(occurred_on=STARTS, places=1, explanation="x"))

    def test_other_days_are_told_to_who_is_in_it(self, there: House) -> None:
        move = h.MoveCohort(
            occurred_on=STARTS, starts_on=STARTS, ends_on=ENDS + DAY, explanation="x"
        )
        on_cohort(there, move)
        assert track(there).training_planned_end == ENDS + DAY

    def test_who_was_in_one_called_off_is_free_for_another(self, there: House) -> None:
        on_cohort(there, h.CancelCohort(occurred_on=STARTS + DAY, explanation="x"))
        assert track(there).training is TrainingStatus.NONE
        enrol(there, cohort_id=planned(there, "next"), occurred_on=STARTS + DAY)
        assert track(there).attends


class TestMending:
    def test_an_enrolment_taken_back_leaves_its_place(self, there: House) -> None:
        retract(there, "TrainingEnrolled")
        assert cohort(there).taken == 0
        assert not track(there).attends

    def test_what_rests_on_it_keeps_it(self, there: House) -> None:
        there.take(RecordAttendance(occurred_on=STARTS + DAY, presence=Presence.PRESENT))
        with refused("rests_on_it"):
            retract(there, "TrainingEnrolled")

    def test_who_did_not_leave_needs_the_place_again(self, there: House) -> None:
        leave(there)
        second = another(there, "second")
        enrol(second, occurred_on=STARTS + DAY)
        with refused("cohort_full"):
            retract(there, "TrainingDroppedOut")
        leave(second, STARTS + 2 * DAY)
        retract(there, "TrainingDroppedOut")
        assert cohort(there).has(there.case_id)
        assert track(there).attends

    def test_an_enrolment_alone_is_corrected_into_a_cohort(self, house: House) -> None:
        ready(house)
        alone = house.way.step(EnrolInTraining).model_copy(update={"occurred_on": STARTS})
        house.take(alone)
        content = {"occurred_on": str(STARTS), "cohort_id": str(house.way.cohort_id)}
        told = s.Correction(entry_number=entry_of(house, "TrainingEnrolled"), content=content)
        house.take(
            s.CorrectEntries(occurred_on=STARTS, entries=(told,), explanation="In a cohort."),
            house.coordinator,
        )
        assert cohort(house).has(house.case_id)
        assert track(house).cohort_id == house.way.cohort_id


def in_training(house: House) -> None:
    """Their case was closed so."""
    close = s.CloseCase(occurred_on=STARTS + DAY, outcome=Outcome.IN_TRAINING)
    house.take(close, house.coordinator)


def inside(house: House, choice: TrackInside) -> Step:
    tracks = [
        {"track_id": str(each), "choice": choice}
        for each, own in house.case.tracks.items()
        if own.ended is None
    ]
    told = {"occurred_on": STARTS + DAY, "kind": EpisodeKind.REMAND, "tracks": tracks}
    return BeginDetention.model_validate(told)


ENDED_BY: dict[str, Callable[[House], Step]] = {
    "closed": lambda _: s.CloseCase(occurred_on=STARTS + DAY, outcome=Outcome.LEFT_COUNTRY),
    "ended": lambda _: s.EndTrack(
        occurred_on=STARTS + DAY, ended_as=TrackEnd.GIVEN_UP, explanation="x"
    ),
    "died": lambda _: s.RecordDeath(occurred_on=STARTS + DAY, known_by=DeathKnownBy.FAMILY),
    "detained": lambda there: inside(there, TrackInside.ENDED),
}


@pytest.mark.parametrize("how", ENDED_BY)
class TestAnEnd:
    def test_frees_the_place_in_the_same_commit(self, there: House, how: str) -> None:
        there.take(ENDED_BY[how](there), there.coordinator)
        assert (cohort(there).taken, track(there).cohort_id) == (0, None)
        with pytest.raises(Refused):
            there.take(RecordAttendance(occurred_on=STARTS + 2 * DAY, presence=Presence.PRESENT))
        enrol(another(there, "second"), occurred_on=STARTS + 2 * DAY)
        assert cohort(there).left == 0

    def test_taken_back_needs_the_place_again(self, there: House, how: str) -> None:
        step = ENDED_BY[how](there)
        there.take(step, there.coordinator)
        second = another(there, "second")
        enrol(second, occurred_on=STARTS + 2 * DAY)
        made = {"closed": "CaseClosed", "ended": "TrackEnded", "died": "DeathRecorded"}
        with refused("cohort_full"):
            retract(there, made.get(how, "DetentionBegun"))
        leave(second, STARTS + 2 * DAY)
        retract(there, made.get(how, "DetentionBegun"))
        assert cohort(there).has(there.case_id)
        assert track(there).cohort_id == there.way.cohort_id


@pytest.mark.parametrize("how", ["closed", "died", "detained"])
def test_an_end_taken_back_takes_again_each_place_of_a_case_in_two_cohorts(
    there: House, how: str
) -> None:
    second = planned(there, "second")
    there.take(s.OpenTrack(occurred_on=STARTS, track=TrackKind.SELF_EMPLOYMENT))
    enrol(there, cohort_id=second, track_id=list(there.case.tracks)[-1])
    there.take(ENDED_BY[how](there), there.coordinator)
    assert [cohort(there).taken, cohort(there, second).taken] == [0, 0]
    made = {"closed": "CaseClosed", "died": "DeathRecorded"}
    retract(there, made.get(how, "DetentionBegun"))
    assert [cohort(there).taken, cohort(there, second).taken] == [1, 1]


def test_whose_track_rests_in_detention_keeps_the_place(there: House) -> None:
    there.take(inside(there, TrackInside.SUSPENDED), there.coordinator)
    assert cohort(there).taken == 1


def test_a_case_of_another_centre_leaves_a_place_that_is_none_of_that_centres(two: Two) -> None:
    """And keeps one in a cohort that the centres share."""
    house = two.house
    shared, own = planned(house, "shared", shared=True), house.way.cohort_id
    for name, left in ((own, 0), (shared, 1)):
        one = another(house, f"of {name}")
        enrol(one, cohort_id=name)
        asked = replace(two, house=one).refer(occurred_on=STARTS + DAY)
        one.take(asked)
        accept = AcceptReferral(occurred_on=STARTS + DAY, caseworker=two.caseworker.id)
        one.take(accept, two.coordinator)
        assert cohort(house, name).taken == left, name


class TestVacating:
    def vacate(self, house: House) -> None:
        step = h.VacatePlace(occurred_on=STARTS + 3 * DAY, case_id=house.case_id)
        on_cohort(house, step)

    def test_is_not_for_who_is_in_training(self, there: House) -> None:
        with refused("still_in_training"):
            self.vacate(there)

    def test_frees_a_place_whose_case_says_nothing_more(self, there: House) -> None:
        in_training(there)
        self.vacate(there)
        assert cohort(there).taken == 0
        with refused("not_in_cohort"):
            self.vacate(there)

    def test_is_for_the_cohorts_centre_and_the_persons(self, house: House) -> None:
        name = planned(house, "shared", shared=True)
        neighbour = another(house, "neighbour", "ifrane")
        third = another(house, "third", "midelt")
        enrol(neighbour, cohort_id=name)
        on = STARTS + DAY
        in_training(neighbour)
        step, stream = (
            h.VacatePlace(occurred_on=on, case_id=neighbour.case_id),
            stream_id(StreamKind.COHORT, name),
        )
        with pytest.raises(NotAllowed, match="^" + "other_centre" + "$"):
            house.paper.take(stream, step, third.coordinator)
        house.paper.take(stream, step, neighbour.coordinator)
        assert cohort(house, name).taken == 0


def test_who_completed_keeps_the_place(there: House) -> None:
    there.take(CompleteTraining(occurred_on=ENDS, result=TrainingResult.PASSED))
    assert cohort(there).taken == 1


def test_a_cohort_called_off_takes_back_no_training_that_was_completed(there: House) -> None:
    there.take(CompleteTraining(occurred_on=STARTS + DAY, result=TrainingResult.PASSED))
    on_cohort(there, h.CancelCohort(occurred_on=STARTS + 2 * DAY, explanation="x"))
    assert cohort(there).taken == 0
    assert track(there).training is TrainingStatus.COMPLETED
    assert track(there).achieved


def test_a_cohort_called_off_ends_no_training_begun_elsewhere_that_was_told_of_late(
    there: House,
) -> None:
    """Nor does the other one's new end go with its days."""
    on_cohort(there, h.CancelCohort(occurred_on=STARTS + 5 * DAY, explanation="x"))
    leave(there)
    elsewhere = planned(there, "next", ends_on=ENDS + DAY)
    enrol(there, cohort_id=elsewhere, occurred_on=STARTS + 2 * DAY)
    assert track(there).attends
    assert track(there).cohort_id == elsewhere
    assert track(there).training_planned_end == ENDS + DAY
