"""A wrong name, sex, birth date or number is corrected, whatever that makes wrong."""

from datetime import date

import pytest

from domain.beneficiary.events import BirthDateKnown, IdentityCorrected
from domain.beneficiary.state import BeneficiaryState
from domain.beneficiary.steps import CorrectIdentity
from domain.beneficiary.vocabulary import Sex
from domain.errors import Refused
from domain.message import Event, StreamKind, stream_id
from tests.unit.domain.conftest import House


def correct(house: House, born: date, sex: Sex = Sex.FEMALE) -> list[Event]:
    step = CorrectIdentity(
        occurred_on=house.paper.today,
        name_latin="Salma Elmithal",
        sex=sex,
        birth_date=born,
        explanation="The card says so.",
    )
    return house.paper.take(person_of(house), step, house.caseworker)


def person_of(house: House) -> str:
    return stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)


def person(house: House) -> BeneficiaryState:
    return house.paper.beneficiary(house.way.beneficiary_id)


def test_who_they_were_from_the_beginning_is_told_anew(house: House) -> None:
    made = correct(house, date(1990, 1, 1), Sex.MALE)
    assert [type(each) for each in made] == [IdentityCorrected]
    assert (person(house).birth_date, person(house).sex) == (date(1990, 1, 1), Sex.MALE)
    assert person(house).registered_by == house.caseworker.id


def test_each_case_learns_the_birth_date_and_a_delivery_to_a_child_refuses_nothing(
    house: House,
) -> None:
    house.walk(house.way.steps())
    young = date(house.way.delivered_on.year - 15, 1, 1)
    made = correct(house, young)
    assert [type(each) for each in made] == [IdentityCorrected, BirthDateKnown]
    assert house.case.born == young
    assert house.case.is_minor(house.way.delivered_on)


def test_a_day_on_which_nobody_is_born_is_refused(house: House) -> None:
    with pytest.raises(Refused) as raised:
        correct(house, house.paper.today)
    assert raised.value.code == "birth_date_impossible"
