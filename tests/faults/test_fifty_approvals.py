"""Fifty approvals at once, against an agreement with room for twenty."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from domain.commands import step_name
from domain.errors import JisrError
from domain.example.beside import register_beneficiary, sign_agreement
from domain.example.person import EXAMPLE
from domain.example.way import Way, taken_by
from domain.message import (
    Actor,
    Command,
    Origin,
    OriginKind,
    Role,
    Step,
    StreamKind,
    derived_id,
    name_of,
    stream_id,
)
from domain.tracks.self_employment.steps import RecordDecision
from ledger.ledger import Ledger
from ledger.recording.writer import Result
from service.bootstrap import opened_ledger
from service.running.holidays import open_calendar
from service.running.master_key import FIRST, read_master_keys
from tests.faults.agreement import assert_views_agree
from tests.faults.crowd import decided
from tests.faults.house import House
from tests.faults.rivals import Place, outcomes
from tests.support.system import Person

PEOPLE, ROOM, PROCESSES = 50, 20, 3


def either(common: str, *, rare: str) -> pytest.MarkDecorator:
    """On one database each time, on the other with what is rare."""
    return pytest.mark.parametrize("where", [common, pytest.param(rare, marks=pytest.mark.rare)])


def command(target: str, step: Step, actor: Actor) -> Command:
    origin = Origin(kind=OriginKind.IMPORT)
    return Command(id=uuid4(), target=target, step=step, actor=actor, origin=origin)


def creating(kind: StreamKind, step: Step, actor: Actor) -> Command:
    """As the API names what a step makes."""
    made = command("", step, actor)
    return made.model_copy(update={"target": stream_id(kind, derived_id(made.id, kind))})


def submitted(house: House, ledger: Ledger, agreement_id: UUID) -> list[Command]:
    """Take fifty people's cases up to the committee; their approvals, not sent yet."""
    caseworker = house.actor(house.caseworker, Role.CASEWORKER)
    coordinator = house.actor(house.coordinator, Role.COORDINATOR)
    people = [
        creating(StreamKind.BENEFICIARY, register_beneficiary(card=uuid4().hex), caseworker)
        for number in range(PEOPLE)
    ]
    passed(ledger.record_all(people))
    session_id = house.convene()
    persons = [
        Way(UUID(name_of(each.target)), caseworker.id, agreement_id, session_id=session_id)
        for each in people
    ]
    ways = [[*each.to_release(), *each.to_submission()] for each in persons]
    opened = [creating(StreamKind.CASE, way[0], caseworker) for way in ways]
    passed(ledger.record_all(opened))
    for steps in list(zip(*ways, strict=True))[1:]:
        by = house.actor(house.of(taken_by(steps[0])), taken_by(steps[0]))
        asked = [command(case.target, step, by) for case, step in zip(opened, steps, strict=True)]
        passed(ledger.record_all(asked))
    return [
        command(case.target, each.step(RecordDecision), coordinator)
        for case, each in zip(opened, persons, strict=True)
    ]


def passed(results: Sequence[Result]) -> None:
    assert [str(result) for result in results if isinstance(result, JisrError)] == []


def sign(house: House, **terms: Any) -> UUID:
    answer = house.division.step("/v1/agreements", sign_agreement(**terms).model_dump(mode="json"))
    return UUID(answer["ids"]["agreement"])


def assert_room_was_kept(house: House, agreement_id: UUID) -> None:
    with opened_ledger(house.settings) as ledger:
        state: Any = ledger.state(stream_id(StreamKind.AGREEMENT, agreement_id))
        again: Any = ledger.state_at(stream_id(StreamKind.AGREEMENT, agreement_id))
    assert state == again
    assert (state.places_taken, state.money.committed) == (ROOM, ROOM * EXAMPLE.cost)
    assert_views_agree(house)
    shown = house.division.found(f"/v1/agreements/{agreement_id}")
    assert shown["committed"] == str(ROOM * EXAMPLE.cost)
    assert len(shown["projects"]) == ROOM


@either("on_files", rare="on_postgres")
def test_from_several_processes_exactly_those_pass_whom_the_envelope_can_pay(
    where: str, request: pytest.FixtureRequest
) -> None:
    house: House = request.getfixturevalue(where)
    agreement_id = sign(house, envelope=str(ROOM * EXAMPLE.cost + EXAMPLE.cost / 2), places=PEOPLE)
    with opened_ledger(house.settings) as ledger:
        approvals = submitted(house, ledger, agreement_id)
    settings = house.settings
    key, calendar = read_master_keys(settings.master_key)[FIRST], open_calendar(None)
    place = Place(settings.ledger, settings.keys, key, calendar)
    shares = [approvals[start::PROCESSES] for start in range(PROCESSES)]
    found = Counter(outcomes(place, shares))
    assert found == {"": ROOM, "envelope_exceeded": PEOPLE - ROOM}
    assert_room_was_kept(house, agreement_id)


@pytest.mark.rare  # the ledger's own race stands above; this one goes through every part
@pytest.mark.parametrize("where", ["on_postgres", "on_files"])
def test_over_http_exactly_those_pass_for_whom_there_is_a_place(
    where: str, request: pytest.FixtureRequest
) -> None:
    house: House = request.getfixturevalue(where)
    agreement_id = sign(house, envelope="9000000.00", places=ROOM)
    coordinators = [house.coordinator, house.system.hire(Role.COORDINATOR, EXAMPLE.centre)]
    with opened_ledger(house.settings) as ledger:
        approvals = submitted(house, ledger, agreement_id)

    def approve(number: int) -> httpx.Response:
        asked, person = approvals[number], coordinators[number % 2]
        return approved(person, asked)

    with ThreadPoolExecutor(PEOPLE) as threads:
        responses = list(threads.map(approve, range(PEOPLE)))
    found = Counter(
        "" if response.status_code == 200 else response.json()["code"] for response in responses
    )
    assert found == {"": ROOM, "places_exhausted": PEOPLE - ROOM}
    assert_room_was_kept(house, agreement_id)


def approved(person: Person, asked: Command) -> httpx.Response:
    """Asked until it is decided."""
    path = f"/v1/cases/{name_of(asked.target)}/steps/{step_name(asked.step)}"
    return decided(person, path, asked.step.model_dump(mode="json"), uuid4().hex)
