"""A delivery that was entered wrongly: what was handed over, when, and at which ceremony."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.agreement.state import AgreementState
from domain.case.events import EntriesMended
from domain.ceremony.state import CeremonyState
from domain.ceremony.steps import RecordCeremonyHeld
from domain.ceremony.vocabulary import LineState
from domain.message import StreamKind, stream_id
from domain.order import steps as o
from domain.project.items import CashInstalment, ItemHandover
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.values.money import NOTHING
from tests.closer.mirrored import contradictions
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House
from tests.unit.domain.test_corrected_decisions import project, refused, spend, track
from tests.unit.domain.test_mending import entry, retract
from tests.unit.domain.test_orders import FIRST, SECOND, agreement, end_approval, money, order

CASH = Decimal("2000.00")
BOTH = (ItemHandover(item=1, serials=("SN-1",)), ItemHandover(item=2))
ALL = (CashInstalment(amount=CASH, cheque="Q-1"),)


def correct(house: House, on: date | None = None, **told: Any) -> None:
    number = entry(house, e.DeliveryConfirmed)
    step = s.CorrectDelivery(
        occurred_on=on or house.way.delivered_on,
        entry_number=number,
        explanation="Another thing.",
        **told,
    )
    house.take(step, house.coordinator)
    if track(house).project_id is not None:
        assert not contradictions(house.case, project(house))


def ceremony(house: House) -> CeremonyState:
    assert house.way.ceremony_id
    state = house.paper.state(stream_id(StreamKind.CEREMONY, house.way.ceremony_id))
    assert isinstance(state, CeremonyState)
    return state


def hold(house: House) -> None:
    assert house.way.ceremony_id
    step = RecordCeremonyHeld(occurred_on=house.way.delivered_on)
    house.paper.take(stream_id(StreamKind.CEREMONY, house.way.ceremony_id), step, DIVISION)


@pytest.fixture
def delivered(house: House) -> House:
    """All handed over at the ceremony, a thousand saved."""
    for step in house.way.steps():
        if isinstance(step, o.PlaceOrder):
            order(house, (1, FIRST - 1000), (2, SECOND), on=step.occurred_on)
        elif isinstance(step, s.ConfirmDelivery):
            house.take(step.model_copy(update={"items": BOTH, "cash": ALL}))
        elif not isinstance(step, o.PayInvoice):
            house.take(step)
    return house


def test_another_serial_moves_no_money(delivered: House) -> None:
    before = agreement(delivered)
    correct(delivered, items=(ItemHandover(item=1, serials=("SN-2",)), BOTH[1]), cash=ALL)
    assert agreement(delivered) == before
    assert project(delivered).items[1].serials == ("sn2",)
    assert set(project(delivered).serials) == {"sn2"}


def test_another_day_leaves_the_ceremony(delivered: House) -> None:
    hold(delivered)
    day = delivered.way.day(560)
    correct(delivered, day, items=BOTH, cash=ALL)
    assert track(delivered).first_delivery is not None
    assert track(delivered).handovers[0].on == day
    line = ceremony(delivered).lines[delivered.case_id]
    assert (line.state, line.goods, line.cash) == (LineState.LATER, NOTHING, NOTHING)
    assert not track(delivered).on_list
    correct(delivered, day, items=BOTH, cash=ALL)


def test_an_item_that_was_not_handed_over_is_still_to_come(delivered: House) -> None:
    """The saving was free meanwhile: it is claimed again, and there is room."""
    room = agreement(delivered).room
    correct(delivered, items=BOTH[:1], cash=ALL)
    assert project(delivered).delivered == {1}
    assert track(delivered).delivered is None
    assert (money(delivered).freed, agreement(delivered).room) == (NOTHING, room - 1000)
    assert money(delivered).delivered == FIRST - 1000 + CASH
    assert ceremony(delivered).lines[delivered.case_id].goods == FIRST - 1000
    rest = s.ConfirmDelivery(occurred_on=delivered.way.day(560), items=BOTH[1:])
    delivered.take(rest)
    assert agreement(delivered).room == room


def test_a_saving_that_was_spent_again_leaves_no_room_for_it(delivered: House) -> None:
    spend(delivered, Decimal(999))
    refused("correction_without_room", lambda: correct(delivered, items=BOTH[:1], cash=ALL))
    assert project(delivered).delivered == {1, 2}
    assert money(delivered).freed == 1000
    assert track(delivered).delivered is not None, "nothing half done"


def test_less_cash_was_paid(delivered: House) -> None:
    part = (CashInstalment(amount=Decimal(1500), cheque="Q-2"),)
    correct(delivered, items=BOTH, cash=part)
    assert (money(delivered).cash_paid, project(delivered).cash_paid) == (Decimal(1500),) * 2
    assert track(delivered).equipment.cash_left
    assert ceremony(delivered).lines[delivered.case_id].cash == Decimal(1500)
    assert set(project(delivered).cheques) == {"q2"}
    more = (CashInstalment(amount=CASH + 1, cheque="Q-2"),)
    refused("cash_exceeds_grant", lambda: correct(delivered, items=BOTH, cash=more))


def test_none_of_it_was_handed_over(delivered: House) -> None:
    """The person waits on the list again; or was missed, where the ceremony was held."""
    correct(delivered)
    line = ceremony(delivered).lines[delivered.case_id]
    assert (line.state, line.goods) == (LineState.LISTED, NOTHING)
    assert track(delivered).on_list
    assert track(delivered).first_delivery is None
    assert money(delivered).delivered == NOTHING
    delivered.take(delivered.way.step(s.ConfirmDelivery))
    hold(delivered)
    correct(delivered)
    assert ceremony(delivered).lines[delivered.case_id].state is LineState.ABSENT
    assert not track(delivered).on_list
    delivered.take(
        s.ConfirmDelivery(occurred_on=delivered.way.day(560), items=BOTH, cash=ALL),
    )
    assert ceremony(delivered).lines[delivered.case_id].state is LineState.LATER


def test_what_was_told_of_it_since_is_mended_first(delivered: House) -> None:
    delivered.take(delivered.way.step(s.RecordVisit))
    refused("rests_on_it|told_of_item_since", lambda: correct(delivered))
    retract(delivered, entry(delivered, e.VisitRecorded))
    correct(delivered)
    assert track(delivered).first_delivery is None


def test_an_item_that_is_not_the_projects_or_did_not_come_is_refused(delivered: House) -> None:
    refused("item_unknown", lambda: correct(delivered, items=(ItemHandover(item=7),)))
    refused(
        "date_before_earlier_step",
        lambda: correct(delivered, delivered.way.day(449), items=BOTH, cash=ALL),
    )


def test_of_an_ended_approval_the_place_comes_back_where_nothing_was_handed_over(
    house: House,
) -> None:
    house.walk(house.way.steps(), until=s.PlaceOnCeremony)
    day = house.way.delivered_on
    house.take(s.ConfirmDelivery(occurred_on=day, items=BOTH[:1]))
    house.paper.pass_days(1)
    end_approval(house)
    state = agreement(house)
    assert isinstance(state, AgreementState)
    assert state.places_taken == 1
    number = entry(house, e.DeliveryConfirmed)
    none = s.CorrectDelivery(occurred_on=day, entry_number=number, explanation="Another's.")
    house.take(none, house.coordinator)
    assert agreement(house).places_taken == 0


def test_it_is_not_retracted_by_itself(delivered: House) -> None:
    refused("mended_otherwise", lambda: retract(delivered, entry(delivered, e.DeliveryConfirmed)))
    correct(delivered, items=BOTH, cash=ALL)
    refused("mended_otherwise", lambda: retract(delivered, entry(delivered, EntriesMended)))
