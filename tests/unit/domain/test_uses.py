"""A cheque, a serial number: used once inside a project, however they are typed."""

from decimal import Decimal

import pytest

from domain.errors import Refused
from domain.message import StreamKind, stream_id
from domain.project.items import CashInstalment, ItemHandover
from domain.project.state import ProjectState
from domain.tracks.self_employment.state import find_track
from domain.tracks.self_employment.steps import ConfirmDelivery
from domain.values.findings import FindingCode, finding_id, same_mark
from tests.unit.domain.conftest import House


def handed(
    house: House, item: int, serials: tuple[str, ...] = (), cheques: tuple[str, ...] = ()
) -> ConfirmDelivery:
    return ConfirmDelivery(
        occurred_on=house.way.delivered_on,
        items=(ItemHandover(item=item, serials=serials),),
        cash=tuple(CashInstalment(amount=Decimal(10), cheque=each) for each in cheques),
    )


def project(house: House) -> ProjectState:
    track = find_track(house.case)
    assert track is not None
    assert track.project_id is not None
    state = house.paper.state(stream_id(StreamKind.PROJECT, track.project_id))
    assert isinstance(state, ProjectState)
    return state


@pytest.mark.parametrize(
    ("again", "code"),
    [
        ({"serials": ("SN 12/٣",)}, "serial_already_used"),
        ({"serials": ("A", "a")}, "serial_already_used"),
        ({"cheques": ("000-123",)}, "cheque_already_used"),
        ({"cheques": ("7", " ٧ ")}, "cheque_already_used"),
    ],
)
def test_a_second_use_in_one_project_is_refused(
    again: dict[str, tuple[str, ...]], code: str, house: House
) -> None:
    house.walk(house.way.steps(), until=ConfirmDelivery)
    house.take(handed(house, 1, ("sn-123",), ("000123",)))
    recorded = len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.take(handed(house, 2, **again))
    assert refusal.value.code == code
    assert len(house.paper.events) == recorded
    house.take(handed(house, 2, ("sn-124",), ("000124",)))


def test_the_first_use_stays_the_one_that_counts(house: House) -> None:
    house.walk(house.way.steps(), until=ConfirmDelivery)
    house.take(handed(house, 1, ("sn-123",), ("000123",)))
    first = project(house)
    house.paper.pass_days(3)
    house.take(handed(house, 2, ("sn-124",), ("000124",)))
    state = project(house)
    assert state.serials.keys() == {"sn123", "sn124"}
    assert state.cheques["000123"] == first.cheques["000123"]
    assert (state.cheques["000124"].known_on - state.cheques["000123"].known_on).days == 3


def test_a_number_is_the_same_however_it_is_typed_and_what_has_no_sign_is_none() -> None:
    assert same_mark(" Sn-12/٣ ") == same_mark("SN123") == "sn123"
    assert same_mark("—") == ""
    assert finding_id(FindingCode.CHEQUE_TWICE, "1") != finding_id(FindingCode.SERIAL_TWICE, "1")
