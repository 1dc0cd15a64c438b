"""The daily work of a case, drawn by chance: meetings, pauses, and what somebody is exempt from."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from domain.case import steps as s
from domain.case.moving_rules.steps import AdoptRules
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.case.vocabulary import (
    Channel,
    ContactOutcome,
    EducationLevel,
    EducationResult,
    NeedArea,
    NeedStatus,
)
from domain.message import Step
from domain.rules import ExemptionReason
from tests.closer.moves import WHY, on_case
from tests.closer.site import TODAY, Site, Try
from tests.support.paper import NO_HOLIDAYS
from tests.support.versions import NAMES

TAKE_TWO = ("exempt-review", "pause-case", "renew-pause")


def of_case(site: Site, case_id: UUID) -> Try | None:
    """What was asked for is answered, mostly; else something of this one."""
    asked = [(each, name) for each in site.cases for name in site.waiting_in(each, *TAKE_TWO)]
    if asked and site.random.random() < 0.8:
        other, name = site.random.choice(asked)
        return on_case(other, _answer(site, name))
    case = site.case(case_id)
    if not case.is_open:
        return None
    return on_case(case_id, site.random.choice(list(_steps(site, case))))


def _answer(site: Site, request_id: UUID) -> Step:
    if site.random.random() < 0.3:
        return s.RefuseCaseRequest(occurred_on=TODAY, request_id=request_id, explanation=WHY)
    return s.ConfirmCaseRequest(occurred_on=TODAY, request_id=request_id)


def _steps(site: Site, case: CaseState) -> Iterator[Step]:
    random = site.random
    yield s.RecordContact(
        occurred_on=TODAY,
        channel=random.choice(list(Channel)),
        outcome=random.choice(list(ContactOutcome)),
    )
    yield s.RecordAttemptedVisit(occurred_on=TODAY)
    yield s.AddNote(occurred_on=TODAY, text=WHY)
    yield AdoptRules(occurred_on=TODAY, version=random.choice(NAMES), explanation=WHY)
    yield s.AssessNeeds(
        occurred_on=TODAY,
        areas={random.choice(list(NeedArea)): random.choice(list(NeedStatus))},
    )
    yield s.AgreePlan(occurred_on=TODAY, revised_because=WHY)
    yield s.RecordSocialEnquiry(occurred_on=TODAY, household_size=3, has_housing=True)
    until = site.day + timedelta(days=random.choice([10, 80]))
    yield s.PauseCase(occurred_on=TODAY, until=until, explanation=WHY)
    if case.pauses:
        yield s.RenewPause(occurred_on=TODAY, until=until, explanation=WHY)
        yield s.ResumeCase(occurred_on=TODAY)
    if not case.is_free:
        yield s.RecordEducation(
            occurred_on=TODAY,
            level=EducationLevel.PRIMARY,
            started_on=site.day,
            result=EducationResult.COMPLETED,
        )
        yield s.RecordPreReleaseReview(occurred_on=TODAY)
    if due := dues(case, NO_HOLIDAYS):
        ends = random.choice([None, until])
        because = random.choice(list(ExemptionReason))
        visits = [each for each in due if each.kind is ReviewKind.VISIT]
        key = random.choice(visits or due).key
        yield s.ExemptReview(occurred_on=TODAY, review=key, because=because, until=ends)
    for key in case.exemptions:
        yield s.ClearExemption(occurred_on=TODAY, review=key)
