"""The demo's plan adds up to what is published, and the rules accept every step of it."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
import pytest

from domain.beneficiary.steps import RegisterBeneficiary
from domain.case.custody.vocabulary import EpisodeKind
from domain.case.vocabulary import Stage
from domain.commands import STEPS, step_name
from domain.errors import Refused
from domain.example.beside import schedule_ceremony, sign_agreement
from domain.example.way import taken_by
from domain.message import Actor, Role, StreamKind, stream_id
from domain.order.vocabulary import LineStatus
from domain.tracks.schooling.conditions import find_schooling
from domain.tracks.self_employment.state import projects_of
from domain.tracks.self_employment.steps import ConfirmDelivery, ProposeProject
from domain.values.money import NOTHING, total
from service.api.steps.examples import body_of
from service.demo.acts import Act
from service.demo.client import Client
from service.demo.learning import COHORT, LEARNERS, learning_together
from service.demo.path import registration_of, steps_of, way_of, way_to
from service.demo.people import FAMILIES
from service.demo.people import person as made_up
from service.demo.plan import CATALOGUE, HANDOVERS, PUBLISHED_COST, Handover, shares
from service.demo.replay import replay
from service.demo.stories import (
    DECEASED,
    HEIR,
    LEAVER,
    PAID_BACK,
    RETURNED,
    SAVED,
    SAVER,
    SCRIPTS,
    SEASON,
    SERVED,
    TOGETHER,
    TWICE,
    given_up,
    registered_twice,
    returned,
    saving,
    share_of,
    together,
)
from service.demo.tracks import PUPIL, back_to_school
from service.demo.underway import ENVELOPE, PLACES, STOPS, steps_until
from service.demo.underway import share_of as share_underway
from tests.support.paper import DIVISION, ROOT, Paper
from tests.unit.domain.conftest import convene, hire


def test_the_shares_add_up_to_the_published_figures() -> None:
    every = shares()
    assert len(every) == 45
    assert total(share.cost for share in every) == PUBLISHED_COST
    assert all(len(share.lines) > 1 for share in every)
    assert len({share.person.name_latin for share in every}) == 45


def test_both_scripts_and_both_sexes_are_there() -> None:
    people = [share.person for share in shares()]
    assert {person.sex for person in people} == {"female", "male"}
    assert all(person.name_ar != person.name_latin for person in people)
    assert len({person.trade for person in people}) > 10


def test_the_rules_accept_every_step_of_the_demo() -> None:
    """Taken on paper: the whole plan, as the API would get it."""
    paper = Paper(now=datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
    agreement, ceremony = uuid5(ROOT, "agreement"), uuid5(ROOT, "ceremony")
    handover = HANDOVERS[0]
    example = way_to(handover)
    paper.found(example)
    actors = staffed(paper, handover)
    paper.take(stream_id(StreamKind.AGREEMENT, agreement), sign_agreement(example), DIVISION)
    convene(paper, example.session_id, example)
    paper.take(stream_id(StreamKind.CEREMONY, ceremony), schedule_ceremony(example), DIVISION)
    for share in [share for share in shares() if share.handover is handover]:
        person = uuid5(ROOT, f"person {share.person.number}")
        case, order = (uuid5(ROOT, f"{each} {share.person.number}") for each in ("case", "order"))
        registration = stream_id(StreamKind.BENEFICIARY, person)
        paper.take(registration, registration_of(share), actors[Role.CASEWORKER])
        way = replace(
            way_of(share),
            beneficiary_id=person,
            caseworker=actors[Role.CASEWORKER].id,
            agreement_id=agreement,
            ceremony_id=ceremony,
        )
        for step in steps_of(way):
            sent = STEPS[step_name(step)].model_validate_json(json.dumps(body_of(step)))
            paper.follow(case, order, sent, actors[taken_by(step)])
        assert paper.case(case).version > 20


@dataclass
class Told:
    """The stories, taken on paper as the API would get them."""

    paper: Paper
    actors: Mapping[Role, Actor]
    names: dict[str, UUID]

    def take(self, act: Act) -> None:
        kind, _, label = act.on.partition("/")
        name = self.names.setdefault(act.on, uuid5(ROOT, act.on))
        sent = STEPS[step_name(act.step)].model_validate_json(json.dumps(body_of(act.step)))
        self.paper.take(stream_id(StreamKind(kind), name), sent, self.actors[act.by])
        if isinstance(act.step, ProposeProject):
            self.names[f"project/{label}"] = next(projects_of(self.paper.case(name)))

    def state(self, name: str) -> Any:
        kind, *_ = name.split("/")
        return self.paper.state(stream_id(StreamKind(kind), self.names[name]))


@pytest.fixture
def told() -> Told:
    paper = Paper(now=datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
    paper.found(way_to(SEASON))
    division = hire(
        paper, "division", Role.DIVISION, None
    )  # who is on the house's list may confirm
    actors = {**staffed(paper, SEASON), Role.DIVISION: division}
    return Told(paper, actors, {"caseworker": actors[Role.CASEWORKER].id})


def test_what_the_first_saved_is_what_the_second_is_approved_with(told: Told) -> None:
    for act in saving(told.names):
        told.take(act)
    agreement = told.state("agreement/saving")
    assert (agreement.room, agreement.places_taken) == (NOTHING, 2)
    assert agreement.money.freed == SAVED


def test_without_the_saving_there_is_no_room_for_the_second(told: Told) -> None:
    refused = []
    for act in saving(told.names):
        if isinstance(act.step, ConfirmDelivery):
            continue
        try:
            told.take(act)
        except Refused as refusal:
            refused.append((act.on, refusal.code))
            break
    assert refused == [(f"case/{SERVED}", "envelope_exceeded")]


def test_an_order_for_three_has_one_invoice_and_a_death_leaves_goods_to_one_of_them(
    told: Told,
) -> None:
    for act in together(told.names):
        told.take(act)
    order, left = told.state("order/together"), told.state(f"order/{DECEASED}")
    assert len({line.project_id for line in order.lines.values()}) == 3
    (payment,) = order.payments.values()
    assert payment.lines.keys() == order.lines.keys()
    assert [sum(each.lines.values()) for each in order.refunds.values()] == [PAID_BACK]
    kept, given = left.lines.values()
    assert kept.status is LineStatus.INVENTORY
    assert given.case_id == told.names[f"case/{HEIR}"]
    assert told.state(f"case/{DECEASED}").stage is Stage.CLOSED


def test_an_approval_that_is_given_up_leaves_the_sum_and_the_place(told: Told) -> None:
    for act in given_up(told.names):
        told.take(act)
    agreement = told.state("agreement/given-up")
    assert (agreement.room, agreement.places_taken) == (share_of(LEAVER).cost, 0)


def test_who_is_registered_twice_goes_by_the_first_whose_case_goes_on(told: Told) -> None:
    for act in registered_twice(told.names):
        told.take(act)
    one, again = told.names[f"beneficiary/{TWICE}"], told.state(f"beneficiary/{TWICE}-again")
    assert again.merged_into == one
    assert told.state(f"case/{TWICE}-again").set_aside_for == told.names[f"case/{TWICE}"]
    assert told.state(f"case/{TWICE}").set_aside_for is None


def test_people_learn_a_trade_together_and_one_leaves(told: Told) -> None:
    for act in learning_together(told.names):
        told.take(act)
    cohort = told.state(COHORT)
    assert (cohort.taken, cohort.left) == (3, 5)
    first = told.state(f"case/{LEARNERS[0].label}")
    assert next(iter(first.tracks.values())).attends


LATIN = re.compile(r"[A-Za-z]")
A_CODE = re.compile(
    r"[a-z0-9_./-]+|[A-Z]+[A-Z0-9/-]*\d[0-9/-]*|\d{4}-\d\d-\d\dT[\d:+]+|[0-9a-f-]{36}"
)
IN_LATIN = frozenset({"name_latin", "name_fr", "code"})


def is_plain(text: str) -> bool:
    """Whether it has no Latin letter, or is a code or a number."""
    return not LATIN.search(text) or A_CODE.fullmatch(text) is not None


def in_english(name: str, sent: Any) -> Iterator[tuple[str, str]]:
    """The texts of a body that are neither Arabic nor a code or a number."""
    if isinstance(sent, dict):
        for inner, each in sent.items():
            yield from in_english(inner, each)
    elif isinstance(sent, list):
        for each in sent:
            yield from in_english(name, each)
    elif isinstance(sent, str) and name not in IN_LATIN and not is_plain(sent):
        yield name, sent


class Sent(httpx.AsyncBaseTransport):
    """Answers as an API would where nothing is refused, and keeps what it was sent."""

    def __init__(self) -> None:
        self.bodies: list[Any] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200, json={"status": "ready", "digest": "0" * 64})
        self.bodies.append(json.loads(request.content))
        kinds = (
            "beneficiary",
            "case",
            "agreement",
            "session",
            "ceremony",
            "order",
            "project",
            "cohort",
            "batch",
        )
        answer = {"ids": {each: str(uuid4()) for each in kinds}, "staff_id": str(uuid4())}
        return httpx.Response(200, json={**answer, "access_key": "key", "position": 1})


def test_the_people_of_the_demo_write_arabic() -> None:
    """Whatever they type themselves; what the programme names has its names in three languages."""

    async def everything() -> list[Any]:
        sent = Sent()
        async with httpx.AsyncClient(transport=sent, base_url="http://demo.invalid") as http:
            await replay(Client(http, "key"), lambda *_: None)
        return sent.bodies

    bodies = asyncio.run(everything())
    assert len(bodies) > 1000
    assert {each for body in bodies for each in in_english("", body)} == set()
    assert all(not LATIN.search(label) for some in CATALOGUE.values() for label, _ in some)


def test_every_family_of_the_demo_is_made_up(told: Told) -> None:
    invented = {name for family in FAMILIES for name in family}
    registered: list[RegisterBeneficiary] = []
    for script in SCRIPTS:
        for act in script(told.names):
            told.names.setdefault(act.on, uuid5(ROOT, act.on))
            registered += [act.step] if isinstance(act.step, RegisterBeneficiary) else []
    assert len(registered) > len(SCRIPTS)
    for each in registered:
        guardian = each.guardian.name if each.guardian else None
        for name in filter(None, (each.name_ar, each.name_latin, guardian)):
            assert name.split(" ", 1)[1] in invented, name


def test_no_printed_figure_counts_the_people_of_the_stories() -> None:
    """Another season, and nobody who is in another list."""
    assert SEASON.held_on.year != HANDOVERS[0].held_on.year
    numbers = {SAVER, SERVED, *TOGETHER, HEIR, DECEASED, LEAVER}
    assert len(numbers) == 7
    others = {share.person.number for share in shares()} | {stop.number for stop in STOPS}
    assert not numbers & others
    assert share_of(HEIR).person.trade is share_of(DECEASED).person.trade
    everybody = numbers | others
    assert all(made_up(number).birth_date.year < 2006 for number in everybody), "of age in 2024"


def staffed(paper: Paper, handover: Handover) -> Mapping[Role, Actor]:
    """Who takes the steps of a case there."""
    own = (Role.CASEWORKER, Role.COORDINATOR)
    return {Role.DIVISION: DIVISION} | {
        role: hire(paper, role, role, handover.centre) for role in own
    }


def test_those_on_their_way_stand_at_every_other_stage_and_have_no_delivery() -> None:
    paper = Paper(now=datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
    agreement, example = uuid5(ROOT, "agreement"), way_to(HANDOVERS[0])
    paper.found(example)
    actors = staffed(paper, HANDOVERS[0])
    convene(paper, example.session_id, example)
    signed = sign_agreement(example, ENVELOPE, PLACES)
    paper.take(stream_id(StreamKind.AGREEMENT, agreement), signed, DIVISION)
    for stop in STOPS:
        share, person = share_underway(stop), uuid5(ROOT, f"person {stop.number}")
        case, order = (uuid5(ROOT, f"{each} {stop.number}") for each in ("case", "order"))
        registration = stream_id(StreamKind.BENEFICIARY, person)
        paper.take(registration, registration_of(share), actors[Role.CASEWORKER])
        way = replace(
            way_of(share),
            beneficiary_id=person,
            caseworker=actors[Role.CASEWORKER].id,
            agreement_id=agreement,
        )
        for step in steps_until(stop, way):
            paper.follow(case, order, step, actors[taken_by(step)])
        assert paper.case(case).stage is stop.stage
    assert {stop.stage for stop in STOPS} == set(Stage) - {Stage.FOLLOW_UP}
    assert not {stop.number for stop in STOPS} & {share.person.number for share in shares()}


def test_somebody_returns_to_detention_and_is_released_again(told: Told) -> None:
    for act in returned(told.names):
        told.take(act)
    custody = told.state(f"case/{RETURNED}").custody
    assert [stay.number for stay in custody.stays] == [1, 2]
    assert custody.running(EpisodeKind.CONDITIONAL_RELEASE) is not None
    assert told.state(f"case/{RETURNED}").is_free


def test_a_child_is_back_at_school_in_her_third_year(told: Told) -> None:
    for act in back_to_school(told.names):
        told.take(act)
    case = told.state(f"case/{PUPIL}")
    track = find_schooling(case)
    assert track is not None
    assert list(track.running) == ["2026/2027"]
    assert case.stage is Stage.TRAINING
