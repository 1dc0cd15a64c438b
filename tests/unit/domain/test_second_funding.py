"""A source funds a person once; again, or after a sale, with the division's yes."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest

from domain.case import steps as cs
from domain.case.vocabulary import Outcome
from domain.errors import Refused
from domain.example import project
from domain.example.beside import sign_agreement
from domain.example.way import Way
from domain.message import Step, StreamKind, stream_id
from domain.project.items import ItemFound
from domain.project.vocabulary import EquipmentCondition, ProjectCondition
from domain.rules import RULES, FundingSource
from domain.steps.handling import State
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.vocabulary import ProblemDecision, ProblemKind
from tests.support.paper import DIVISION, ROOT
from tests.unit.domain.conftest import House, convene, furnished

A, B = FundingSource.INDH_PRECARIOUS, FundingSource.SPECIAL
BEGINS = date(2024, 9, 2)
"""The second case."""


def agreement(house: House, name: str, source: FundingSource, way: Way) -> UUID:
    agreement_id = uuid5(ROOT, name)
    terms = {"funding_source": source, "indh_phase": None}
    signed = sign_agreement(way).model_copy(update=terms)
    house.paper.take(stream_id(StreamKind.AGREEMENT, agreement_id), signed, DIVISION)
    return agreement_id


def again(house: House, source: FundingSource = A, begins: date = BEGINS) -> House:
    """The same person, in a second case, up to the submission; under an agreement of the source."""
    house.paper.pass_days(400)
    session = uuid5(ROOT, "second session")
    way = replace(
        house.way, begins=begins, session_id=session, order_id=uuid5(ROOT, "second order")
    )
    way = replace(way, agreement_id=agreement(house, "second agreement", source, way))
    convene(house.paper, session, way)
    second = House(
        house.paper, house.caseworker, house.coordinator, way, uuid5(ROOT, "second case")
    )
    second.walk(way.steps(), until=s.SubmitToSession)
    return second


def closed(house: House, day: int) -> House:
    house.take(
        cs.CloseCase(
            occurred_on=house.way.day(day), outcome=Outcome.PARTLY_ACHIEVED, explanation="x"
        ),
        house.coordinator,
    )
    return house


def delivered(house: House) -> House:
    """Whose first project was handed over, and whose first case is closed."""
    house.walk(house.way.steps())
    return house


def refused(house: House, code: str, step: Step) -> None:
    recorded = len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.take(step)
    assert refusal.value.code == code
    assert len(house.paper.events) == recorded


def yes(house: House, source: FundingSource = A) -> s.AllowSecondFunding:
    step = project.second_funding(house.way)
    return step.model_copy(update={"source": source})


def test_the_same_source_funds_again_with_the_divisions_yes_alone(house: House) -> None:
    second = again(closed(delivered(house), 560))
    submit = project.submission(second.way)
    refused(second, "funded_before", submit)
    second.take(yes(second, B))
    refused(second, "funded_before", submit)
    second.take(yes(second))
    second.take(submit)
    second.take(project.decision(second.way))


def test_another_source_may(house: House) -> None:
    second = again(closed(delivered(house), 560), B)
    second.take(project.submission(second.way))
    second.take(project.decision(second.way))


def test_it_is_asked_again_where_it_is_decided(house: House) -> None:
    """What was handed over may be entered after the second submission."""
    house.walk(house.way.steps(), until=s.RecordDecision)
    first = closed(house, 382)
    second = again(first)
    second.take(project.submission(second.way))
    first.paper.states[stream_id(StreamKind.PROJECT, first.project_id)] = handed_over()
    refused(second, "funded_before", project.decision(second.way))


def handed_over() -> State:
    """What such a project has come to."""
    whole = delivered(furnished())
    return whole.paper.state(stream_id(StreamKind.PROJECT, whole.project_id))


def test_an_approval_ended_with_nothing_handed_over_does_not_count(house: House) -> None:
    house.walk(house.way.steps(), until=s.SignUndertaking)
    house.by_two(project.end_approval(house.way))
    second = again(closed(house, 386))
    second.take(project.submission(second.way))
    second.take(project.decision(second.way))


def sold(house: House, day: date) -> None:
    """The first thing, which the coordinator writes off."""
    house.take(s.RaiseProblem(occurred_on=day, kind=ProblemKind.SOLD, items=(1,), explanation="x"))
    decided = s.DecideProblem(
        occurred_on=day, raised_on=day, decision=ProblemDecision.WRITTEN_OFF, explanation="x"
    )
    house.take(decided, house.coordinator)


@pytest.mark.parametrize("told", ["by a visit", "as a problem"])
def test_after_a_sale_every_source_asks_for_the_divisions_yes(house: House, told: str) -> None:
    delivered(house)
    sold_on = house.way.day(600)
    if told == "by a visit":
        found = (ItemFound(item=1, condition=EquipmentCondition.SOLD),)
        house.take(
            s.RecordVisit(occurred_on=sold_on, project=ProjectCondition.STOPPED, items=found)
        )
    else:
        sold(house, sold_on)
    second = again(closed(house, 601), B)
    refused(second, "equipment_sold_before", project.submission(second.way))
    second.take(yes(second, B))
    second.take(project.submission(second.way))


def test_five_years_after_the_sale_nobody_asks(house: House) -> None:
    years = RULES["v1"].after_sale_years
    assert years == 5
    delivered(house)
    sold(house, house.way.day(600))
    closed(house, 601)
    later = timedelta(days=365 * years)
    house.paper.now += later
    second = again(house, B, BEGINS + later)
    second.take(project.submission(second.way))


def test_the_yes_is_of_the_project_it_was_given_for(house: House) -> None:
    """Another one that is proposed after a rejection asks anew."""
    second = again(closed(delivered(house), 560))
    second.take(yes(second))
    second.take(project.submission(second.way))
    second.take(project.rejection(second.way))
    (propose,) = (x for x in second.way.steps() if isinstance(x, s.ProposeProject))
    second.take(propose.model_copy(update={"occurred_on": second.way.day(383)}))
    refused_again = project.submission(second.way).model_copy(
        update={"occurred_on": second.way.day(384)}
    )
    with pytest.raises(Refused, match="study_missing"):
        second.take(refused_again)
    assert not next(iter(second.case.tracks.values())).allowed_again  # type: ignore[attr-defined]


def test_only_the_division_says_yes(house: House) -> None:
    second = again(closed(delivered(house), 560))
    with pytest.raises(Refused, match="not_allowed"):
        second.take(yes(second), second.coordinator)
