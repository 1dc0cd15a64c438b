"""A step of a track concerns one of the case's tracks, also where there are several."""

from uuid import UUID, uuid4, uuid5

import pytest

from domain.case.events import TrackEvent, TrackOpened
from domain.case.steps import OpenTrack
from domain.case.vocabulary import Stage, TrackKind
from domain.errors import Refused
from domain.message import StreamKind, stream_id
from domain.tracks.row import tracks_of
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.training.steps import EnrolInTraining
from domain.tracks.training.vocabulary import TrainingStatus
from tests.support.paper import ROOT
from tests.unit.domain.conftest import House

SECOND = uuid5(ROOT, "second track")


def enrol(house: House, track_id: UUID | None = None) -> EnrolInTraining:
    return house.way.step(EnrolInTraining).model_copy(update={"track_id": track_id})


@pytest.fixture
def first(house: House) -> UUID:
    """A case with one track, in freedom, its person not trained."""
    steps = (step for step in house.way.to_release() if type(step).__name__ != "RecordEducation")
    house.walk(steps)
    (track_id,) = house.case.tracks
    return track_id


def open_second(house: House) -> None:
    """As the ledger will hold it once a second track may be opened beside the first."""
    case = stream_id(StreamKind.CASE, house.case_id)
    step = OpenTrack(occurred_on=house.way.day(302), track=TrackKind.SELF_EMPLOYMENT)
    command = house.paper.command(case, step, house.caseworker)
    opened = TrackOpened(track_id=SECOND, track=TrackKind.SELF_EMPLOYMENT)
    house.paper._append(case, opened, command, house.paper.context(command))


def training(house: House, track_id: UUID) -> TrainingStatus:
    track = house.case.tracks[track_id]
    assert isinstance(track, SelfEmployment)
    return track.training


def test_the_only_track_need_not_be_named(house: House, first: UUID) -> None:
    (event,) = house.take(enrol(house))
    assert isinstance(event, TrackEvent)
    assert event.track_id == first
    assert training(house, first) is TrainingStatus.ENROLLED


def test_one_of_several_tracks_must_be_named(house: House, first: UUID) -> None:
    open_second(house)
    assert tracks_of(house.case, TrackKind.SELF_EMPLOYMENT) == [first, SECOND]
    with pytest.raises(Refused) as refused:
        house.take(enrol(house))
    assert refused.value.code == "track_not_named"


def test_a_step_changes_the_track_it_names_alone(house: House, first: UUID) -> None:
    open_second(house)
    house.take(enrol(house, SECOND))
    assert training(house, first) is TrainingStatus.NONE
    assert training(house, SECOND) is TrainingStatus.ENROLLED


def test_the_conditions_are_asked_of_the_track_named(house: House, first: UUID) -> None:
    open_second(house)
    house.take(enrol(house, SECOND))
    with pytest.raises(Refused) as refused:
        house.take(enrol(house, SECOND))
    assert refused.value.code == "already_enrolled"
    house.take(enrol(house, first))


def test_a_track_that_the_case_does_not_have_is_refused(house: House, first: UUID) -> None:
    with pytest.raises(Refused) as refused:
        house.take(enrol(house, uuid4()))
    assert refused.value.code == "track_not_open"


def test_a_rule_reads_what_belongs_to_the_track_named(house: House, first: UUID) -> None:
    """The first track orders its equipment while a second is open beside it."""
    open_second(house)
    waived = s.WaiveTraining(
        occurred_on=house.way.day(301), track_id=first, explanation="knows it", evidence="work"
    )
    house.take(waived)
    for step in house.way.steps()[len(house.way.to_release()) :]:
        house.take(step.model_copy(update={"track_id": first}))
    assert house.case.tracks[first].has_visits
    assert not house.case.tracks[SECOND].has_visits
    assert house.case.stage is Stage.FOLLOW_UP
