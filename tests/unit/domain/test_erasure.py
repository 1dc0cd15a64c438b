"""What is counted of a person is recorded in the commit that erases them, and counted from then."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

from domain.beneficiary.events import BeneficiaryErased, BeneficiaryRequestConfirmed
from domain.beneficiary.steps import ConfirmBeneficiaryRequest, RequestErasure
from domain.beneficiary.vocabulary import Sex
from domain.case import steps as s
from domain.case.counting import counted_by, deliveries_counted_by, statistics_of
from domain.case.custody.state import NEVER_HELD
from domain.case.events import CountedBy, StatisticsKept
from domain.case.state import CaseState
from domain.case.vocabulary import EducationLevel, Outcome, Route
from domain.commands import HANDLINGS
from domain.erasure.again import RepeatErasure
from domain.message import Event, Role, StreamKind, stream_id
from domain.rules import ExemptionReason
from domain.values.bands import AgeBand, SinceRelease
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House, end_running, hire

TODAY = date(2026, 3, 2)


def erased(house: House) -> list[Event]:
    """What the person's erasure records, beside that it was confirmed: ten years later."""
    house.paper.now = datetime(2034, 9, 1, 9, tzinfo=UTC)
    person, today = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id), house.paper.today
    second = hire(house.paper, "division-2", Role.DIVISION, None)
    house.paper.take(person, RequestErasure(occurred_on=today), DIVISION)
    confirmed, *made = house.paper.take(
        person, ConfirmBeneficiaryRequest(occurred_on=today), second
    )
    assert isinstance(confirmed, BeneficiaryRequestConfirmed)
    return made


def closed(house: House) -> None:
    end_running(house, TODAY)


def test_a_delivery_is_kept_by_what_the_person_was_on_its_day(house: House) -> None:
    house.walk(house.way.steps())
    exempt = house.way.visit_key(24)
    house.by_two(s.ExemptReview(occurred_on=TODAY, review=exempt, because=ExemptionReason.HEALTH))
    closed(house)
    kept, gone = erased(house)
    assert gone == BeneficiaryErased()
    assert kept == StatisticsKept(
        deliveries=(
            CountedBy(
                sex=Sex.FEMALE,
                age=AgeBand.FROM_25_TO_34,
                province="taza",
                route=Route.DETENTION,
                since_release=SinceRelease.FROM_6_TO_11,
            ),
        ),
        studied=(EducationLevel.VOCATIONAL,),
        exempt_visits=(exempt,),
    )


def test_each_case_of_the_person_keeps_its_own(house: House) -> None:
    house.walk(house.way.steps())
    closed(house)
    first, second = house.case_id, uuid4()
    opening = house.way.steps()[0].model_copy(update={"occurred_on": TODAY})
    house.paper.take(stream_id(StreamKind.CASE, second), opening, house.coordinator)
    close = s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY)
    house.paper.take(stream_id(StreamKind.CASE, second), close, house.coordinator)
    one, other, _ = erased(house)
    assert isinstance(one, StatisticsKept)
    assert isinstance(other, StatisticsKept)
    assert (len(one.deliveries), len(other.deliveries)) == (1, 0)
    assert house.paper.case(first).kept == one
    assert house.paper.case(second).kept == other


def test_a_reopened_case_keeps_its_statistics_once(house: House) -> None:
    house.walk(house.way.to_release())
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
    house.take(s.ReopenCase(occurred_on=TODAY, explanation="Came back."), house.coordinator)
    house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
    assert [type(event) for event in erased(house)] == [StatisticsKept, BeneficiaryErased]


def test_what_was_kept_counts_once_nothing_else_is_known(house: House) -> None:
    house.walk(house.way.steps())
    born = house.paper.beneficiary(house.way.beneficiary_id).born
    kept = statistics_of(house.case, Sex.FEMALE, born)
    unknown = replace(house.case, custody=NEVER_HELD, exemptions={}, studied=(), kept=kept)
    assert deliveries_counted_by(unknown, None, None) == kept.deliveries
    assert statistics_of(unknown, None, None) == kept


def test_a_release_after_the_day_counted_is_none_yet(house: House) -> None:
    house.walk(house.way.to_release())
    before, on = (
        counted_by(house.case, Sex.FEMALE, None, house.way.day(days)) for days in (299, 300)
    )
    assert (before.since_release, on.since_release) == (None, SinceRelease.UNDER_6)
    assert before.age is None
    assert deliveries_counted_by(CaseState(), None, None) == ()


def test_no_step_erases_without_keeping_what_is_counted() -> None:
    erasing = [row for row in HANDLINGS.values() if BeneficiaryErased in row.makes]
    assert [row.step for row in erasing] == [ConfirmBeneficiaryRequest, RepeatErasure]
    assert all(StatisticsKept in row.makes for row in erasing)
