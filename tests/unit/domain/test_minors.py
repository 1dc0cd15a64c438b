"""While the person is a minor: no project of their own, no cash, no undertaking; and coming of age."""

from datetime import date, timedelta

import pytest

from domain.beneficiary.steps import ChangeDetails, ContactPerson, CorrectIdentity
from domain.case import steps as s
from domain.case.consents.steps import GiveConsent, WithdrawConsent
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.reviews import dues
from domain.case.schedule import Due, ReviewKind
from domain.case.vocabulary import Outcome
from domain.errors import NotAllowed, Refused
from domain.example.beside import SISTER, register_beneficiary
from domain.folds.replacing import replace
from domain.message import Step, StreamKind, stream_id
from domain.project.items import CashInstalment
from domain.tracks.self_employment import steps as ts
from domain.tracks.training.steps import EnrolInTraining
from tests.unit.domain.conftest import House

GUARDIAN = Purpose.THROUGH_GUARDIAN
DAY = timedelta(days=1)


def refused(house: House, code: str, step: Step) -> None:
    recorded = len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.take(step)
    assert refusal.value.code == code
    assert len(house.paper.events) == recorded


def born(house: House, on: date, guardian: ContactPerson | None = SISTER) -> House:
    """Before their case is opened."""
    known = register_beneficiary(house.way)
    day = house.way.day(-1)
    right = CorrectIdentity(
        occurred_on=day,
        name_latin=known.name_latin,
        sex=known.sex,
        identity=known.identity,
        birth_date=on,
        explanation="By the certificate of birth.",
    )
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    for step in (ChangeDetails(occurred_on=day, guardian=guardian), right):
        house.paper.take(person, step, house.caseworker)
    return house


def of_age(house: House, on: date) -> House:
    return born(house, on.replace(year=on.year - 18))


def minor_until(house: House, day: date) -> None:
    stream = stream_id(StreamKind.CASE, house.case_id)
    house.paper.states[stream] = replace(house.case, born=day.replace(year=day.year - 18))


def coming_of_age(house: House) -> list[Due]:
    found = dues(house.case, house.paper.calendar)
    return [each for each in found if each.kind is ReviewKind.COMING_OF_AGE]


def test_a_fifteen_year_old_is_approved_nothing(house: House) -> None:
    session = house.way.session_on
    of_age(house, session + DAY)
    house.walk(house.way.steps(), until=ts.RecordDecision)
    refused(house, "holder_is_minor", house.way.step(ts.RecordDecision))


def test_who_comes_of_age_on_the_day_of_the_session_is_approved(house: House) -> None:
    of_age(house, house.way.session_on)
    house.walk(house.way.steps())


def test_a_child_signs_no_undertaking_and_is_given_no_cash(house: House) -> None:
    """As the birth date is known now: it may have been corrected after the approval."""
    house.walk(house.way.steps(), until=ts.SignUndertaking)
    minor_until(house, house.way.delivered_on + DAY)
    refused(house, "holder_is_minor", house.way.step(ts.SignUndertaking))
    minor_until(house, house.way.day(300))
    house.walk(house.way.to_delivery(), until=ts.ConfirmDelivery)
    minor_until(house, house.way.delivered_on + DAY)
    handed = (CashInstalment(amount=house.way.cash, cheque="Q"),)
    cash = ts.ConfirmDelivery(occurred_on=house.way.delivered_on, cash=handed)
    refused(house, "holder_is_minor", cash)


def test_vocational_training_is_open_from_sixteen(house: House) -> None:
    enrol = house.way.step(EnrolInTraining)
    sixteen = enrol.occurred_on
    born(house, sixteen.replace(year=sixteen.year - 16))
    house.walk(e for e in house.way.to_release() if not isinstance(e, s.RecordEducation))
    refused(
        house, "too_young_for_training", enrol.model_copy(update={"occurred_on": sixteen - DAY})
    )
    house.take(enrol)


def test_no_case_of_a_minor_is_opened_without_a_guardian(house: House) -> None:
    opening = house.way.steps()[0]
    born(house, opening.occurred_on.replace(year=opening.occurred_on.year - 15), None)
    refused(house, "guardian_missing", opening)
    born(house, opening.occurred_on.replace(year=opening.occurred_on.year - 15))
    house.take(opening)


def test_the_coordinator_closes_the_case_of_a_minor(house: House) -> None:
    of_age(house, house.way.day(340))
    house.walk(house.way.to_release())
    left = s.CloseCase(occurred_on=house.way.day(339), outcome=Outcome.LEFT_COUNTRY)
    with pytest.raises(NotAllowed, match="closing_takes_coordinator"):
        house.take(left, house.caseworker)
    house.take(left.model_copy(update={"occurred_on": house.way.day(340)}), house.caseworker)


def test_coming_of_age_is_reviewed_ninety_days_before(house: House) -> None:
    birthday = house.way.day(400)
    of_age(house, birthday)
    house.walk(house.way.to_release())
    (due,) = coming_of_age(house)
    assert house.paper.calendar.on_or_before(birthday - timedelta(days=90)) == due.due_on
    assert due.window_start < due.due_on
    early = WithdrawConsent(occurred_on=due.window_start - DAY, purposes=(GUARDIAN,))
    house.take(early)
    assert coming_of_age(house) == [due]
    house.take(early.model_copy(update={"occurred_on": due.window_start}))
    assert coming_of_age(house) == []


def test_from_the_birthday_the_guardian_is_told_by_new_consent_alone(house: House) -> None:
    birthday = house.way.day(320)
    of_age(house, birthday)
    house.walk(house.way.to_release())
    told = house.case.may_tell_guardian
    assert told(birthday - DAY)
    assert not told(birthday)
    through = GiveConsent(
        occurred_on=birthday - DAY, purposes=(GUARDIAN,), given_as=ConsentForm.SIGNED
    )
    house.take(through)
    assert not house.case.may_tell_guardian(birthday)
    house.take(through.model_copy(update={"occurred_on": birthday}))
    assert house.case.may_tell_guardian(birthday)
    house.take(WithdrawConsent(occurred_on=birthday + DAY, purposes=(GUARDIAN,)))
    assert not house.case.may_tell_guardian(birthday + DAY)


def test_an_adult_is_never_told_through_a_guardian(house: House) -> None:
    house.walk(house.way.to_release())
    assert not house.case.may_tell_guardian(house.way.day(320))
    assert coming_of_age(house) == []
