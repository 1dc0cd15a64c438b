"""An agreement's terms, money and places, formula by formula."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.agreement import steps as a
from domain.agreement.events import ContractReduced, FundsFreed, FundsRefunded
from domain.agreement.evolve import evolve_agreement
from domain.agreement.state import AgreementState
from domain.errors import Refused
from domain.example.beside import sign_agreement
from domain.example.person import EXAMPLE
from domain.message import Actor, Role, Step, StreamKind, stream_id
from domain.rules import FundingSource
from domain.tracks.self_employment import steps as ts
from domain.values.money import NOTHING
from tests.support.paper import DIVISION, NO_HOLIDAYS, ROOT
from tests.unit.domain.conftest import House, hire

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
ENVELOPE = Decimal("100000.00")
OTHER = uuid5(ROOT, "other agreement")


def money(text: str) -> Decimal:
    return Decimal(text)


@dataclass
class Bench:
    """An agreement over 100,000 MAD and 40 places, and another of the same kind."""

    house: House

    def state(self, name: UUID | None = None) -> AgreementState:
        state = self.house.paper.state(self.stream(name))
        assert isinstance(state, AgreementState)
        return state

    def stream(self, name: UUID | None = None) -> str:
        return stream_id(StreamKind.AGREEMENT, name or self.house.way.agreement_id)

    def take(self, step: Step, actor: Actor = DIVISION, name: UUID | None = None) -> None:
        self.house.paper.take(self.stream(name), step, actor)

    def refused(self, code: str, step: Step, name: UUID | None = None) -> Refused:
        recorded = len(self.house.paper.events)
        with pytest.raises(Refused) as refusal:
            self.take(step, name=name)
        assert refusal.value.code == code
        assert len(self.house.paper.events) == recorded
        return refusal.value

    def receive(self, amount: str, **more: Any) -> a.RecordFundsReceived:
        return a.RecordFundsReceived(
            occurred_on=TODAY, amount=money(amount), reference="virement", **more
        )

    def repay(self, amount: str) -> a.RepayFunds:
        return a.RepayFunds(occurred_on=TODAY, amount=money(amount), reference="virement")

    def carry(self, amount: str, into: UUID = OTHER) -> a.CarryFundsOver:
        return a.CarryFundsOver(
            occurred_on=TODAY, into=into, amount=money(amount), explanation="Next season."
        )

    def amend(self, number: int, envelope: str, places: int, on: date = TODAY) -> a.AmendAgreement:
        return a.AmendAgreement(
            occurred_on=on,
            number=number,
            envelope=money(envelope),
            planned_places=places,
            ends_on=date(2027, 12, 31),
            explanation="As agreed.",
        )

    def close(self) -> a.CloseAgreement:
        return a.CloseAgreement(occurred_on=TODAY, explanation="Over.")

    def allow(self, places: int, on: date = TODAY) -> None:
        """By two people."""
        ask = a.AllowMorePlaces(occurred_on=on, places=places, explanation="More came.")
        self.take(ask)
        self.take(a.ConfirmAgreementRequest(occurred_on=on), self.house.coordinator)

    def spend(self) -> None:
        """The example's approval: 32,000 MAD, all of it spent."""
        self.house.walk(self.house.way.steps())


@pytest.fixture
def bench(house: House) -> Bench:
    bench = Bench(house)
    house.paper.states.pop(bench.stream())
    for name in (None, OTHER):
        bench.take(sign_agreement(envelope=str(ENVELOPE)), name=name)
    return bench


class TestTerms:
    def test_are_the_highest_amendments_whatever_is_entered_last(self, bench: Bench) -> None:
        bench.take(bench.amend(3, "130000.00", 60))
        bench.take(bench.amend(1, "110000.00", 45))
        state = bench.state()
        assert (state.envelope, state.places, state.terms.number) == (money("130000.00"), 60, 3)
        assert state.missing_amendments == (2,)
        bench.take(bench.amend(2, "1.00", 1))
        assert bench.state().missing_amendments == ()
        assert bench.state().envelope == money("130000.00")

    def test_have_each_amendment_once(self, bench: Bench) -> None:
        bench.take(bench.amend(1, "110000.00", 45))
        bench.refused("amendment_already_entered", bench.amend(1, "120000.00", 45))

    def test_do_not_end_before_they_begin(self, bench: Bench) -> None:
        ended = bench.amend(1, "110000.00", 45).model_copy(update={"ends_on": date(2020, 1, 1)})
        bench.refused("date_before_earlier_step", ended)

    def test_name_a_phase_of_indh_alone(self, bench: Bench) -> None:
        by_region = {"funding_source": FundingSource.REGION}
        step = sign_agreement().model_copy(update=by_region)
        bench.refused("phase_without_indh", step, name=uuid5(ROOT, "a third"))


class TestPlaces:
    def test_of_an_amendment_replace_what_was_allowed_before_it(self, bench: Bench) -> None:
        bench.take(bench.amend(1, "100000.00", 80, TODAY - DAY))
        bench.allow(5)
        assert bench.state().places == 85
        bench.take(bench.amend(2, "100000.00", 85))
        assert bench.state().places == 85

    def test_allowed_after_an_amendment_stand_though_it_is_entered_later(
        self, bench: Bench
    ) -> None:
        bench.allow(5, TODAY - DAY)
        bench.take(bench.amend(1, "100000.00", 50, TODAY - 2 * DAY))
        assert bench.state().places == 55

    def test_are_not_amended_below_those_taken(self, bench: Bench) -> None:
        bench.house.walk(bench.house.way.steps(), until=ts.SignUndertaking)
        zero = bench.amend(1, "100000.00", 1).model_copy(update={"planned_places": 0})
        bench.refused("places_below_taken", zero)
        bench.take(bench.amend(1, "100000.00", 1))
        assert bench.state().places_left == 0

    def test_allowed_that_an_amendment_replaces_count_for_none_taken(self, bench: Bench) -> None:
        """What stood by an allowance alone falls with it, and so the amendment is refused."""
        bench.house.walk(bench.house.way.steps(), until=ts.SignUndertaking)
        bench.allow(5)
        zero = bench.amend(1, "100000.00", 1).model_copy(update={"planned_places": 0})
        bench.refused("places_below_taken", zero)

    def test_are_asked_for_by_one_and_allowed_by_another(self, bench: Bench) -> None:
        ask = a.AllowMorePlaces(occurred_on=TODAY, places=5, explanation="More came.")
        bench.take(ask)
        assert bench.state().places == 40
        bench.refused("second_person_needed", a.ConfirmAgreementRequest(occurred_on=TODAY))
        bench.take(a.ConfirmAgreementRequest(occurred_on=TODAY), bench.house.coordinator)
        assert bench.state().places == 45


class TestMoney:
    def test_room_is_what_is_neither_committed_nor_gone(self, bench: Bench) -> None:
        bench.take(bench.receive("50000.00"))
        bench.spend()
        bench.take(bench.repay("7000.00"))
        bench.take(bench.carry("1000.00"))
        state = bench.state()
        assert state.room == ENVELOPE - EXAMPLE.cost - money("8000.00")
        assert state.in_hand == money("50000.00") - EXAMPLE.cost - money("8000.00")
        assert bench.state(OTHER).in_hand == bench.state(OTHER).carried_in == money("1000.00")
        assert bench.state(OTHER).room == ENVELOPE

    def test_carried_over_counts_once_in_all(self, bench: Bench) -> None:
        bench.take(bench.receive("30000.00"))
        bench.take(bench.carry("10000.00"))
        out, into = bench.state(), bench.state(OTHER)
        assert out.in_hand + into.in_hand == money("30000.00")
        assert (out.room, into.room) == (money("90000.00"), ENVELOPE)

    @pytest.mark.parametrize("received", ["100000.01", "5000000.00"])
    def test_does_not_come_in_above_the_envelope(self, bench: Bench, received: str) -> None:
        refusal = bench.refused("funds_exceed_envelope", bench.receive(received))
        assert refusal.params["most"] == str(ENVELOPE)

    def test_carried_in_counts_towards_the_envelope(self, bench: Bench) -> None:
        bench.take(bench.receive("60000.00"))
        bench.take(bench.receive("50000.01"), name=OTHER)
        bench.refused("funds_exceed_envelope", bench.carry("50000.00"))
        bench.take(bench.carry("49999.99"))
        bench.refused("funds_exceed_envelope", bench.receive("0.01"), name=OTHER)

    @pytest.mark.parametrize("leave", [Bench.repay, Bench.carry])
    def test_leaves_when_it_is_in_hand_and_nothing_claims_it(
        self, bench: Bench, leave: Callable[[Bench, str], Step]
    ) -> None:
        bench.refused("not_free_in_hand", leave(bench, "0.01"))
        bench.take(bench.receive("100000.00"))
        bench.house.walk(bench.house.way.steps(), until=ts.SignUndertaking)
        free = ENVELOPE - EXAMPLE.cost
        bench.refused("not_free_in_hand", leave(bench, str(free + money("0.01"))))
        bench.take(leave(bench, str(free)))
        assert (bench.state().room, bench.state().in_hand) == (NOTHING, EXAMPLE.cost)

    def test_is_not_carried_into_itself_nor_into_nothing(self, bench: Bench) -> None:
        bench.take(bench.receive("1000.00"))
        itself = bench.carry("1.00", bench.house.way.agreement_id)
        bench.refused("carried_into_itself", itself)
        bench.refused("agreement_not_found", bench.carry("1.00", uuid5(ROOT, "nowhere")))

    def test_is_not_carried_into_what_is_signed_later(self, bench: Bench) -> None:
        bench.take(bench.receive("1000.00"))
        later = uuid5(ROOT, "later")
        days = {"occurred_on": TODAY, "ends_on": TODAY}
        bench.take(sign_agreement().model_copy(update=days), name=later)
        early = bench.carry("1.00", later).model_copy(update={"occurred_on": TODAY - DAY})
        bench.refused("date_before_earlier_step", early)

    def test_names_a_tranche_that_is_planned(self, bench: Bench) -> None:
        bench.take(bench.receive("1.00", tranche=1))
        refusal = bench.refused("tranche_unknown", bench.receive("1.00", tranche=2))
        assert refusal.params == {"tranche": 2, "tranches": 1}

    @pytest.mark.parametrize(
        ("envelope", "code"),
        [
            ("39999.99", "envelope_below_received"),
            ("31999.99", "envelope_below_committed"),
        ],
    )
    def test_is_not_amended_below_what_is_bound_or_came(
        self, bench: Bench, envelope: str, code: str
    ) -> None:
        bench.take(bench.receive("40000.00"))
        bench.house.walk(bench.house.way.steps(), until=ts.SignUndertaking)
        bench.refused(code, bench.amend(1, envelope, 40))
        bench.take(bench.amend(1, "40000.00", 40))

    def test_that_is_gone_is_not_amended_away(self, bench: Bench) -> None:
        bench.take(bench.receive("40000.00"))
        bench.take(bench.repay("40000.00"))
        bench.refused("envelope_below_committed", bench.amend(1, "39999.99", 40))


class TestClosing:
    def test_asks_that_nothing_is_to_come(self, bench: Bench) -> None:
        bench.house.walk(bench.house.way.steps(), until=ts.SignUndertaking)
        refusal = bench.refused("agreement_has_money_to_come", bench.close())
        assert refusal.params["to_come"] == str(EXAMPLE.cost)

    def test_asks_that_nothing_is_in_hand(self, bench: Bench) -> None:
        bench.take(bench.receive("40000.00"))
        bench.spend()
        left = money("40000.00") - EXAMPLE.cost
        refusal = bench.refused("agreement_has_money_in_hand", bench.close())
        assert refusal.params == {"in_hand": str(left)}
        bench.take(bench.repay(str(left)))
        bench.take(bench.close())
        assert bench.state().closed

    def test_asks_that_what_the_funder_owes_came_or_is_declared(self, bench: Bench) -> None:
        bench.take(bench.receive("20000.00"))
        bench.spend()
        lacking = EXAMPLE.cost - money("20000.00")
        refusal = bench.refused("agreement_lacks_money", bench.close())
        assert refusal.params == {"lacking": str(lacking)}
        declare = a.DeclareShortfall(
            occurred_on=TODAY, amount=lacking + money("0.01"), explanation="It will not pay."
        )
        bench.refused("shortfall_exceeds_lack", declare)
        bench.take(declare.model_copy(update={"amount": lacking}))
        bench.take(bench.close())

    def test_goes_on_where_what_was_declared_short_came_after_all(self, bench: Bench) -> None:
        """With no room at all: what came fills the shortfall, and need not go back."""
        bench.take(bench.amend(1, str(EXAMPLE.cost), 40))
        bench.spend()
        declare = a.DeclareShortfall(
            occurred_on=TODAY, amount=EXAMPLE.cost, explanation="It will not pay."
        )
        bench.take(declare)
        bench.take(bench.receive(str(EXAMPLE.cost)))
        assert bench.state().room == bench.state().in_hand == NOTHING
        bench.take(bench.close())

    def test_leaves_no_commitment_and_no_funds(self, bench: Bench) -> None:
        bench.take(bench.receive("1000.00"), name=OTHER)
        bench.house.walk(bench.house.way.steps(), until=ts.RecordDecision)
        bench.take(bench.close())
        bench.refused("agreement_closed", bench.receive("1.00"))
        bench.refused("agreement_closed", bench.amend(1, "110000.00", 40))
        carried = bench.carry("1.00", bench.house.way.agreement_id)
        bench.refused("agreement_closed", carried, name=OTHER)
        with pytest.raises(Refused, match="agreement_closed"):
            bench.house.take(bench.house.way.step(ts.RecordDecision))

    def test_has_what_came_back_since_returned_within_thirty_days(self, bench: Bench) -> None:
        bench.take(bench.receive(str(EXAMPLE.cost)))
        bench.spend()
        bench.take(bench.close())
        assert bench.state().return_by(NO_HOLIDAYS) is None
        refunded(bench, money("300.00"))
        assert bench.state().in_hand == money("300.00")
        assert bench.state().return_by(NO_HOLIDAYS) == date(2026, 4, 1)
        bench.take(bench.repay("100.00"))
        bench.house.paper.pass_days(10)
        assert bench.state().return_by(NO_HOLIDAYS) == date(2026, 4, 1)
        bench.take(bench.carry("200.00"))
        assert bench.state().return_by(NO_HOLIDAYS) is None


def refunded(bench: Bench, amount: Decimal) -> None:
    """What a supplier pays back of the example's project: freed, as nothing more is bought of it."""
    (project_id,) = bench.state().approvals
    last = bench.house.paper.events[-1].envelope
    for kind in (FundsRefunded, ContractReduced, FundsFreed):
        state = bench.state()
        at = last._replace(stream=bench.stream(), version=state.version + 1)
        event = kind(project_id=project_id, amount=amount)
        bench.house.paper.states[bench.stream()] = evolve_agreement(state, event, at)


class TestReopening:
    def test_takes_two_people_and_a_closed_agreement(self, bench: Bench) -> None:
        reopen = a.ReopenAgreement(occurred_on=TODAY, explanation="A decision came late.")
        bench.refused("agreement_not_closed", reopen)
        bench.take(bench.close())
        bench.take(reopen)
        assert bench.state().closed
        second = hire(bench.house.paper, "division-2", Role.DIVISION, None)
        bench.refused("second_person_needed", a.ConfirmAgreementRequest(occurred_on=TODAY))
        with pytest.raises(Refused, match="second_person_came_later"):
            bench.take(a.ConfirmAgreementRequest(occurred_on=TODAY), second)
        bench.take(a.ConfirmAgreementRequest(occurred_on=TODAY), bench.house.coordinator)
        assert not bench.state().closed
        bench.take(bench.receive("1.00"))

    def test_is_asked_for_by_the_division_alone(self, bench: Bench) -> None:
        bench.take(bench.close())
        reopen = a.ReopenAgreement(occurred_on=TODAY, explanation="A decision came late.")
        with pytest.raises(Refused, match="not_allowed"):
            bench.take(reopen, bench.house.coordinator)

    def test_closes_again(self, bench: Bench) -> None:
        bench.take(bench.close())
        bench.take(a.ReopenAgreement(occurred_on=TODAY, explanation="A decision came late."))
        bench.take(a.ConfirmAgreementRequest(occurred_on=TODAY), bench.house.coordinator)
        early = bench.close().model_copy(update={"occurred_on": TODAY - DAY})
        bench.refused("date_before_earlier_step", early)
        bench.take(bench.close())
