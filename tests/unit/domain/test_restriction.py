"""Nobody is erased whose data proves what became of public money; until then it is restricted."""

from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest

from domain.beneficiary import steps as b
from domain.case import steps as s
from domain.case.vocabulary import Outcome
from domain.errors import NotAllowed, Refused
from domain.message import Actor, Event, Role, Step, StreamKind, stream_id
from domain.order import steps as o
from domain.rules import NEWEST
from domain.tracks.self_employment import steps as ts
from domain.values.calendar import months_after
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House, hire

TODAY = date(2026, 3, 2)


class Served(NamedTuple):
    """Somebody who was given public goods, and whose case is closed."""

    house: House
    second: Actor

    @property
    def person(self) -> str:
        return stream_id(StreamKind.BENEFICIARY, self.house.way.beneficiary_id)

    def take(self, step: Step, actor: Actor = DIVISION) -> list[Event]:
        return self.house.paper.take(self.person, step, actor)

    def refused(self, step: Step, actor: Actor = DIVISION) -> Refused:
        recorded = len(self.house.paper.events)
        with pytest.raises(Refused) as refusal:
            self.take(step, actor)
        assert len(self.house.paper.events) == recorded
        return refusal.value

    def on_case(self, step: Step) -> str:
        with pytest.raises(Refused) as refusal:
            self.house.take(step, self.house.coordinator)
        return refusal.value.code

    def go_to(self, year: int, month: int, day: int) -> None:
        self.house.paper.now = datetime(year, month, day, 9, tzinfo=UTC)

    def ask(self) -> b.RequestErasure:
        return b.RequestErasure(occurred_on=self.house.paper.today)


def closed(house: House, outcome: Outcome) -> Served:
    house.take(s.CloseCase(occurred_on=house.paper.today, outcome=outcome))
    return Served(house, hire(house.paper, "division-2", Role.DIVISION, None))


@pytest.fixture
def served(house: House) -> Served:
    house.walk(house.way.steps())
    return closed(house, Outcome.LEFT_COUNTRY)


def test_an_erasure_is_refused_for_ten_years_after_the_last_delivery(served: Served) -> None:
    earliest = months_after(served.house.way.delivered_on, 12 * 10)
    assert NEWEST.public_proof_years == 10
    for day in ((2026, 3, 2), (2034, 7, 17)):
        served.go_to(*day)
        refusal = served.refused(served.ask())
        assert (refusal.code, refusal.params) == (
            "public_proof_kept",
            {"earliest": str(earliest)},
        )
    served.go_to(2034, 7, 18)
    served.take(served.ask())


def test_who_received_nothing_public_is_erased_at_once(house: House) -> None:
    house.walk(house.way.to_release())
    served = closed(house, Outcome.LEFT_COUNTRY)
    served.take(served.ask())


def test_only_who_cannot_be_erased_yet_is_restricted(house: House) -> None:
    house.walk(house.way.to_release())
    restrict = b.RestrictPerson(occurred_on=house.paper.today)
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    with pytest.raises(Refused, match="case_still_open"):
        house.paper.take(person, restrict, DIVISION)
    nothing = closed(house, Outcome.LEFT_COUNTRY)
    assert nothing.refused(restrict).code == "nothing_keeps_from_erasing"


def test_nobody_writes_of_a_restricted_person_until_it_is_lifted(served: Served) -> None:
    house, today = served.house, served.house.paper.today
    served.take(b.RestrictPerson(occurred_on=today))
    person = house.paper.beneficiary(house.way.beneficiary_id)
    assert person.restricted_on == today
    assert person.restricted_until == months_after(house.way.delivered_on, 120)
    assert served.refused(b.RestrictPerson(occurred_on=today)).code == "person_restricted"
    changed = b.ChangeDetails(occurred_on=today, phone="0600000002")
    assert served.refused(changed, house.coordinator).code == "person_restricted"
    reopen = s.ReopenCase(occurred_on=today, explanation="Came back.")
    assert served.on_case(reopen) == "person_restricted"
    opening = house.way.steps()[0].model_copy(update={"occurred_on": today})
    with pytest.raises(Refused, match="person_restricted"):
        house.paper.take(stream_id(StreamKind.CASE, served.second.id), opening, house.coordinator)
    lift = b.LiftRestriction(occurred_on=today, explanation="Came back.")
    with pytest.raises(NotAllowed):
        served.take(lift, house.caseworker)
    served.take(lift, house.coordinator)
    assert not house.paper.beneficiary(house.way.beneficiary_id).restricted
    assert served.refused(lift).code == "person_not_restricted"
    house.take(reopen, house.coordinator)


def test_what_is_paid_after_the_request_is_proved_too(house: House) -> None:
    """An order goes on without its case: a supplier is paid for what is in stock."""
    house.walk(house.way.steps(), until=o.PayInvoice)
    house.by_two(house.way.step(ts.EndApproval).model_copy(update={"occurred_on": TODAY}))
    stock = closed(house, Outcome.LEFT_COUNTRY)
    stock.take(stock.ask())
    house.take(house.way.step(o.PayInvoice).model_copy(update={"occurred_on": TODAY}))
    agree = b.ConfirmBeneficiaryRequest(occurred_on=TODAY)
    assert stock.refused(agree, stock.second).code == "public_proof_kept"
    stock.take(b.RestrictPerson(occurred_on=TODAY))
    person = house.paper.beneficiary(house.way.beneficiary_id)
    assert person.restricted_until == months_after(TODAY, 120)
    house.take(o.CancelPayment(occurred_on=TODAY, payment=1, explanation="Made out wrongly."))


def test_a_restricted_person_is_erased_when_the_proof_is_old_enough(served: Served) -> None:
    served.take(b.RestrictPerson(occurred_on=served.house.paper.today))
    assert served.refused(served.ask()).code == "public_proof_kept"
    served.go_to(2034, 7, 18)
    served.take(served.ask())
