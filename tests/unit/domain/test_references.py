"""The short reference that a case gets when it is opened, and keeps."""

from datetime import date
from uuid import UUID, uuid5

import pytest

from domain.case.steps import OpenCase
from domain.errors import Refused
from domain.example.beside import register_beneficiary, register_centre
from domain.message import StreamKind, stream_id
from tests.support.paper import ADMINISTRATOR, REGISTRY, ROOT
from tests.unit.domain.conftest import House


def opened(house: House, number: int, day: date) -> str:
    """The reference of another person's case, opened on that day."""
    person, case_id = uuid5(ROOT, f"person {number}"), uuid5(ROOT, f"case {number}")
    stream = stream_id(StreamKind.BENEFICIARY, person)
    house.paper.take(stream, register_beneficiary(card=str(person)), house.caseworker)
    opening = house.way.steps()[0]
    assert isinstance(opening, OpenCase)
    step = opening.model_copy(update={"beneficiary_id": person, "occurred_on": day})
    house.paper.take(stream_id(StreamKind.CASE, case_id), step, house.caseworker)
    return house.paper.case(UUID(str(case_id))).reference


def test_a_reference_names_centre_year_of_opening_and_the_next_number(house: House) -> None:
    days = [date(2024, 5, 2), date(2025, 1, 8), date(2024, 12, 31), date(2024, 1, 1)]
    references = [opened(house, number, day) for number, day in enumerate(days)]
    assert references == ["TAZ-24-0001", "TAZ-25-0001", "TAZ-24-0002", "TAZ-24-0003"]


def test_a_refused_opening_takes_no_number(house: House) -> None:
    first = opened(house, 1, date(2024, 5, 2))
    with pytest.raises(Refused, match="beneficiary_has_open_case"):
        house.paper.take(
            stream_id(StreamKind.CASE, uuid5(ROOT, "again")),
            house.way.steps()[0].model_copy(update={"beneficiary_id": uuid5(ROOT, "person 1")}),
            house.caseworker,
        )
    assert (first, opened(house, 2, date(2024, 5, 3))) == ("TAZ-24-0001", "TAZ-24-0002")


def test_a_code_is_one_centres_for_good(house: House) -> None:
    """Two centres of one code would give a number twice, and so would a code that moved."""
    again = register_centre()
    house.paper.take(REGISTRY, again, ADMINISTRATOR)
    for changed in ({"centre": "taza-north"}, {"code": "TZA"}):
        with pytest.raises(Refused, match="centre_code_taken") as refusal:
            house.paper.take(REGISTRY, again.model_copy(update=changed), ADMINISTRATOR)
        assert refusal.value.params == {"code": "TAZ", "centre": "taza"}
