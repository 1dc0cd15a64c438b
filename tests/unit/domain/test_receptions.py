"""Somebody came without a case: counted, nobody named, and taken back where it was a mistake."""

from datetime import date
from typing import Any

import pytest

from domain.errors import Refused
from domain.message import Actor, Role, StreamKind, stream_id
from domain.reception.state import ReceptionState
from domain.reception.steps import CancelReception, RecordReception
from domain.reception.vocabulary import ReceptionReason
from tests.unit.domain.conftest import House, hire

DAY = date(2026, 2, 2)
BACK = CancelReception(occurred_on=DAY, explanation="They have a case.")


def receive(house: House, actor: Actor | None = None, **more: Any) -> str:
    stream = stream_id(StreamKind.RECEPTION, house.case_id)
    said = {"occurred_on": DAY, "centre": "taza", "reason": ReceptionReason.HOUSING, **more}
    house.paper.take(stream, RecordReception(**said), actor or house.caseworker)
    return stream


def test_it_says_where_they_were_sent_and_not_who_they_are(house: House) -> None:
    state = house.paper.state(receive(house, sent_to="municipality-taza"))
    assert isinstance(state, ReceptionState)
    assert (state.centre, state.sent_to, state.cancelled) == ("taza", "municipality-taza", False)
    assert {"name", "phone"}.isdisjoint(RecordReception.model_fields)


def test_nobody_is_sent_to_two_places_nor_to_a_prison(house: House) -> None:
    with pytest.raises(Refused, match="reception_sent_twice"):
        receive(house, sent_to="municipality-taza", sent_elsewhere="the town hall")
    with pytest.raises(Refused, match="entry"):
        receive(house, sent_to="prison-taza")


def test_it_is_of_ones_own_centre(house: House) -> None:
    with pytest.raises(Refused, match="other_centre"):
        receive(house, centre="ifrane")


def test_who_entered_it_takes_it_back_or_the_coordinator(house: House) -> None:
    stream = receive(house)
    second = hire(house.paper, "second-caseworker", Role.CASEWORKER, "taza")
    with pytest.raises(Refused, match="reception_of_another"):
        house.paper.take(stream, BACK, second)
    house.paper.take(stream, BACK, house.coordinator)
    with pytest.raises(Refused, match="reception_cancelled"):
        house.paper.take(stream, BACK, house.caseworker)
