"""Centres that close, open again, and serve other provinces: dated, and the past as it was."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

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


def answers(house: House) -> list[frozenset[str]]:
    """What the centre serves, on every day that anything here begins or ends, and around it."""
    known = registry(house)
    days = [LONG_AGO - DAY, LONG_AGO, *(SAID + at * DAY for at in range(-1, 130))]
    return [known.provinces_of("ifrane", day) for day in days]


CHANGES = (
    change(SAID + 10 * DAY, "ifrane", "khenifra"),
    change(SAID + 50 * DAY, "khenifra"),
    change(SAID + 100 * DAY, "ifrane", "azilal"),
)


@pytest.mark.parametrize("order", list(permutations(CHANGES)))
def test_changes_come_to_the_same_in_any_order_and_leave_every_day_before_them(
    two: House, order: tuple[s.ChangeCatchment, ...]
) -> None:
    for each in order:
        before = answers(two)
        take(two, each)
        ahead = (each.since - SAID).days + 3
        assert answers(two)[:ahead] == before[:ahead], "the past stays"
    known = registry(two)
    expected = [{"ifrane"}, {"ifrane", "khenifra"}, {"khenifra"}, {"ifrane", "azilal"}]
    assert [known.provinces_of("ifrane", SAID + at * DAY) for at in (9, 49, 99, 100)] == expected


TURNS = (close(SAID + 10 * DAY), reopen(SAID + 20 * DAY), close(SAID + 40 * DAY))


@pytest.mark.parametrize("order", [TURNS, (TURNS[2], TURNS[0], TURNS[1])])
def test_a_closing_entered_after_a_later_one_ends_where_it_was_opened_again(
    two: House, order: tuple[Step, ...]
) -> None:
    for each in order:
        take(two, each)
    days = (9, 10, 19, 20, 39, 40)
    closed = [registry(two).closed_on("ifrane", SAID + at * DAY) for at in days]
    assert closed == [False, True, True, False, False, True]
    assert registry(two).closing_of("ifrane") == SAID + 40 * DAY


def mend(mends: date, since: date, *provinces: str) -> s.CorrectCatchment:
    told = "The order says another day."
    said = {"centre": "ifrane", "mends": mends, "since": since, "provinces": provinces}
    return s.CorrectCatchment.model_validate({"occurred_on": SAID, "explanation": told, **said})


def test_a_mistaken_day_is_mended_and_what_was_known_before_is_still_told(two: House) -> None:
    take(two, change(SAID + 10 * DAY, "khenifra"))
    before = len(two.paper.events)
    assert refused(two, change(SAID + 10 * DAY, "azilal")) == "catchment_said_already"
    take(two, mend(SAID + 10 * DAY, SAID + 30 * DAY, "khenifra"))
    known = registry(two)
    served = [known.provinces_of("ifrane", SAID + at * DAY) for at in (10, 29, 30)]
    assert served == [{"ifrane"}, {"ifrane"}, {"khenifra"}]
    take(two, mend(SAID + 30 * DAY, SAID + 30 * DAY))
    assert registry(two).provinces_of("ifrane", SAID + 60 * DAY) == {"ifrane"}
    told = [type(each.event).__name__ for each in two.paper.events[before - 1 :]]
    assert told == ["CatchmentChanged", "CatchmentCorrected", "CatchmentCorrected"]


def test_registering_a_centre_again_gives_it_names_and_leaves_what_it_served(two: House) -> None:
    take(two, change(SAID + 10 * DAY, "khenifra"))
    before, known = answers(two), registry(two).centres["ifrane"]
    anew = register_centre(replace(EXAMPLE, centre="ifrane", province="ifrane"))
    said = [
        {"province": each.province, "since": each.since, "until": each.until}
        for each in known.catchment
    ]
    served = tuple(Catchment.model_validate(each) for each in said)
    names = {"name_fr": "Centre d’Azrou", "catchment": served}
    take(two, anew.model_copy(update=names))
    assert answers(two) == before
    assert registry(two).centres["ifrane"].name_fr == "Centre d’Azrou"
    other = (Catchment(province="azilal", since=LONG_AGO),)
    assert refused(two, anew.model_copy(update={"catchment": other})) == "catchment_differs"
    assert answers(two) == before


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
        (mend(SAID, SAID, "khenifra"), "catchment_not_said"),
        (mend(LONG_AGO, LONG_AGO, "ifrane"), "catchment_unchanged"),
        (mend(LONG_AGO, LONG_AGO), "catchment_needed"),
    ],
)
def test_what_would_change_the_past_or_nothing_is_refused(
    two: House, step: Step, code: str
) -> None:
    assert refused(two, step) == code
