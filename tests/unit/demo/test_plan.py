"""The demo's plan adds up to what is published, and the rules accept every step of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid5

from domain.case.vocabulary import Stage
from domain.commands import STEPS, step_name
from domain.example.beside import register_centre, schedule_ceremony, sign_agreement
from domain.example.way import taken_by
from domain.message import Role, StreamKind, stream_id
from domain.values.money import total
from service.api.steps.examples import body_of
from service.demo.path import registration_of, steps_of, way_of, way_to
from service.demo.plan import HANDOVERS, PUBLISHED_COST, shares
from service.demo.underway import ENVELOPE, PLACES, STOPS, share_of, steps_until
from tests.support.paper import ADMINISTRATOR, DIVISION, REGISTRY, ROOT, Paper
from tests.unit.domain.conftest import hire


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
    paper.take(REGISTRY, register_centre(example), ADMINISTRATOR)
    actors = {
        role: hire(paper, role, role, handover.centre)
        for role in (Role.CASEWORKER, Role.COORDINATOR)
    }
    paper.take(stream_id(StreamKind.AGREEMENT, agreement), sign_agreement(example), DIVISION)
    paper.take(stream_id(StreamKind.CEREMONY, ceremony), schedule_ceremony(example), DIVISION)
    for share in [share for share in shares() if share.handover is handover]:
        person = uuid5(ROOT, f"person {share.person.number}")
        case = stream_id(StreamKind.CASE, uuid5(ROOT, f"case {share.person.number}"))
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
            paper.take(case, sent, actors[taken_by(step)])
        assert paper.state(case).version > 25


def test_those_on_their_way_stand_at_every_other_stage_and_have_no_delivery() -> None:
    paper = Paper(now=datetime(2026, 10, 1, 9, 0, tzinfo=UTC))
    agreement, example = uuid5(ROOT, "agreement"), way_to(HANDOVERS[0])
    paper.take(REGISTRY, register_centre(example), ADMINISTRATOR)
    actors = {
        role: hire(paper, role, role, HANDOVERS[0].centre)
        for role in (Role.CASEWORKER, Role.COORDINATOR)
    }
    signed = sign_agreement(example, ENVELOPE, PLACES)
    paper.take(stream_id(StreamKind.AGREEMENT, agreement), signed, DIVISION)
    for stop in STOPS:
        share, person = share_of(stop), uuid5(ROOT, f"person {stop.number}")
        case = uuid5(ROOT, f"case {stop.number}")
        registration = stream_id(StreamKind.BENEFICIARY, person)
        paper.take(registration, registration_of(share), actors[Role.CASEWORKER])
        way = replace(
            way_of(share),
            beneficiary_id=person,
            caseworker=actors[Role.CASEWORKER].id,
            agreement_id=agreement,
        )
        for step in steps_until(stop, way):
            paper.take(stream_id(StreamKind.CASE, case), step, actors[taken_by(step)])
        assert paper.case(case).stage is stop.stage
    assert {stop.stage for stop in STOPS} == set(Stage) - {Stage.FOLLOW_UP}
    assert not {stop.number for stop in STOPS} & {share.person.number for share in shares()}
