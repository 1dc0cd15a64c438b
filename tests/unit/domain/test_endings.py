"""How a case ends: what proves each outcome, who says it, and that nothing else passes."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from domain.case import steps as s
from domain.case.consents.events import ConsentWithdrawn
from domain.case.consents.steps import GiveConsent, WithdrawConsent
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import EpisodeEnd, EpisodeKind
from domain.case.ending import ENDINGS
from domain.case.vocabulary import (
    Channel,
    ContactOutcome,
    NeedArea,
    NeedStatus,
    Outcome,
    TrackEnd,
)
from domain.errors import NotAllowed, Refused
from domain.example.employment import job
from domain.message import Actor, Step
from domain.order.steps import PayInvoice
from domain.project.items import ItemFound
from domain.project.vocabulary import EquipmentCondition, ProjectCondition
from domain.registry.steps import RegisterEntry
from domain.tracks.employment.steps import RecordHire
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.vocabulary import (
    ProblemDecision,
    ProblemKind,
)
from domain.tracks.training.steps import CompleteTraining, EnrolInTraining
from domain.tracks.training.vocabulary import TrainingResult
from domain.values.codes import EntryKind
from domain.values.trades import Trade
from tests.support.paper import ADMINISTRATOR, REGISTRY
from tests.unit.domain.conftest import House, die
from tests.unit.domain.test_mending import entry, retract

TODAY = date(2026, 3, 2)
WHY = "It came to that."


def close(outcome: Outcome, on: date = TODAY, **more: Any) -> s.CloseCase:
    return s.CloseCase.model_validate({"occurred_on": on, "outcome": outcome, **more})


def refused(house: House, code: str, step: Step, actor: Actor | None = None) -> None:
    recorded = len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.take(step, actor)
    assert refusal.value.code == code
    assert len(house.paper.events) == recorded


def visit(house: House, found: ProjectCondition, on: date = TODAY, *sold: int) -> None:
    items = tuple(ItemFound(item=number, condition=EquipmentCondition.SOLD) for number in sold)
    house.take(ts.RecordVisit(occurred_on=on, project=found, items=items))


def contacts(house: House, outcome: ContactOutcome, days: Iterable[int]) -> None:
    for day in days:
        on = TODAY - timedelta(days=day)
        house.take(s.RecordContact(occurred_on=on, channel=Channel.PHONE, outcome=outcome))


def test_every_outcome_stands_in_the_table() -> None:
    assert sorted(each.outcome for each in ENDINGS) == sorted(Outcome)


def test_nobody_says_of_a_case_that_it_was_erased(house: House) -> None:
    house.walk(house.way.to_release())
    for actor in (house.caseworker, house.coordinator):
        with pytest.raises(NotAllowed):
            house.take(close(Outcome.ERASED, explanation=WHY), actor)


class TestProject:
    @pytest.fixture
    def delivered(self, house: House) -> House:
        house.walk(house.way.steps())
        return house

    def test_that_stopped_and_was_sold_is_not_closed_as_running(self, delivered: House) -> None:
        visit(delivered, ProjectCondition.RUNNING, TODAY - timedelta(days=20))
        visit(delivered, ProjectCondition.STOPPED, TODAY, 1)
        refused(delivered, "no_recent_visit_says_running", close(Outcome.PROJECT_RUNNING))

    def test_that_stopped_is_closed_so_once_what_follows_is_decided(self, delivered: House) -> None:
        stopped = close(Outcome.PROJECT_STOPPED)
        refused(delivered, "no_visit_says_stopped", stopped)
        visit(delivered, ProjectCondition.STOPPED, TODAY, 1)
        refused(delivered, "stop_not_decided", stopped)
        raised = ts.RaiseProblem(
            occurred_on=TODAY, kind=ProblemKind.SOLD, items=(1,), explanation=WHY
        )
        delivered.take(raised)
        refused(delivered, "problem_undecided", stopped)
        delivered.take(
            ts.DecideProblem(
                occurred_on=TODAY,
                raised_on=TODAY,
                decision=ProblemDecision.WRITTEN_OFF,
                explanation=WHY,
            )
        )
        delivered.take(stopped)

    @pytest.mark.parametrize("found", [ProjectCondition.RUNNING, ProjectCondition.STRUGGLING])
    def test_runs_as_a_visit_of_the_last_six_months_says(
        self, delivered: House, found: ProjectCondition
    ) -> None:
        refused(delivered, "no_recent_visit_says_running", close(Outcome.PROJECT_RUNNING))
        visit(delivered, found, date(2025, 9, 1))
        refused(delivered, "no_recent_visit_says_running", close(Outcome.PROJECT_RUNNING))
        visit(delivered, found, date(2025, 9, 2))
        delivered.take(close(Outcome.PROJECT_RUNNING))

    def test_that_was_handed_nothing_neither_runs_nor_stopped(self, house: House) -> None:
        house.walk(house.way.to_release())
        for outcome in (Outcome.PROJECT_RUNNING, Outcome.PROJECT_STOPPED):
            refused(house, "no_project_delivered", close(outcome))


@pytest.mark.parametrize(
    ("outcome", "code"),
    [(Outcome.EMPLOYED, "no_placement"), (Outcome.IN_SCHOOL, "not_at_school")],
)
def test_what_no_track_shows_stays_shut_and_says_so(
    house: House, outcome: Outcome, code: str
) -> None:
    house.walk(house.way.to_release())
    refused(house, code, close(outcome))


def test_employed_is_who_has_a_job_that_stands(house: House) -> None:
    house.walk(house.way.to_release())
    opened, *others, ended = job(house.way)
    house.take(opened)
    refused(house, "no_placement", close(Outcome.EMPLOYED))
    for step in (*others, ended):
        house.take(step)
    refused(house, "no_placement", close(Outcome.EMPLOYED))
    hired = next(each for each in others if isinstance(each, RecordHire))
    house.take(hired.model_copy(update={"occurred_on": ended.occurred_on}))
    house.take(close(Outcome.EMPLOYED))


def test_nobody_is_employed_in_detention(house: House) -> None:
    house.walk(house.way.to_release())
    opened, *others, _ = job(house.way)
    for step in (opened, *others):
        house.take(step)
    on = TODAY - timedelta(days=3)
    begun = {"kind": EpisodeKind.REMAND}
    choices = [
        {"track_id": str(each), "choice": "suspended"}
        for each, track in house.case.tracks.items()
        if track.ended is None
    ]
    house.take(
        custody.BeginDetention.model_validate({"occurred_on": on, **begun, "tracks": choices})
    )
    refused(house, "not_released", close(Outcome.EMPLOYED))


def test_withdrew_consent_is_who_took_all_of_it_back(house: House) -> None:
    house.walk(house.way.to_release())
    withdrew, every = close(Outcome.WITHDREW_CONSENT), tuple(Purpose)
    refused(house, "consent_stands", withdrew)
    house.take(GiveConsent(occurred_on=TODAY, purposes=every, given_as=ConsentForm.SIGNED))
    house.take(WithdrawConsent(occurred_on=TODAY, purposes=every[1:]))
    refused(house, "consent_stands", withdrew)
    house.take(WithdrawConsent(occurred_on=TODAY, purposes=every[:1]))
    house.take(withdrew)


def test_the_closing_rests_on_the_consent_withdrawn(house: House) -> None:
    house.walk(house.way.to_release())
    house.take(WithdrawConsent(occurred_on=TODAY, purposes=tuple(Purpose)))
    house.take(close(Outcome.WITHDREW_CONSENT))
    with pytest.raises(Refused, match="rests_on_it"):
        retract(house, entry(house, ConsentWithdrawn))


def test_whoever_died_came_to_no_other_end(house: House) -> None:
    house.walk(house.way.to_release())
    die(house, TODAY)
    of_the_dead = {Outcome.DECEASED, Outcome.OPENED_IN_ERROR}
    for outcome in set(Outcome) - of_the_dead - {Outcome.TRANSFERRED, Outcome.ERASED}:
        refused(house, "closed_as_deceased", close(outcome, explanation=WHY))
    house.take(close(Outcome.OPENED_IN_ERROR, explanation=WHY), house.coordinator)


def test_in_training_is_who_is_enrolled(house: House) -> None:
    untrained = (e for e in house.way.to_release() if not isinstance(e, s.RecordEducation))
    house.walk(untrained)
    refused(house, "not_enrolled", close(Outcome.IN_TRAINING))
    house.take(house.way.step(EnrolInTraining))
    house.take(close(Outcome.IN_TRAINING))


def test_whose_track_was_given_up_is_in_training_no_more(house: House) -> None:
    untrained = (e for e in house.way.to_release() if not isinstance(e, s.RecordEducation))
    house.walk(untrained)
    house.take(house.way.step(EnrolInTraining))
    house.take(s.EndTrack(occurred_on=TODAY, ended_as=TrackEnd.GIVEN_UP, explanation=WHY))
    refused(house, "not_enrolled", close(Outcome.IN_TRAINING))


def test_needs_are_met_when_each_area_is_met_declined_or_none(house: House) -> None:
    house.walk(house.way.to_release())
    refused(house, "needs_not_all_met", close(Outcome.NEEDS_MET))
    areas = dict.fromkeys(NeedArea, NeedStatus.NO_NEED)
    areas |= {NeedArea.HEALTH: NeedStatus.DECLINED, NeedArea.ATTITUDES: NeedStatus.MET}
    house.take(
        s.AssessNeeds(
            occurred_on=TODAY, areas=areas | {NeedArea.DEPENDENCY: NeedStatus.IN_PROGRESS}
        )
    )
    refused(house, "needs_not_all_met", close(Outcome.NEEDS_MET))
    house.take(s.AssessNeeds(occurred_on=TODAY, areas={NeedArea.DEPENDENCY: NeedStatus.MET}))
    house.take(close(Outcome.NEEDS_MET))


@pytest.mark.parametrize("outcome", [Outcome.PARTLY_ACHIEVED, Outcome.DISENGAGED])
def test_what_was_not_reached_has_a_reason(house: House, outcome: Outcome) -> None:
    house.walk(house.way.to_release())
    refused(house, "ending_without_reason", close(outcome))
    house.take(close(outcome, explanation=WHY))


def test_contact_is_lost_after_three_attempts_since_the_person_was_reached(house: House) -> None:
    house.walk(house.way.to_release())
    contacts(house, ContactOutcome.NO_ANSWER, (200, 190, 180))
    contacts(house, ContactOutcome.REACHED, (150,))
    contacts(house, ContactOutcome.NO_ANSWER, (40, 20))
    refused(house, "attempts_missing", close(Outcome.LOST_CONTACT))
    contacts(house, ContactOutcome.NO_ANSWER, (30,))
    house.take(close(Outcome.LOST_CONTACT))


def test_a_transfer_names_the_institution_that_accepted(house: House) -> None:
    house.walk(house.way.to_release())
    house.paper.take(
        REGISTRY,
        RegisterEntry(
            occurred_on=date(2020, 1, 1),
            entry="association-amal",
            kind=EntryKind.ASSOCIATION,
            since=date(2020, 1, 1),
            name_fr="Association Amal",
            name_ar="جمعية الأمل",
            province="taza",
        ),
        ADMINISTRATOR,
    )
    told: dict[str, Any] = {"institution": "association-amal", "accepted_on": TODAY}
    for part in ({}, *({name: value} for name, value in told.items())):
        refused(house, "institution_missing_or_superfluous", close(Outcome.TRANSFERRED, **part))
    refused(house, "institution_missing_or_superfluous", close(Outcome.LEFT_COUNTRY, **told))
    prison = told | {"institution": house.way.prison}
    refused(house, "entry_of_another_kind", close(Outcome.TRANSFERRED, **prison))
    before = TODAY - timedelta(days=1)
    refused(house, "date_after_later_step", close(Outcome.TRANSFERRED, before, **told))
    house.take(close(Outcome.TRANSFERRED, **told))


def test_ineligible_is_who_was_ruled_so(house: House) -> None:
    house.walk(house.way.to_release())
    refused(house, "no_ruling_says_ineligible", close(Outcome.INELIGIBLE))
    ruled = house.way.step(s.RuleOnEligibility)
    house.take(ruled.model_copy(update={"occurred_on": TODAY, "eligible": False}))
    house.take(close(Outcome.INELIGIBLE))


def test_returned_to_detention_is_who_is_inside(house: House) -> None:
    house.walk(house.way.to_release(), until=custody.RecordRelease)
    inside = house.paper.copy()
    house.take(close(Outcome.RETURNED_TO_DETENTION))
    house.paper = inside
    house.take(house.way.step(custody.RecordRelease))
    refused(house, "not_in_detention", close(Outcome.RETURNED_TO_DETENTION))


def test_who_escaped_or_was_never_told_to_be_inside_did_not_return(house: House) -> None:
    """Neither is free; but no episode runs that would show it."""
    house.walk(house.way.to_release(), until=custody.RecordRelease)
    inside = house.paper.copy()
    house.take(
        custody.EndEpisode(occurred_on=TODAY, episode=EpisodeKind.SENTENCE, end=EpisodeEnd.ESCAPE)
    )
    refused(house, "not_in_detention", close(Outcome.RETURNED_TO_DETENTION))
    house.paper = inside
    house.take(close(Outcome.RETURNED_TO_DETENTION))


class TestCoordinator:
    def test_alone_closes_what_was_opened_in_error_and_only_while_nothing_was_paid(
        self, house: House
    ) -> None:
        house.walk(house.way.steps(), until=PayInvoice)
        in_error = close(Outcome.OPENED_IN_ERROR)
        refused(house, "approval_still_open", in_error, house.coordinator)
        house.take(house.way.step(PayInvoice))
        house.by_two(ts.EndApproval(occurred_on=TODAY, explanation=WHY))
        refused(house, "closing_takes_coordinator", in_error, house.caseworker)
        refused(house, "money_was_spent", in_error, house.coordinator)

    def test_closes_at_once_what_was_opened_in_error(self, house: House) -> None:
        house.walk(house.way.to_release())
        refused(
            house, "closing_takes_coordinator", close(Outcome.OPENED_IN_ERROR), house.caseworker
        )
        house.take(close(Outcome.OPENED_IN_ERROR), house.coordinator)

    def test_closes_after_money_was_spent(self, house: House) -> None:
        house.walk(house.way.steps())
        left = close(Outcome.LEFT_COUNTRY)
        with pytest.raises(NotAllowed, match="closing_takes_coordinator"):
            house.take(left, house.caseworker)
        house.take(left, house.coordinator)

    def test_leaves_the_rest_to_whoever_follows_the_person(self, house: House) -> None:
        house.walk(house.way.to_release())
        house.take(close(Outcome.LEFT_COUNTRY), house.caseworker)


class TestTraining:
    @pytest.fixture
    def enrolled(self, house: House) -> House:
        untrained = (e for e in house.way.to_release() if not isinstance(e, s.RecordEducation))
        house.walk(untrained)
        house.take(house.way.step(EnrolInTraining))
        return house

    def end(self, house: House, result: TrainingResult, *, certificate: bool) -> None:
        on = house.way.step(CompleteTraining).occurred_on
        step = CompleteTraining(occurred_on=on, result=result, certificate=certificate)
        house.take(step)

    @pytest.mark.parametrize(
        ("result", "certificate"),
        [(TrainingResult.FAILED, False), (TrainingResult.ATTENDED, False)],
    )
    def test_that_was_not_passed_is_none(
        self, enrolled: House, result: TrainingResult, *, certificate: bool
    ) -> None:
        """A welding project after a failed sewing training: neither trained, nor in that trade."""
        self.end(enrolled, result, certificate=certificate)
        welding = enrolled.way.step(ts.ProposeProject).model_copy(update={"trade": Trade.WELDING})
        refused(enrolled, "training_not_completed", welding)
        waived = enrolled.way.step(ts.WaiveTraining)
        enrolled.take(waived.model_copy(update={"occurred_on": welding.occurred_on}))
        refused(enrolled, "trade_without_reason", welding)
        enrolled.take(welding.model_copy(update={"explanation": "His uncle gives him the shop."}))

    def test_that_was_not_passed_is_begun_again(self, enrolled: House) -> None:
        self.end(enrolled, TrainingResult.FAILED, certificate=False)
        again = enrolled.way.step(CompleteTraining).occurred_on
        changes = {"occurred_on": again, "planned_end": TODAY}
        enrolled.take(enrolled.way.step(EnrolInTraining).model_copy(update=changes))

    @pytest.mark.parametrize(
        ("result", "certificate"),
        [(TrainingResult.PASSED, False), (TrainingResult.ATTENDED, True)],
    )
    def test_passed_or_attended_with_a_certificate_is_behind_them(
        self, enrolled: House, result: TrainingResult, *, certificate: bool
    ) -> None:
        self.end(enrolled, result, certificate=certificate)
        enrolled.take(enrolled.way.step(ts.ProposeProject))

    def test_makes_its_trade_one_of_theirs(self, house: House) -> None:
        for step in house.way.to_release():
            if isinstance(step, s.AgreePlan):
                changes = {"trade_wished": Trade.COOKING, "qualifications": ()}
                house.take(step.model_copy(update=changes))
            elif not isinstance(step, s.RecordEducation):
                house.take(step)
        house.take(house.way.step(EnrolInTraining))
        self.end(house, TrainingResult.PASSED, certificate=True)
        proposal = house.way.step(ts.ProposeProject)
        refused(house, "trade_without_reason", proposal.model_copy(update={"trade": Trade.WELDING}))
        assert proposal.trade is Trade.SEWING
        house.take(proposal)

    def test_in_another_trade_than_a_certificate_from_inside_may_be_begun(
        self, house: House
    ) -> None:
        house.walk(house.way.to_release())
        enrol = house.way.step(EnrolInTraining)
        refused(house, "training_already_completed", enrol)
        house.take(enrol.model_copy(update={"trade": Trade.WELDING}))
