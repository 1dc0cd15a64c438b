"""What an end leaves behind: a second track beside it, an approval after a death."""

from domain.case import events as e
from domain.case import steps as s
from domain.case.vocabulary import TrackEnd, TrackKind
from domain.tracks.self_employment import steps as t
from domain.values.findings import FindingCode
from projections.views.grounds import found_in_case
from tests.unit.domain.conftest import House, die
from tests.unit.domain.test_mending import entry, refused, retract


def test_an_end_is_not_taken_back_beside_a_second_track_of_the_kind(house: House) -> None:
    house.walk(house.way.steps(), until=t.ProposeProject)
    day = house.way.day(345)
    end = s.EndTrack(occurred_on=day, ended_as=TrackEnd.GIVEN_UP, explanation="Another plan.")
    house.take(end)
    house.take(s.OpenTrack(occurred_on=day, track=TrackKind.SELF_EMPLOYMENT))
    error = refused(house, "rests_on_it", retract, entry(house, e.TrackEnded))
    assert "open-track" in str(error.params["entries"])
    retract(house, entry(house, e.TrackOpened))
    retract(house, entry(house, e.TrackEnded))
    assert [track.ended for track in house.case.tracks.values()] == [None]


def found(house: House) -> list[FindingCode]:
    return [each.code for each in found_in_case(str(house.case_id), house.case)]


def test_an_approval_that_outlives_its_holder_is_found_until_it_is_ended(house: House) -> None:
    house.walk(house.way.steps(), until=t.SignUndertaking)
    assert found(house) == []
    die(house, house.way.day(400))
    assert found(house) == [FindingCode.APPROVAL_AFTER_DEATH]
    end = t.EndApproval(occurred_on=house.way.day(402), explanation="She died.")
    house.by_two(end)
    assert found(house) == []
