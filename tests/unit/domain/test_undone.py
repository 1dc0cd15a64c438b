"""What is taken back of a project's way: undone on lists and in money too, or refused with what rests on it."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest

from domain.agreement.state import AgreementState
from domain.case import events as c
from domain.case.steps import OpenCase
from domain.case.vocabulary import Route
from domain.errors import NotAllowed, Refused
from domain.example import project as way
from domain.message import Event, StreamKind, stream_id
from domain.project.state import ProjectState
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.training.steps import EnrolInTraining
from tests.closer.mirrored import contradictions
from tests.unit.domain.conftest import House, furnished
from tests.unit.domain.test_mending import correct, entry, refused, retract
from tests.unit.domain.test_mending_all import comes_to

OF_THE_RECORD = {"version", "seen", "moved_on", "turned_on"}


def project(house: House) -> ProjectState:
    state = house.paper.state(stream_id(StreamKind.PROJECT, house.project_id))
    assert isinstance(state, ProjectState)
    return state


def agreement(house: House) -> dict[str, Any]:
    state = house.paper.state(stream_id(StreamKind.AGREEMENT, house.way.agreement_id))
    assert isinstance(state, AgreementState)
    return {f.name: getattr(state, f.name) for f in fields(state) if f.name not in OF_THE_RECORD}


def walked(until: type[Any] | None = None, *, held: bool = True) -> House:
    house = furnished(held=held)
    house.walk(house.way.steps(), until=until)
    return house


def undo(house: House, kind: type[Event]) -> list[Event]:
    made = retract(house, entry(house, kind))
    assert not contradictions(house.case, project(house))
    return made


def lines(house: House) -> int:
    return len(house.paper.state(stream_id(StreamKind.SESSION, house.way.session_id)).lines)  # type: ignore[attr-defined]


def test_a_submission_is_taken_back_off_the_sessions_list() -> None:
    house = walked(s.SubmitToSession, held=False)
    before = comes_to(house)
    house.take(house.way.step(s.SubmitToSession))
    assert lines(house) == 1
    made = undo(house, e.SubmittedToSession)
    assert [type(each).stored for each in made] == ["EntriesMended", "ProjectUnlisted"]
    assert (lines(house), comes_to(house)) == (0, before)
    # It is told again by its own step, and by no other.
    refused(house, "mended_otherwise", retract, entry(house, c.EntriesMended))
    house.take(house.way.step(s.SubmitToSession))
    assert lines(house) == 1


def test_a_decided_submission_rests() -> None:
    house = walked(s.SignUndertaking)
    error = refused(house, "rests_on_it", retract, entry(house, e.SubmittedToSession))
    assert "record-decision" in str(error.params["entries"])


def test_a_withdrawal_is_taken_back_onto_the_list_of_a_session_to_come() -> None:
    house = walked(s.SubmitToSession, held=False)
    house.take(house.way.step(s.SubmitToSession))
    before = comes_to(house)
    house.take(way.withdrawal(house.way))
    assert lines(house) == 0
    undo(house, e.SubmissionWithdrawn)
    assert (lines(house), comes_to(house)) == (1, before)


def test_a_withdrawal_from_a_session_that_was_held_stays() -> None:
    house = walked(s.RecordDecision)
    house.take(way.withdrawal(house.way))
    refused(house, "mended_otherwise", retract, entry(house, e.SubmissionWithdrawn))


def test_an_appeal_is_taken_back() -> None:
    house = walked(s.RecordDecision)
    house.take(way.rejection(house.way))
    before = comes_to(house)
    house.take(way.appeal(house.way))
    undo(house, e.RejectionAppealed)
    assert comes_to(house) == before


def test_a_revision_is_told_otherwise_until_something_is_said_of_the_plan() -> None:
    house = walked(s.RecordStudy)
    before = comes_to(house)
    house.take(way.revision(house.way))
    cheaper = way.revision(house.way)
    *others, last = cheaper.items
    cheaper = cheaper.model_copy(
        update={"items": (*others, last.model_copy(update={"estimated": last.estimated - 500}))}
    )
    correct(house, (entry(house, e.ProjectRevised), cheaper))
    assert len(project(house).items) == len(cheaper.items)
    assert project(house).items[len(cheaper.items)].estimated == last.estimated - 500
    undo(house, e.ProjectRevised)
    assert len(project(house).items) == len(others)
    assert comes_to(house)[2]["items"] == before[2]["items"]


def test_a_revision_that_was_studied_rests() -> None:
    house = walked(s.RecordStudy)
    house.take(way.revision(house.way))
    house.take(house.way.step(s.RecordStudy))
    error = refused(house, "rests_on_it", retract, entry(house, e.ProjectRevised))
    assert "record-study" in str(error.params["entries"])


@pytest.mark.parametrize("step", [way.change, lambda who: way.replacement(who)[0]])
def test_another_thing_for_the_money_is_taken_back(step: Any) -> None:
    house = walked(s.SignUndertaking)
    before, money = comes_to(house), agreement(house)
    house.take(step(house.way), house.coordinator)
    kinds = (e.ProjectChanged, e.EquipmentReplaced)
    (kind,) = (k for k in kinds if k.stored in {r.event.stored for r in house.paper.events[-2:]})
    undo(house, kind)
    assert (comes_to(house), agreement(house)) == (before, money)


def test_a_replacement_that_was_ordered_rests() -> None:
    house = walked(s.SignUndertaking)
    house.take(way.replacement(house.way)[0], house.coordinator)
    number = max(project(house).items)
    drop = s.DropItems(occurred_on=house.way.day(386), items=(number,), explanation="No more.")
    house.take(drop, house.coordinator)
    error = refused(house, "rests_on_it", retract, entry(house, e.EquipmentReplaced))
    assert "drop-items" in str(error.params["entries"])


def test_a_dropped_item_is_wanted_again() -> None:
    house = walked(s.SignUndertaking)
    before, money = comes_to(house), agreement(house)
    house.take(way.drop_cash(house.way), house.coordinator)
    with pytest.raises(NotAllowed):
        retract(house, entry(house, e.EquipmentDropped), house.caseworker)
    undo(house, e.EquipmentDropped)
    assert (comes_to(house), agreement(house)) == (before, money)


def test_what_a_drop_freed_is_claimed_again() -> None:
    """The last that was to come is dropped after a delivery: the rest is freed, and claimed again."""
    house = walked(s.ConfirmDelivery)
    deliver = house.way.step(s.ConfirmDelivery).model_copy(update={"cash": ()})
    house.take(deliver)
    before, money = comes_to(house), agreement(house)
    drop = way.drop_cash(house.way).model_copy(update={"occurred_on": deliver.occurred_on})
    house.take(drop, house.coordinator)
    assert agreement(house)["money"].freed == house.way.cash
    made = undo(house, e.EquipmentDropped)
    assert {"ApprovalUnsettled", "SavingReversed"} <= {type(each).stored for each in made}
    assert (comes_to(house), agreement(house)) == (before, money)


def test_an_approval_that_was_ended_in_error_stands_again() -> None:
    house = walked(s.SignUndertaking)
    before, money = comes_to(house), agreement(house)
    house.by_two(way.end_approval(house.way))
    assert (agreement(house)["places_taken"], agreement(house)["money"].committed) == (0, 0)
    undo(house, e.ApprovalEnded)
    assert agreement(house) == money
    assert comes_to(house)[1:] == before[1:]
    house.take(s.SignUndertaking(occurred_on=house.way.day(390)))


def test_an_approval_that_ended_with_an_order_stays_ended() -> None:
    house = walked(s.PlaceOnCeremony)
    end = way.end_approval(house.way).model_copy(update={"occurred_on": house.way.day(505)})
    house.by_two(end)
    refused(house, "ended_with_orders", retract, entry(house, e.ApprovalEnded))


def test_a_place_on_a_list_is_taken_back() -> None:
    house = walked(s.PlaceOnCeremony)
    before = comes_to(house)
    house.take(house.way.step(s.PlaceOnCeremony))
    undo(house, e.PlacedOnCeremony)
    assert comes_to(house) == before
    house.take(house.way.step(s.PlaceOnCeremony))
    house.take(house.way.step(s.ConfirmDelivery))
    with pytest.raises(Refused):
        retract(house, entry(house, e.PlacedOnCeremony))


def opening(house: House, **told: Any) -> OpenCase:
    return house.way.step(OpenCase).model_copy(update=told)


def test_an_opening_has_another_day_and_route() -> None:
    house = walked(EnrolInTraining)
    reference, was = house.case.reference, house.way.step(OpenCase).occurred_on
    earlier = was - timedelta(days=20)
    correct(house, (1, opening(house, occurred_on=earlier, route=Route.AFTER_RELEASE)))
    assert (house.case.opened.on, house.case.route) == (earlier, Route.AFTER_RELEASE)  # type: ignore[union-attr]
    assert house.case.reference == reference
    person = house.paper.beneficiary(house.way.beneficiary_id)
    assert (person.open_case, person.cases) == (house.case_id, (house.case_id,))
    retract(house, entry(house, c.EntriesMended))
    assert house.case.opened.on == was  # type: ignore[union-attr]


def test_nothing_was_done_before_the_case_was_opened() -> None:
    house = walked(EnrolInTraining)
    later = house.way.day(200)
    error = refused(house, "rests_on_it", correct, (1, opening(house, occurred_on=later)))
    assert "social-enquiry" in str(error.params["entries"])


def test_an_opening_keeps_its_person() -> None:
    house = walked(EnrolInTraining)
    other = opening(house, beneficiary_id=house.case_id)
    refused(house, "opening_of_another", correct, (1, other))
