"""The demo's plan adds up to what is published, and the rules accept every step of it."""

import json
from datetime import UTC, datetime
from uuid import uuid5

from domain.commands import STEPS
from domain.message import Role, StreamKind, stream_id
from domain.money import total
from service.demo.path import Way, Who
from service.demo.plan import HANDOVERS, PUBLISHED_COST, shares
from tests.support import journey
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
    paper.take(REGISTRY, journey.register_centre(), ADMINISTRATOR)
    actors = {
        Who.CASEWORKER: hire(paper, "caseworker", Role.CASEWORKER),
        Who.COORDINATOR: hire(paper, "coordinator", Role.COORDINATOR),
    }
    handover = HANDOVERS[0]
    paper.take(stream_id(StreamKind.AGREEMENT, agreement), journey.sign_agreement(), DIVISION)
    paper.take(
        stream_id(StreamKind.CEREMONY, ceremony),
        journey.schedule_ceremony(handover.held_on),
        DIVISION,
    )
    for share in [share for share in shares() if share.handover is handover]:
        person = uuid5(ROOT, f"person {share.person.number}")
        case = stream_id(StreamKind.CASE, uuid5(ROOT, f"case {share.person.number}"))
        paper.take(
            stream_id(StreamKind.BENEFICIARY, person),
            journey.register_beneficiary(share.person.name_latin),
            actors[Who.CASEWORKER],
        )
        caseworker = str(actors[Who.CASEWORKER].id)
        way = Way(share, str(person), caseworker, str(agreement), str(ceremony))
        opening = STEPS["open-case"].model_validate_json(json.dumps(way.opening()))
        paper.take(case, opening, actors[Who.CASEWORKER])
        for call in way.calls():
            step = STEPS[call.step].model_validate_json(json.dumps(call.body))
            paper.take(case, step, actors[call.who])
        assert paper.state(case).version > 25
