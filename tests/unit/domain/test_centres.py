"""Centres that close, open again, and serve other provinces: dated, and the past as it was."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.case.referral.steps import ReferCase
from domain.case.steps import OpenCase
from domain.errors import Refused
from domain.example.beside import register_centre
from domain.example.person import EXAMPLE
from domain.message import Step, StreamKind, stream_id
from domain.registry.centres import steps as s
from domain.registry.state import RegistryState
from domain.registry.steps import Catchment
from tests.support.paper import ADMINISTRATOR, REGISTRY
from tests.unit.domain.conftest import House

SAID = date(2023, 6, 1)
DAY = timedelta(days=1)
LONG_AGO = date(2015, 1, 1)


@pytest.fixture
def two(house: House) -> House:
    """With a second centre, which serves a province of its own."""
    like = register_centre(replace(EXAMPLE, centre="ifrane", province="ifrane"))
    served = (Catchment(province="ifrane", since=LONG_AGO),)
    house.paper.take(REGISTRY, like.model_copy(update={"catchment": served}), ADMINISTRATOR)
    return house


def registry(house: House) -> RegistryState:
    state = house.paper.state(REGISTRY)
    assert isinstance(state, RegistryState)
    return state


def take(house: House, step: Step) -> None:
    house.paper.take(REGISTRY, step, ADMINISTRATOR)


def refused(house: House, step: Step) -> str:
    with pytest.raises(Refused) as refusal:
        take(house, step)
    return refusal.value.code


def close(closed_from: date, centre: str = "ifrane") -> s.CloseCentre:
    return s.CloseCentre(occurred_on=SAID, centre=centre, closed_from=closed_from)


def change(since: date, *provinces: str, on: date = SAID) -> s.ChangeCatchment:
    return s.ChangeCatchment(occurred_on=on, centre="ifrane", since=since, provinces=provinces)


def reopen(open_from: date, on: date = SAID) -> s.ReopenCentre:
    return s.ReopenCentre(occurred_on=on, centre="ifrane", open_from=open_from)


def test_which_centre_serves_a_province_is_answered_as_of_the_day(two: House) -> None:
    first, second = SAID + 10 * DAY, SAID + 100 * DAY
    take(two, change(first, "ifrane", "khenifra"))
    take(two, change(second, "khenifra", on=first))
    known = registry(two)
    days = (LONG_AGO, first - DAY, first, second - DAY, second)
    assert [known.serves("ifrane", "ifrane", day) for day in days] == [True] * 4 + [False]
    assert [known.serves("ifrane", "khenifra", day) for day in days] == [False] * 2 + [True] * 3
    assert known.serving("khenifra", second) == {"ifrane"}
    assert known.serving("ifrane", LONG_AGO) == {"ifrane"}


def test_a_change_that_was_only_planned_gives_way_to_another(two: House) -> None:
    take(two, change(SAID + 50 * DAY, "khenifra"))
    take(two, change(SAID + 20 * DAY, "ifrane", "azilal"))
    served = [registry(two).provinces_of("ifrane", SAID + days * DAY) for days in (0, 20, 60)]
    assert served == [{"ifrane"}, {"ifrane", "azilal"}, {"ifrane", "azilal"}]


def test_a_closed_centre_serves_nothing_and_takes_no_case_from_its_day_on(two: House) -> None:
    begins = two.way.begins
    said = begins - 20 * DAY
    closing = close(begins, two.way.centre).model_copy(update={"occurred_on": said})
    take(two, closing)
    assert registry(two).serving(two.way.province, begins - DAY) == {two.way.centre}
    assert registry(two).serving(two.way.province, begins) == frozenset()
    opening = two.way.step(OpenCase)
    case = stream_id(StreamKind.CASE, two.case_id)
    with pytest.raises(Refused, match="centre_closed"):
        two.paper.take(case, opening, two.caseworker)
    two.paper.take(case, opening.model_copy(update={"occurred_on": begins - DAY}), two.caseworker)


def test_no_case_is_referred_to_a_closed_centre_and_again_once_it_is_open(two: House) -> None:
    two.walk(two.way.to_release())
    refer = two.way.step(ReferCase).model_copy(
        update={"occurred_on": two.way.day(310), "to_centre": "ifrane"}
    )
    take(two, close(SAID + DAY))
    with pytest.raises(Refused, match="centre_closed"):
        two.take(refer, two.caseworker)
    take(two, reopen(two.paper.today, on=two.paper.today - DAY))
    two.take(refer, two.caseworker)
    assert registry(two).serving("ifrane", SAID) == {"ifrane"}
    assert registry(two).serving("ifrane", SAID + 10 * DAY) == frozenset()


def test_a_closing_that_was_to_come_is_taken_back_by_opening_before_it(two: House) -> None:
    take(two, close(SAID + 30 * DAY))
    assert refused(two, close(SAID + 40 * DAY)) == "centre_closed"
    take(two, reopen(SAID + 30 * DAY))
    assert registry(two).serving("ifrane", SAID + 31 * DAY) == {"ifrane"}
    assert refused(two, reopen(SAID + 31 * DAY)) == "centre_not_closed"


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (close(SAID - DAY), "date_before_earlier_step"),
        (close(SAID, "nowhere"), "centre_unknown"),
        (reopen(SAID), "centre_not_closed"),
        (change(SAID - DAY, "khenifra"), "date_before_earlier_step"),
        (change(SAID, "ifrane"), "catchment_unchanged"),
        (change(SAID, "khenifra", "khenifra"), "province_repeated"),
    ],
)
def test_what_would_change_the_past_or_nothing_is_refused(
    two: House, step: Step, code: str
) -> None:
    assert refused(two, step) == code
