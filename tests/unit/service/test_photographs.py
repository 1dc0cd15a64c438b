"""Whoever takes back that they may be seen on a photograph is seen on it no more."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from domain.beneficiary import steps as b
from domain.beneficiary.restriction.steps import RestrictOnRequest
from domain.beneficiary.restriction.vocabulary import RestrictionGround
from domain.beneficiary.rights.vocabulary import DataRequestedBy
from domain.case.consents.steps import GiveConsent, WithdrawConsent
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.steps import CloseCase
from domain.case.vocabulary import Outcome
from domain.ceremony.steps import AttachCeremonyDocument
from domain.message import StreamKind, stream_id
from domain.values.papers import PaperKind
from service.queries.photographs import held_back
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House, furnished

PICTURE, LIST = UUID(int=7), UUID(int=8)
PHOTOGRAPHS = (Purpose.CEREMONY_PHOTOGRAPHS,)


@pytest.fixture
def shown() -> House:
    """Somebody who agreed, and stands on a picture of their ceremony."""
    house = furnished()
    house.walk(house.way.steps())
    day = house.way.delivered_on
    house.take(GiveConsent(occurred_on=day, purposes=PHOTOGRAPHS, given_as=ConsentForm.SIGNED))
    picture = {"paper_id": PICTURE, "kind": PaperKind.PHOTOGRAPH, "shows": (house.case_id,)}
    for paper in (picture, {"paper_id": LIST, "kind": PaperKind.LIST}):
        step = AttachCeremonyDocument.model_validate({"occurred_on": day, **paper})
        house.paper.take(ceremony(house), step, DIVISION)
    return house


def ceremony(house: House) -> str:
    return stream_id(StreamKind.CEREMONY, house.way.ceremony_id or "")


def hidden(house: House) -> frozenset[UUID]:
    def states(streams: list[str]) -> dict[str, Any]:
        return {each: house.paper.state(each) for each in streams}

    paper = house.paper
    ledger = SimpleNamespace(history=paper.of, states=states, state=paper.state)
    reading: Any = SimpleNamespace(ledger=ledger)
    return held_back(reading, ceremony(house))


def test_a_photograph_is_shown_while_all_on_it_agree(shown: House) -> None:
    assert hidden(shown) == frozenset()
    day = shown.paper.today
    shown.take(WithdrawConsent(occurred_on=day, purposes=PHOTOGRAPHS))
    assert hidden(shown) == {PICTURE}
    shown.take(GiveConsent(occurred_on=day, purposes=PHOTOGRAPHS, given_as=ConsentForm.SIGNED))
    assert hidden(shown) == frozenset()


def test_nor_is_it_while_their_data_is_not_to_be_used(shown: House) -> None:
    person, day = stream_id(StreamKind.BENEFICIARY, shown.way.beneficiary_id), shown.paper.today
    asked = RestrictOnRequest(
        occurred_on=day,
        because=RestrictionGround.OBJECTION_PENDING,
        asked_by=DataRequestedBy.PERSON,
        explanation="Not to be seen.",
    )
    shown.paper.take(person, asked, shown.coordinator)
    assert hidden(shown) == {PICTURE}
    lift = b.LiftRestriction(occurred_on=day, told_on=day, explanation="Answered.")
    shown.paper.take(person, lift, shown.coordinator)
    assert hidden(shown) == frozenset()


def test_nor_while_their_erasure_waits(shown: House) -> None:
    person, day = stream_id(StreamKind.BENEFICIARY, shown.way.beneficiary_id), shown.paper.today
    shown.take(CloseCase(occurred_on=day, outcome=Outcome.LEFT_COUNTRY))
    shown.paper.take(person, b.RestrictPerson(occurred_on=day), DIVISION)
    assert hidden(shown) == {PICTURE}
