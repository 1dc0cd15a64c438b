"""A case from intake to follow-up, by the rules alone."""

import itertools
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid5

import pytest
from pydantic import BaseModel

from domain.agreement.state import AgreementState
from domain.case.steps import CloseCase, ReopenCase
from domain.case.vocabulary import Outcome, Stage
from domain.ceremony.state import CeremonyState
from domain.ceremony.vocabulary import LineState
from domain.commands import HANDLINGS
from domain.errors import Refused
from domain.example.person import EXAMPLE
from domain.example.project import visit
from domain.example.way import of_project
from domain.message import StreamKind, stream_id
from domain.order.steps import PlaceOrder, ReceiveLines
from domain.project.state import ProjectState
from domain.tracks.self_employment.state import find_track
from domain.tracks.self_employment.steps import (
    ConfirmDelivery,
    EndApproval,
    ProposeProject,
    SignUndertaking,
)
from domain.values.money import NOTHING
from tests.support.paper import ROOT
from tests.unit.domain.conftest import House, end_running


def test_a_case_goes_from_detention_to_follow_up(house: House) -> None:
    rail = []
    for step in house.way.steps():
        house.take(step)
        rail.append(house.case.stage)
    stages = [stage for stage, _ in itertools.groupby(rail)]
    assert stages == [
        Stage.DETENTION,
        Stage.PROJECT_APPROVAL,
        Stage.EQUIPMENT_DELIVERY,
        Stage.FOLLOW_UP,
    ]


def test_delivery_moves_case_project_agreement_and_ceremony_together(house: House) -> None:
    house.walk(house.way.steps())
    agreement = house.paper.state(stream_id(StreamKind.AGREEMENT, house.way.agreement_id))
    assert isinstance(agreement, AgreementState)
    assert (agreement.money.committed, agreement.money.delivered) == (EXAMPLE.cost, EXAMPLE.cost)
    assert (agreement.money.contracted, agreement.money.paid) == (EXAMPLE.goods, EXAMPLE.goods)
    assert agreement.places_taken == 1
    track = find_track(house.case)
    assert track is not None
    project = house.paper.state(stream_id(StreamKind.PROJECT, track.project_id or ""))
    assert isinstance(project, ProjectState)
    assert project.delivered == {1, 2}
    assert house.way.ceremony_id is not None
    ceremony = house.paper.state(stream_id(StreamKind.CEREMONY, house.way.ceremony_id))
    assert isinstance(ceremony, CeremonyState)
    assert ceremony.cases(LineState.TOLD) == {house.case_id}


def test_a_step_before_its_turn_is_refused_by_name_and_changes_nothing(house: House) -> None:
    steps, refused = list(house.way.steps()), 0
    for index, step in enumerate(steps):
        for later in steps[index + 1 :]:
            state = house.paper.state(house.stream_of(later))
            closed = HANDLINGS[type(later)].closed_because(state)
            if closed is None:
                continue
            before, recorded = house.case, len(house.paper.events)
            with pytest.raises(Refused, match=closed):
                house.take(later)
            assert (house.case, len(house.paper.events)) == (before, recorded)
            refused += 1
        house.take(step)
    assert refused > len(steps)


def test_a_person_has_one_open_case_at_most(house: House) -> None:
    opening = house.way.steps()[0]
    house.take(opening)
    with pytest.raises(Refused, match="case_already_open"):
        house.take(opening)
    other = stream_id(StreamKind.CASE, "5b1c1d8e-0e5f-4a58-8a4a-2f4f6f7b9a10")
    with pytest.raises(Refused, match="beneficiary_has_open_case"):
        house.paper.take(other, opening, house.caseworker)


def test_a_closed_case_takes_no_step_until_it_is_reopened(house: House) -> None:
    house.walk(house.way.steps())
    day = date(2026, 1, 5)
    end_running(house, day)
    assert not house.case.is_open
    with pytest.raises(Refused, match="case_closed"):
        house.take(house.way.to_submission()[0])
    house.take(ReopenCase(occurred_on=day, explanation="Asked again."), house.coordinator)
    assert house.case.stage is Stage.FOLLOW_UP


def test_a_case_with_an_approval_open_cannot_close(house: House) -> None:
    """Public money is delivered or given back first."""
    house.walk(house.way.steps(), until=SignUndertaking)
    closing = CloseCase(occurred_on=date(2026, 1, 5), outcome=Outcome.LEFT_COUNTRY)
    with pytest.raises(Refused, match="approval_still_open"):
        house.take(closing)
    house.by_two(EndApproval(occurred_on=date(2026, 1, 5), explanation="Moved abroad."))
    agreement = house.paper.state(stream_id(StreamKind.AGREEMENT, house.way.agreement_id))
    assert isinstance(agreement, AgreementState)
    assert (agreement.money.committed, agreement.places_taken) == (NOTHING, 0)
    house.take(closing)


def test_a_certificate_earned_in_detention_stands_for_the_training(house: House) -> None:
    house.walk(house.way.steps(), until=ProposeProject)
    assert house.case.stage is Stage.PROJECT_APPROVAL


def test_what_is_ordered_after_a_receipt_is_received_too(house: House) -> None:
    house.walk(house.way.steps(), until=PlaceOrder)
    order, receipt = house.way.step(PlaceOrder), house.way.step(ReceiveLines)
    for line in order.lines:
        house.way = replace(house.way, order_id=uuid5(ROOT, f"order of {line.item}"))
        house.take(order.model_copy(update={"lines": (line,)}))
        house.take(receipt.model_copy(update={"lines": (1,)}))
    track = find_track(house.case)
    assert track is not None
    assert not track.equipment.to_order | track.equipment.to_receive
    assert track.equipment.ready == {1, 2}


def test_what_was_handed_over_before_its_approval_ended_is_visited(house: House) -> None:
    house.walk(house.way.steps(), until=ConfirmDelivery)
    whole = house.way.step(ConfirmDelivery)
    house.take(whole.model_copy(update={"items": whole.items[:1], "cash": ()}))
    handed = find_track(house.case)
    assert handed is not None
    house.by_two(EndApproval(occurred_on=whole.occurred_on, explanation="The rest is not wanted."))
    found = visit(house.way, 3)
    house.take(found.model_copy(update={"items": found.items[:1]}))
    project = house.paper.state(stream_id(StreamKind.PROJECT, handed.project_id or ""))
    assert isinstance(project, ProjectState)
    assert project.visited == visit(house.way, 3).occurred_on


def words_of(value: Any) -> set[Any]:
    """What is said in a field, also in the parts of a record, and in each of a list."""
    if isinstance(value, BaseModel):
        return words_of([part for _, part in value])
    if isinstance(value, tuple | list):
        return {word for part in value for word in words_of(part)}
    if isinstance(value, dict):
        return words_of([*value, *value.values()])
    return {value}


def test_what_a_step_says_stands_in_its_events(house: House) -> None:
    """By name and by value: no rule drops what it was told.

    A part of a record may stand apart from the rest, under a name of its own.
    """
    for each in house.way.steps():
        step = of_project(each, house.project_id)
        events, left_out = house.take(step), HANDLINGS[type(step)].left_out
        for name in type(step).model_fields.keys() - {"occurred_on", *left_out}:
            said = getattr(step, name)
            kept = [getattr(event, name) for event in events if name in type(event).model_fields]
            if name == "items":
                kept += [getattr(event, "labels", ()) for event in events]
            left_to_the_rule = name in {"track_id", "agreement_id"} and said is None
            assert words_of(said) <= words_of(kept) or left_to_the_rule, f"{step!r}: {name}"
