"""Where a person lives: dated, the province following from it, and the past as it was."""

from dataclasses import replace
from datetime import date

import pytest

from domain.case.residence.steps import RecordMove
from domain.commands import HANDLINGS, warnings_of
from domain.errors import Refused
from domain.example.beside import register_centre
from domain.example.person import EXAMPLE
from domain.message import StreamKind, stream_id
from domain.registry.steps import Catchment
from domain.tracks.self_employment.steps import SubmitToSession
from tests.support.paper import ADMINISTRATOR, REGISTRY
from tests.unit.domain.conftest import House


@pytest.fixture
def two(house: House) -> House:
    """With a second centre, which serves a province of its own."""
    like = register_centre(replace(EXAMPLE, centre="ifrane", province="ifrane"))
    served = (Catchment(province="ifrane", since=date(2015, 1, 1)),)
    house.paper.take(REGISTRY, like.model_copy(update={"catchment": served}), ADMINISTRATOR)
    return house


def move(house: House, days: int, province: str) -> RecordMove:
    return RecordMove(occurred_on=house.way.day(days), province=province, address="3, rue Neuve")


def warned(house: House, step: RecordMove) -> list[str]:
    """To which centres it says that the case may be referred."""
    paper = house.paper
    command = paper.command(stream_id(StreamKind.CASE, house.case_id), step, house.caseworker)
    world = HANDLINGS[RecordMove].world(command, paper.state, paper.past)
    return [each.params["centre"] for each in warnings_of(world, command, [])]


def test_the_province_is_that_of_the_day_in_whatever_order_moves_are_told(two: House) -> None:
    two.walk(two.way.to_release())
    first, second = move(two, 310, "fes"), move(two, 320, "ifrane")
    for told in ((first, second), (second, first)):
        house = replace(two, paper=two.paper.copy())
        for step in told:
            house.take(step, house.caseworker)
        days = [house.case.province_on(house.way.day(day)) for day in (0, 309, 310, 319, 320)]
        assert days == [two.way.province] * 2 + ["fes"] * 2 + ["ifrane"]
        assert house.case.province == "ifrane"


def test_whoever_records_it_is_told_which_other_centre_serves_the_province(two: House) -> None:
    two.walk(two.way.to_release())
    assert warned(two, move(two, 310, "ifrane")) == ["ifrane"]
    assert warned(two, move(two, 310, two.way.province)) == []
    assert warned(two, move(two, 310, "azilal")) == []


def test_a_territory_is_asked_of_the_address_on_the_submissions_day(two: House) -> None:
    """Elsewhere by now, or elsewhere then: the one forbids nothing, the other does."""
    two.walk((*two.way.to_release(), *two.way.to_submission()), until=SubmitToSession)
    submit = two.way.step(SubmitToSession)
    since = (submit.occurred_on - two.way.begins).days
    later, earlier = (replace(two, paper=two.paper.copy()) for _ in range(2))
    later.take(move(two, since + 1, "ifrane"), two.caseworker)
    later.take(submit)
    earlier.take(move(two, since - 1, "ifrane"), two.caseworker)
    with pytest.raises(Refused, match="outside_the_territory"):
        earlier.take(submit)
