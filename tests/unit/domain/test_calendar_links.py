"""A link to one's calendar: one at a time, one's own, and gone with its owner."""

from datetime import date, timedelta

import pytest

from domain.errors import Refused
from domain.message import Actor
from domain.staff.calendar_link import steps as s
from domain.staff.steps import EndCredentials, RecordDeparture
from tests.support.paper import ADMINISTRATOR, DIRECTORY, Paper
from tests.unit.domain.conftest import House
from tests.unit.domain.keys import directory

TODAY = date(2026, 3, 2)


def made(digest: str, on: date = TODAY) -> s.MakeCalendarLink:
    return s.MakeCalendarLink(occurred_on=on, digest=digest * 64)


def digest_of(paper: Paper, actor: Actor) -> str | None:
    link = directory(paper).calendar_links.get(actor.id)
    return link.digest if link else None


def test_another_link_ends_the_one_before_and_leaving_ends_the_last(house: House) -> None:
    paper, one = house.paper, house.caseworker
    paper.take(DIRECTORY, made("1"), one)
    paper.take(DIRECTORY, made("2"), one)
    assert digest_of(paper, one) == "2" * 64
    paper.take(DIRECTORY, RecordDeparture(occurred_on=TODAY, staff_id=one.id), ADMINISTRATOR)
    assert digest_of(paper, one) is None


def test_it_ends_with_all_that_somebody_can_come_in_by(house: House) -> None:
    paper, one = house.paper, house.caseworker
    paper.take(DIRECTORY, made("1"), one)
    paper.take(DIRECTORY, EndCredentials(occurred_on=TODAY, staff_id=one.id), ADMINISTRATOR)
    assert digest_of(paper, one) is None


def test_it_is_ended_by_its_owner_or_an_administrator(house: House) -> None:
    paper, one = house.paper, house.caseworker
    ends = s.EndCalendarLink(occurred_on=TODAY, staff_id=one.id)
    for code, actor in (("no_calendar_link", one), ("calendar_of_another", house.coordinator)):
        with pytest.raises(Refused) as refusal:
            paper.take(DIRECTORY, ends, actor)
        assert refusal.value.code == code
    for actor in (one, ADMINISTRATOR):
        paper.take(DIRECTORY, made("1"), one)
        early = ends.model_copy(update={"occurred_on": TODAY - timedelta(days=1)})
        with pytest.raises(Refused, match="date_before_earlier_step"):
            paper.take(DIRECTORY, early, actor)
        paper.take(DIRECTORY, ends, actor)
        assert digest_of(paper, one) is None


def test_nobody_makes_one_before_they_worked_here_or_without_a_centre(house: House) -> None:
    with pytest.raises(Refused, match="date_before_earlier_step"):
        house.paper.take(DIRECTORY, made("1", date(2015, 1, 5)), house.caseworker)
    with pytest.raises(Refused, match="not_allowed"):
        house.paper.take(DIRECTORY, made("1"), ADMINISTRATOR)
