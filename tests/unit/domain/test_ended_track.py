"""Nothing comes back to a track that has ended: nobody could deliver it, or give it up.

What was told of days after an end that came late stands, and may be mended; but not so that money
is promised to the track again, or that a session is still to decide about it.
"""

from datetime import date

import pytest

from domain.case import steps as s
from domain.case.custody import events as ce
from domain.case.custody import steps as cs
from domain.case.custody.vocabulary import DetentionKind, TrackInside
from domain.case.events import TrackOpened
from domain.case.vocabulary import TrackKind
from domain.example.project import rejection
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as t
from tests.unit.domain.conftest import House
from tests.unit.domain.test_corrected_decisions import correct as correct_decision
from tests.unit.domain.test_corrected_decisions import refused
from tests.unit.domain.test_mending import correct, entry, retract

TODAY = date(2026, 3, 2)


def detained(house: House, choice: TrackInside = TrackInside.ENDED) -> cs.BeginDetention:
    """On the day on which the project was proposed; it is told when more was done with it."""
    return cs.BeginDetention(
        occurred_on=house.way.step(t.ProposeProject).occurred_on,
        kind=DetentionKind.REMAND,
        tracks=(cs.TrackChoice(choice=choice),),
    )


@pytest.fixture
def submitted(house: House) -> House:
    house.walk(house.way.steps(), until=t.RecordDecision)
    return house


@pytest.fixture
def approved(house: House) -> House:
    house.walk(house.way.steps(), until=t.SignUndertaking)
    return house


@pytest.mark.parametrize("again", [False, True])
def test_a_decision_is_not_corrected_to_an_approval(submitted: House, *, again: bool) -> None:
    submitted.take(rejection(submitted.way))
    submitted.take(detained(submitted))
    if again:
        second = s.OpenTrack(occurred_on=TODAY, track=TrackKind.SELF_EMPLOYMENT)
        submitted.take(second)
    recorded = len(submitted.paper.events)
    error = refused("ended_track_owed", lambda: correct_decision(submitted))
    assert error.params["ended_on"] == str(detained(submitted).occurred_on)
    assert len(submitted.paper.events) == recorded
    assert not any(track.money_open for track in submitted.case.tracks.values())
    if again:
        retract(submitted, entry(submitted, TrackOpened))
    retract(submitted, entry(submitted, ce.DetentionBegun))
    correct_decision(submitted)
    assert [track.money_open for track in submitted.case.tracks.values()] == [True]


def test_nor_is_a_track_ended_by_a_correction_while_money_is_to_come(approved: House) -> None:
    approved.take(detained(approved, TrackInside.SUSPENDED))
    number = entry(approved, ce.DetentionBegun)
    refused("ended_track_owed", lambda: correct(approved, (number, detained(approved))))
    approved.by_two(t.EndApproval(occurred_on=TODAY, explanation="Inside."))
    correct(approved, (number, detained(approved)))


def test_the_end_of_an_approval_is_not_taken_back(approved: House) -> None:
    approved.by_two(t.EndApproval(occurred_on=TODAY, explanation="Inside."))
    approved.take(detained(approved))
    refused("ended_track_owed", lambda: retract(approved, entry(approved, e.ApprovalEnded)))
    retract(approved, entry(approved, ce.DetentionBegun))
    retract(approved, entry(approved, e.ApprovalEnded))


def test_a_submission_is_not_put_back_before_a_session(house: House) -> None:
    house.walk(house.way.steps(), until=t.SubmitToSession)
    waits = house.way.step(t.SubmitToSession).model_copy(update={"session_id": None})
    house.take(waits)
    house.take(t.WithdrawSubmission(occurred_on=TODAY, explanation="No room any more."))
    house.take(detained(house))
    number = entry(house, e.SubmissionWithdrawn)
    refused("ended_track_owed", lambda: retract(house, number))
    retract(house, entry(house, ce.DetentionBegun))
    retract(house, number)
