"""Tracks of different kinds stand side by side, and one of a kind after another."""

from datetime import date
from typing import cast

import pytest

from domain.case import events as e
from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import DetentionKind, TrackInside
from domain.case.reviews import dues, occasions
from domain.case.schedule import ReviewKind
from domain.case.vocabulary import Outcome, Stage, TrackEnd, TrackKind
from domain.errors import Refused
from domain.example.employment import job
from domain.tracks.employment.state import find_employment
from domain.tracks.leading import leading_track
from domain.tracks.opening import openable
from domain.tracks.training import steps as tr
from domain.tracks.training.events import TrainingEnrolled
from domain.tracks.training.state import Trained
from domain.values.calendar import DAY
from tests.unit.domain.conftest import House
from tests.unit.domain.test_mending import correct, entry, refused, retract

HIRED = 4
"""So many steps of the example lead to the hire."""


def opens(house: House, kind: TrackKind, day: int) -> s.OpenTrack:
    return s.OpenTrack(occurred_on=house.way.day(day), track=kind)


@pytest.fixture
def employed(house: House) -> House:
    """After the release, with a project on its way and a job beside it."""
    house.walk((*house.way.to_release(), *job(house.way)[:HIRED]))
    return house


def test_a_second_kind_is_opened_beside_the_first(employed: House) -> None:
    kinds = [track.kind for track in employed.case.tracks.values()]
    assert kinds == [TrackKind.SELF_EMPLOYMENT, TrackKind.EMPLOYMENT]
    assert TrackKind.EMPLOYMENT not in openable(employed.case, employed.paper.today)
    with pytest.raises(Refused, match="track_already_open"):
        employed.take(opens(employed, TrackKind.EMPLOYMENT, 330))


def test_each_is_the_first_of_its_kind(employed: House) -> None:
    numbers = [getattr(track, "number", 0) for track in employed.case.tracks.values()]
    assert numbers == [1, 1]


def test_a_job_asks_for_no_ruling(house: House) -> None:
    ruled = s.RuleOnEligibility
    house.walk(step for step in house.way.to_release() if type(step) not in {ruled, s.OpenTrack})
    assert TrackKind.SELF_EMPLOYMENT not in openable(house.case, house.paper.today)
    with pytest.raises(Refused, match="not_eligible"):
        house.take(opens(house, TrackKind.SELF_EMPLOYMENT, 312))
    house.take(opens(house, TrackKind.EMPLOYMENT, 312))


def test_the_furthest_open_track_says_where_the_case_is(employed: House) -> None:
    assert employed.case.stage is Stage.FOLLOW_UP
    track = leading_track(employed.case)
    assert track is not None
    assert track.kind is TrackKind.EMPLOYMENT


def test_the_ruling_that_a_project_rests_on_is_not_taken_back_for_the_jobs_sake(
    employed: House,
) -> None:
    error = refused(employed, "rests_on_it", retract, entry(employed, e.EligibilityRuled))
    assert "open-track" in str(error.params["entries"])


def test_a_job_rests_and_no_family_goes_on_with_it(employed: House) -> None:
    project, job = employed.case.tracks
    on = employed.way.day(340)
    family = {"family_member": "Her mother, Zohra"}
    choices = [custody.TrackChoice(track_id=project, choice=TrackInside.SUSPENDED)]
    goes_on = custody.TrackChoice(track_id=job, choice=TrackInside.FAMILY_CONTINUES, **family)

    def enter(*chosen: custody.TrackChoice) -> custody.BeginDetention:
        return custody.BeginDetention(
            occurred_on=on, kind=DetentionKind.REMAND, tracks=(*choices, *chosen)
        )

    with pytest.raises(Refused, match="track_choice_missing"):
        employed.take(enter())
    with pytest.raises(Refused, match="family_cannot_continue"):
        employed.take(enter(goes_on))
    employed.take(enter(custody.TrackChoice(track_id=job, choice=TrackInside.SUSPENDED)))
    assert not placements(employed)


def placements(house: House) -> list[str]:
    """Those that are still to be held, or were to be."""
    found = occasions(house.case, house.paper.calendar)
    kind = ReviewKind.PLACEMENT
    return [each.due.key for each in found if each.due.kind is kind and not each.rests]


def test_a_placement_is_reviewed_four_times_in_its_year(employed: House) -> None:
    assert placements(employed) == [f"placement/{months}" for months in (1, 3, 6, 12)]


def test_contacts_go_on_until_a_track_that_is_open_has_visits(house: House) -> None:
    house.walk(house.way.to_release())
    opened, *_, hired = job(house.way)[:HIRED]

    def regular() -> bool:
        found = dues(house.case, house.paper.calendar)
        return any(due.kind is ReviewKind.CONTACT for due in found)

    house.take(opened)
    assert regular()
    house.take(hired)
    assert not regular()


def test_a_second_track_of_the_kind_is_the_second(employed: House) -> None:
    end = s.EndTrack(
        occurred_on=employed.way.day(400),
        ended_as=TrackEnd.COMPLETED,
        explanation="A steady job.",
        track_id=[*employed.case.tracks][1],
    )
    employed.take(end)
    assert employed.case.stage is Stage.PROJECT_APPROVAL
    employed.take(opens(employed, TrackKind.EMPLOYMENT, 410))
    track = find_employment(employed.case)
    assert track is not None
    assert (track.number, track.placements) == (2, ())


def test_a_case_is_closed_as_employed_where_a_job_stands(employed: House) -> None:
    on: date = employed.paper.today
    employed.take(s.CloseCase(occurred_on=on, outcome=Outcome.EMPLOYED))
    assert not employed.case.is_open


def test_a_correction_is_of_the_track_that_its_entry_was_of(house: House) -> None:
    """Though it names none, and there are several by now that it could be of."""
    way = house.way
    outside = (step for step in way.to_release() if not isinstance(step, s.RecordEducation))
    house.walk((*outside, enrol := way.step(tr.EnrolInTraining)))
    house.take(opens(house, TrackKind.VOCATIONAL_TRAINING, 303))
    later = enrol.model_copy(update={"occurred_on": enrol.occurred_on + DAY})
    assert "track_id" not in later.model_dump(exclude_unset=True)
    correct(house, (entry(house, TrainingEnrolled), later))
    first, second = (cast("Trained", each) for each in house.case.tracks.values())
    assert first.enrolled is not None
    assert (first.enrolled.on, second.enrolled) == (later.occurred_on, None)
