"""A job: applied for, begun, reviewed, ended, and another one after it."""

from typing import Any

import pytest

from domain.case import steps as cs
from domain.case.consents.steps import GiveConsent, WithdrawConsent
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.moment import day_of
from domain.case.reviews import dues, occasions
from domain.case.schedule import ReviewKind
from domain.case.vocabulary import Stage
from domain.errors import Refused
from domain.example.employment import job
from domain.message import Step
from domain.rules import ExemptionReason
from domain.tracks.employment import events as e
from domain.tracks.employment import steps as s
from domain.tracks.employment.state import Employment, find_employment
from domain.tracks.employment.vocabulary import (
    ApplicationAnswer,
    ContractKind,
    EmployerKind,
    HeardFrom,
    PlacementEnd,
    PlacementFound,
)
from tests.unit.domain.conftest import House
from tests.unit.domain.test_mending import correct, entry, retract


@pytest.fixture
def applying(house: House) -> House:
    """After the release, with an employment track."""
    opened, *_ = job(house.way)
    house.walk((*house.way.to_release(), opened))
    return house


@pytest.fixture
def hired(applying: House) -> House:
    applying.take(hire(applying))
    return applying


def track(house: House) -> Employment:
    found = find_employment(house.case)
    assert found is not None
    return found


def hire(house: House, day: int = 320, **more: Any) -> s.RecordHire:
    told = {"employer": EmployerKind.SELF_FOUND, "contract_kind": ContractKind.UNWRITTEN}
    return s.RecordHire(occurred_on=house.way.day(day), **told | more)


def review(house: House, day: int, *, still: bool = True, **more: Any) -> s.ReviewPlacement:
    found = PlacementFound.STILL_EMPLOYED if still else PlacementFound.NO_LONGER
    told: dict[str, Any] = {"found": found, "heard_from": HeardFrom.PERSON}
    return s.ReviewPlacement(occurred_on=house.way.day(day), **told | more)


def end(house: House, day: int) -> s.EndPlacement:
    return s.EndPlacement(occurred_on=house.way.day(day), end_reason=PlacementEnd.RESIGNED)


def apply(house: House, day: int = 313) -> s.RecordApplication:
    return s.RecordApplication(occurred_on=house.way.day(day), employer=EmployerKind.OTHER)


def answer(house: House, day: int = 315, **more: Any) -> s.AnswerApplication:
    told = {"answer": ApplicationAnswer.REFUSED}
    return s.AnswerApplication(occurred_on=house.way.day(day), **told | more)


def refused(house: House, code: str, step: Step) -> None:
    with pytest.raises(Refused, match=f"^{code}$"):
        house.take(step)


def reviews(house: House) -> dict[str, str]:
    """How each review of a placement stands."""
    return {
        each.due.key: "held" if each.completed else "missed" if each.missed else "to hold"
        for each in occasions(house.case, house.paper.calendar)
        if each.due.kind is ReviewKind.PLACEMENT
    }


class TestApplying:
    def test_prepares_and_a_hire_is_followed_up(self, applying: House) -> None:
        assert track(applying).stage(applying.case) is Stage.TRAINING
        applying.take(hire(applying))
        assert track(applying).stage(applying.case) is Stage.FOLLOW_UP

    def test_several_applications_wait_and_each_is_answered_once(self, applying: House) -> None:
        refused(applying, "application_unknown", answer(applying))
        applying.take(apply(applying))
        applying.take(apply(applying, 314))
        refused(applying, "application_not_named", answer(applying))
        first, second = track(applying).waiting
        applying.take(answer(applying, application_id=first))
        refused(applying, "application_answered", answer(applying, application_id=first))
        applying.take(answer(applying, answer=ApplicationAnswer.NO_ANSWER))
        assert track(applying).applications[second].answer is ApplicationAnswer.NO_ANSWER

    def test_an_answer_follows_its_application_and_holds_it(self, applying: House) -> None:
        applying.take(apply(applying))
        refused(applying, "date_before_earlier_step", answer(applying, 312))
        applying.take(answer(applying))
        with pytest.raises(Refused, match="rests_on_it"):
            retract(applying, entry(applying, e.ApplicationMade))

    def test_a_partner_company_is_one_of_the_registry(self, applying: House) -> None:
        partner: dict[str, Any] = {"employer": EmployerKind.PARTNER}
        missing = "company_missing_or_superfluous"
        refused(applying, missing, hire(applying, **partner))
        refused(applying, missing, hire(applying, company=applying.way.company))
        both: dict[str, Any] = {"company": applying.way.company, "employer_name": "The factory"}
        refused(applying, missing, hire(applying, **partner, **both))
        applying.take(hire(applying, **partner, company=applying.way.company))

    def test_nobody_begins_a_job_in_prison(self, applying: House) -> None:
        """What was promised inside is an application that was accepted."""
        refused(applying, "date_before_earlier_step", hire(applying, 250))


class TestReviewing:
    def test_is_completed_missed_or_still_to_hold(self, hired: House) -> None:
        hired.take(review(hired, 412))
        hired.take(review(hired, 505))
        assert reviews(hired) == {
            "placement/1": "missed",
            "placement/3": "held",
            "placement/6": "held",
            "placement/12": "missed",
        }

    def test_names_its_review_or_falls_into_one(self, hired: House) -> None:
        hired.take(review(hired, 420, review="placement/3"))
        refused(hired, "review_not_outstanding", review(hired, 425, review="placement/3"))
        refused(hired, "review_not_outstanding", review(hired, 425, review="visit/3"))

    def test_follows_a_hire(self, applying: House) -> None:
        refused(applying, "not_hired", review(applying, 330))

    def test_who_is_not_found_there_has_left(self, hired: House) -> None:
        hired.take(review(hired, 400, still=False))
        assert track(hired).standing is None
        refused(hired, "placement_ended", review(hired, 430))
        refused(hired, "date_after_later_step", end(hired, 401))
        hired.take(end(hired, 390))
        assert track(hired).placements[-1].end_reason is PlacementEnd.RESIGNED
        assert track(hired).latest_on == hired.way.day(400)
        assert day_of(track(hired).placements[-1].ended) == hired.way.day(390)
        refused(hired, "placement_ended", end(hired, 385))

    def test_is_a_meeting_with_the_person_alone(self, hired: House) -> None:
        met = hired.case.last_contact
        hired.take(review(hired, 352, heard_from=HeardFrom.PAYSLIP))
        assert hired.case.last_contact == met
        hired.take(employers_may_be_told(hired, 300))
        hired.take(review(hired, 353, heard_from=HeardFrom.AT_WORK))
        assert hired.case.seen_last == hired.way.day(353)


class TestEnding:
    def test_no_review_follows_and_contacts_come_back(self, hired: House) -> None:
        hired.take(end(hired, 340))
        assert reviews(hired) == {"placement/1": "held"}, "it is known that they work there no more"
        kinds = {due.kind for due in dues(hired.case, hired.paper.calendar)}
        assert ReviewKind.CONTACT in kinds

    def test_is_not_before_they_were_found_there(self, hired: House) -> None:
        hired.take(review(hired, 352))
        refused(hired, "date_before_earlier_step", end(hired, 351))

    def test_another_job_follows_with_reviews_of_its_own(self, hired: House) -> None:
        refused(hired, "already_hired", hire(hired, 345))
        hired.take(end(hired, 340))
        hired.take(hire(hired, 345))
        hired.take(review(hired, 376, review="placement/1/1/2"))
        found = reviews(hired)
        assert found["placement/1/1/2"] == "held"
        assert found["placement/1"] == "held"
        assert track(hired).stage(hired.case) is Stage.FOLLOW_UP

    def test_a_job_before_the_one_that_is_known_is_entered_late(self, hired: House) -> None:
        """In whichever order they are told, the present is the same."""
        hired.take(hire(hired, 313))
        hired.take(end(hired, 318))
        days = [(each.hired.on, day_of(each.ended)) for each in track(hired).placements]
        way = hired.way
        assert days == [(way.day(313), way.day(318)), (way.day(320), None)]

    def test_a_hire_on_which_a_review_rests_stays_until_that_is_retracted(
        self, hired: House
    ) -> None:
        hired.take(review(hired, 352))
        with pytest.raises(Refused, match="rests_on_it"):
            retract(hired, entry(hired, e.Hired))
        retract(hired, entry(hired, e.PlacementReviewed))
        retract(hired, entry(hired, e.Hired))
        assert track(hired).placements == ()

    def test_a_hire_is_corrected(self, hired: House) -> None:
        hired.take(review(hired, 352))
        correct(hired, (entry(hired, e.Hired), hire(hired, 325)))
        assert track(hired).placements[0].hired.on == hired.way.day(325)
        assert reviews(hired)["placement/1"] == "held"


def employers_may_be_told(house: House, day: int) -> GiveConsent:
    return GiveConsent(
        occurred_on=house.way.day(day),
        purposes=(Purpose.SHARING_WITH_EMPLOYERS,),
        given_as=ConsentForm.SIGNED,
    )


class TestWhatAnEmployerKnows:
    def refused(self, house: House, step: Step) -> bool:
        """Whether the step is refused, for the employer would learn of it without consent."""
        try:
            House(**{**vars(house), "paper": house.paper.copy()}).take(step)
        except Refused as refusal:
            return refusal.code == "employer_without_consent"
        return False

    def test_is_what_the_person_agreed_to_on_that_day(self, hired: House) -> None:
        told = review(hired, 352, heard_from=HeardFrom.EMPLOYER)
        assert self.refused(hired, told)
        assert not self.refused(hired, review(hired, 352))
        given = employers_may_be_told(hired, 330)
        hired.take(given)
        taken_back = hired.way.day(353)
        hired.take(WithdrawConsent(occurred_on=taken_back, purposes=given.purposes))
        assert not self.refused(hired, told)
        assert self.refused(hired, review(hired, 354, heard_from=HeardFrom.EMPLOYER))

    def test_is_told_where_an_application_or_a_hire_says_so(self, applying: House) -> None:
        assert self.refused(applying, hire(applying, employer_told=True))
        assert not self.refused(applying, hire(applying))


def exempt(house: House, day: int, key: str) -> cs.ExemptReview:
    because = ExemptionReason.HEALTH
    return cs.ExemptReview(occurred_on=house.way.day(day), review=key, because=because)


def moved(house: House, day: int, key: str, to: int) -> s.ReschedulePlacementReview:
    return s.ReschedulePlacementReview(
        occurred_on=house.way.day(day), review=key, due_on=house.way.day(to)
    )


class TestAJobToldLate:
    def test_leaves_what_was_said_of_the_next_one_where_it_was(self, applying: House) -> None:
        """Exempt, moved, held by its name: all of it is of the job of that day."""
        house = applying
        house.take(hire(house, 330))
        house.take(review(house, 365, review="placement/1"))
        house.take(moved(house, 370, "placement/3", 425))
        house.take(exempt(house, 371, "placement/6"))
        due = {"held": ["placement/1"], "moved": ["placement/3"], "exempt": ["placement/6"]}
        assert said(house) == due
        house.take(hire(house, 315))
        anew = {what: [f"{key}/1/2" for key in keys] for what, keys in due.items()}
        assert said(house) == anew
        retract(house, entry(house, e.Hired))
        assert said(house) == due


def said(house: House) -> dict[str, list[str]]:
    return {
        "held": [key for key, how in reviews(house).items() if how == "held"],
        "moved": [key for key in house.case.moved if key.startswith("placement")],
        "exempt": list(house.case.exemptions),
    }


class TestAReviewIsMoved:
    def test_inside_its_window_and_to_a_day_ahead(self, hired: House) -> None:
        due = next(
            each
            for each in occasions(hired.case, hired.paper.calendar)
            if each.due.key == "placement/3"
        ).due
        begins = hired.way.begins
        last = (due.window_end - begins).days
        refused(hired, "outside_window", moved(hired, 330, "placement/3", last + 1))
        refused(hired, "date_before_earlier_step", moved(hired, last, "placement/3", last - 1))
        refused(hired, "review_not_outstanding", moved(hired, 330, "placement/2", last))
        hired.take(moved(hired, 330, "placement/3", last))
        found = {each.key: each.due_on for each in dues(hired.case, hired.paper.calendar)}
        assert found.get("placement/3", due.window_end) == due.window_end

    def test_of_a_job_before_or_after_is_none_of_that_days(self, hired: House) -> None:
        hired.take(end(hired, 374))
        hired.take(hire(hired, 376))
        refused(hired, "review_not_outstanding", moved(hired, 380, "placement/3", 400))
        refused(hired, "review_not_outstanding", review(hired, 377, review="placement/1"))
