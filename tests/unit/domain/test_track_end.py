"""Tracks end, another of the kind follows, and a case is reopened whatever it was closed as."""

from datetime import date
from uuid import UUID, uuid5

import pytest

from domain.case import steps as s
from domain.case.custody import steps as cs
from domain.case.custody.vocabulary import DetentionKind, TrackInside
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.case.vocabulary import Outcome, Stage, TrackEnd, TrackKind
from domain.errors import NotAllowed, Refused
from domain.message import Step
from domain.project.vocabulary import ProjectCondition
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.vocabulary import ProblemDecision, ProblemKind
from tests.support.paper import ROOT
from tests.unit.domain.conftest import House, convene

TODAY = date(2026, 3, 2)


def refused(house: House, code: str, step: Step) -> None:
    recorded = len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.take(step)
    assert refusal.value.code == code
    assert len(house.paper.events) == recorded


def end(how: TrackEnd, on: date = TODAY, track_id: UUID | None = None) -> s.EndTrack:
    return s.EndTrack(occurred_on=on, ended_as=how, explanation="So.", track_id=track_id)


AGAIN = s.OpenTrack(occurred_on=TODAY, track=TrackKind.SELF_EMPLOYMENT)


def test_a_track_does_not_end_while_money_is_to_come(house: House) -> None:
    house.walk(house.way.steps(), until=ts.SignUndertaking)
    refused(house, "approval_still_open", end(TrackEnd.GIVEN_UP))
    house.by_two(ts.EndApproval(occurred_on=TODAY, explanation="Another trade."))
    house.take(end(TrackEnd.GIVEN_UP))


def test_a_track_does_not_end_while_a_session_is_to_decide(house: House) -> None:
    house.walk(house.way.steps(), until=ts.RecordDecision)
    refused(house, "already_submitted", end(TrackEnd.IMPOSSIBLE))
    house.take(ts.WithdrawSubmission(occurred_on=TODAY, explanation="No room any more."))
    house.take(end(TrackEnd.IMPOSSIBLE))


def test_a_track_is_completed_when_something_was_handed_over(house: House) -> None:
    house.walk(house.way.to_release())
    refused(house, "track_not_completed", end(TrackEnd.COMPLETED))
    house.take(end(TrackEnd.GIVEN_UP))
    assert house.case.stage is Stage.RELEASE


def test_a_track_that_money_went_into_is_ended_by_the_coordinator(house: House) -> None:
    house.walk(house.way.steps())
    with pytest.raises(NotAllowed, match="ending_takes_coordinator"):
        house.take(end(TrackEnd.COMPLETED), house.caseworker)
    house.take(end(TrackEnd.COMPLETED), house.coordinator)
    assert house.case.stage is Stage.FOLLOW_UP


def test_nothing_is_due_on_a_track_that_ended_but_decisions(house: House) -> None:
    house.walk(house.way.steps())
    sold = ts.RaiseProblem(
        occurred_on=TODAY, kind=ProblemKind.SOLD, items=(1,), explanation="Sold."
    )
    house.take(sold)
    house.take(end(TrackEnd.BY_DECISION))
    kinds = {due.kind for due in dues(house.case, house.paper.calendar)}
    assert ReviewKind.PROBLEM in kinds
    assert ReviewKind.VISIT not in kinds
    refused(
        house, "track_ended", ts.RecordVisit(occurred_on=TODAY, project=ProjectCondition.RUNNING)
    )
    house.take(
        ts.DecideProblem(
            occurred_on=TODAY,
            raised_on=TODAY,
            decision=ProblemDecision.WRITTEN_OFF,
            explanation="Gone.",
        )
    )


def test_a_second_track_of_the_kind_follows_the_first(house: House) -> None:
    house.walk(house.way.steps())
    refused(house, "track_already_open", AGAIN)
    house.take(end(TrackEnd.COMPLETED))
    refused(
        house,
        "date_before_earlier_step",
        AGAIN.model_copy(update={"occurred_on": house.way.day(600)}),
    )
    (first,) = house.case.tracks
    house.take(AGAIN)
    assert house.case.stage is Stage.PROJECT_APPROVAL, "her certificate counts for it too"
    proposal = house.way.step(ts.ProposeProject).model_copy(update={"occurred_on": TODAY})
    house.take(proposal)
    refused(house, "track_ended", end(TrackEnd.GIVEN_UP, track_id=first))
    refused(house, "track_already_open", AGAIN)
    house.take(end(TrackEnd.GIVEN_UP))
    refused(house, "track_ended", end(TrackEnd.GIVEN_UP))
    assert stage_of(house) is Stage.FOLLOW_UP


def stage_of(house: House) -> Stage:
    return house.case.stage


def test_a_second_funding_on_a_second_track_asks_the_division(house: House) -> None:
    house.walk(house.way.steps())
    house.take(end(TrackEnd.COMPLETED))
    house.take(AGAIN)
    session = uuid5(ROOT, "second session")
    convene(house.paper, session, held=False)
    for kind in (ts.ProposeProject, ts.RecordStudy, ts.GiveOpinion):
        house.take(house.way.step(kind).model_copy(update={"occurred_on": TODAY}))
    ruling = house.way.step(s.RuleOnEligibility).model_copy(update={"occurred_on": TODAY})
    submission = house.way.step(ts.SubmitToSession).model_copy(
        update={"occurred_on": TODAY, "session_id": None}
    )
    refused(house, "ruling_outdated", submission)
    house.take(ruling)
    refused(house, "funded_before", submission)


@pytest.mark.parametrize("outcome", [Outcome.LEFT_COUNTRY, Outcome.OPENED_IN_ERROR])
def test_a_case_is_reopened_whatever_it_was_closed_as(house: House, outcome: Outcome) -> None:
    house.walk(house.way.to_release())
    house.take(s.CloseCase(occurred_on=TODAY, outcome=outcome))
    house.take(s.ReopenCase(occurred_on=TODAY, explanation="Came back."))
    house.take(end(TrackEnd.GIVEN_UP))
    house.take(AGAIN)


def test_a_track_that_is_ended_at_an_entry_into_detention_has_ended(house: House) -> None:
    house.walk(house.way.to_release())
    (track_id,) = house.case.tracks
    chosen = (cs.TrackChoice(choice=TrackInside.ENDED),)
    house.take(cs.BeginDetention(occurred_on=TODAY, kind=DetentionKind.REMAND, tracks=chosen))
    assert house.case.tracks[track_id].ended is not None
    house.take(AGAIN)


class TestRuling:
    def test_is_needed_for_a_track_and_not_for_care(self, house: House) -> None:
        opening, *others = house.way.to_release()
        house.take(opening)
        house.walk(each for each in others if isinstance(each, s.AssessNeeds | s.AgreePlan))
        refused(house, "not_eligible", AGAIN)

    def test_is_not_withdrawn_while_an_approval_is_open(self, house: House) -> None:
        house.walk(house.way.steps(), until=ts.SignUndertaking)
        ruled = house.way.step(s.RuleOnEligibility)
        no = ruled.model_copy(update={"occurred_on": TODAY, "eligible": False})
        refused(house, "approval_still_open", no)
        house.by_two(ts.EndApproval(occurred_on=TODAY, explanation="Another trade."))
        house.take(no)

    def test_that_was_withdrawn_lets_nothing_be_submitted(self, house: House) -> None:
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        submission = house.way.step(ts.SubmitToSession)
        ruled = house.way.step(s.RuleOnEligibility)
        no = {"occurred_on": submission.occurred_on, "eligible": False}
        house.take(ruled.model_copy(update=no))
        refused(house, "not_eligible", submission)
