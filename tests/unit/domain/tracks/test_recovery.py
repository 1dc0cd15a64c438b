"""What comes back from a holder, and what goes on to another: goods and money, after the delivery."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.agreement.state import AgreementState
from domain.agreement.steps import CloseAgreement, RecordFundsReceived, RepayFunds
from domain.case.steps import CloseCase
from domain.case.vocabulary import Outcome
from domain.errors import Refused
from domain.example.person import EXAMPLE
from domain.message import StreamKind, stream_id
from domain.order import steps as o
from domain.project.items import ItemHandover
from domain.project.state import ProjectState
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.problems import Problem
from domain.tracks.self_employment.state import find_track
from domain.tracks.self_employment.vocabulary import ProblemDecision, ProblemKind
from domain.values.money import NOTHING
from tests.support.paper import DIVISION, ROOT
from tests.unit.domain.conftest import House
from tests.unit.domain.test_orders import somebody_else

FIRST = EXAMPLE.items[0].price


@pytest.fixture
def delivered(house: House) -> House:
    house.walk(house.way.steps())
    return house


def on(house: House, after_delivery: int) -> dict[str, Any]:
    return {"occurred_on": house.way.delivered_on + timedelta(days=after_delivery)}


def of_problem(house: House, after_delivery: int) -> dict[str, Any]:
    return on(house, after_delivery) | {"raised_on": on(house, 30)["occurred_on"]}


def decided(house: House, decision: ProblemDecision, *items: int) -> None:
    """A problem with these items, and what follows from it."""
    kind = ProblemKind.RETURN_TO_DETENTION
    house.take(s.RaiseProblem(**on(house, 30), kind=kind, items=items, explanation="Told."))
    step = s.DecideProblem(**of_problem(house, 40), decision=decision, explanation="Seen.")
    house.take(step, house.coordinator)


def recover(house: House, *items: int, amount: Decimal | None = None, after: int = 50) -> None:
    step = s.RecordRecovery(**of_problem(house, after), items=items, amount=amount, reference="R-1")
    house.take(step, house.coordinator)


def problem_of(house: House) -> Problem:
    track = find_track(house.case)
    assert track is not None
    return next(iter(track.problems.values()))


def project(house: House) -> ProjectState:
    state = house.paper.state(stream_id(StreamKind.PROJECT, house.project_id))
    assert isinstance(state, ProjectState)
    return state


def agreement(house: House) -> AgreementState:
    state = house.paper.state(stream_id(StreamKind.AGREEMENT, house.way.agreement_id))
    assert isinstance(state, AgreementState)
    return state


def refused(code: str, take: Callable[[], object]) -> None:
    with pytest.raises(Refused, match=f"^{code}$"):
        take()


def assign(giver: House, taker: House, after: int = 60) -> None:
    step = o.AssignLine(
        **on(giver, after),
        line=1,
        project_id=taker.project_id,
        item=1,
        session_id=taker.way.session_id,
    )
    stream = stream_id(StreamKind.ORDER, giver.way.order_id)
    giver.paper.take(stream, step, giver.coordinator)


class TestMoney:
    def test_lowers_what_is_spent_and_is_free_again(self, delivered: House) -> None:
        decided(delivered, ProblemDecision.RECOVERY)
        before = agreement(delivered)
        recover(delivered, amount=Decimal(5000))
        after = agreement(delivered)
        assert after.money.spent == before.money.spent - 5000
        assert (after.room, after.in_hand) == (before.room + 5000, before.in_hand + 5000)
        assert (after.money.to_come, after.money.contracted) == (
            before.money.to_come,
            before.money.contracted,
        )
        assert after.places_taken == before.places_taken
        assert project(delivered).recovered == problem_of(delivered).recovered == 5000

    def test_is_no_more_than_was_handed_over(self, delivered: House) -> None:
        decided(delivered, ProblemDecision.RECOVERY)
        recover(delivered, amount=EXAMPLE.cost - 1)
        refused("recovery_exceeds_delivered", lambda: recover(delivered, amount=Decimal(2)))
        recover(delivered, amount=Decimal(1))
        assert agreement(delivered).money.committed == NOTHING

    def test_is_recorded_as_it_was_decided(self, delivered: House) -> None:
        decided(delivered, ProblemDecision.WARNING)
        refused("recovery_not_decided", lambda: recover(delivered, amount=Decimal(1)))

    def test_names_the_agreement_that_it_comes_back_to(self, delivered: House) -> None:
        decided(delivered, ProblemDecision.RECOVERY)
        step = s.RecordRecovery(
            **of_problem(delivered, 50), amount=Decimal(1), reference="R", agreement_id=ROOT
        )
        refused("agreement_pays_nothing", lambda: delivered.take(step, delivered.coordinator))
        refused("nothing_recovered", lambda: recover(delivered))

    def test_comes_back_after_case_and_agreement_were_closed_and_is_to_be_repaid(
        self, delivered: House
    ) -> None:
        decided(delivered, ProblemDecision.RECOVERY)
        delivered.take(CloseCase(**on(delivered, 45), outcome=Outcome.LEFT_COUNTRY))
        stream = stream_id(StreamKind.AGREEMENT, delivered.way.agreement_id)
        for step in (
            RecordFundsReceived(**on(delivered, 46), amount=EXAMPLE.cost, reference="V"),
            CloseAgreement(**on(delivered, 46), explanation="Over."),
        ):
            delivered.paper.take(stream, step, DIVISION)
        assert agreement(delivered).over_since is None
        recover(delivered, amount=Decimal(300), after=50)
        closed = agreement(delivered)
        assert (closed.in_hand, closed.return_by(delivered.paper.calendar) is None) == (
            Decimal(300),
            False,
        )
        repaid = RepayFunds(**on(delivered, 51), amount=Decimal(300), reference="V")
        delivered.paper.take(stream, repaid, DIVISION)
        assert agreement(delivered).over_since is None


class TestGoods:
    def test_come_into_stock_and_can_be_kept_or_lost(self, delivered: House) -> None:
        stream = stream_id(StreamKind.ORDER, delivered.way.order_id)
        keep = o.KeepInInventory(**on(delivered, 55), lines=(1,), explanation="For the workshop.")
        decided(delivered, ProblemDecision.RECOVERY, 1, 2)

        def take(step: o.KeepInInventory | o.RecordLoss) -> None:
            delivered.paper.take(stream, step, delivered.coordinator)

        refused("line_not_in_stock", lambda: take(keep))
        spent = agreement(delivered).money.spent
        recover(delivered, 1)
        take(keep)
        assert project(delivered).in_hands == {2}
        assert agreement(delivered).money.spent == spent
        refused("item_not_delivered", lambda: recover(delivered, 1))

    def test_are_what_the_problem_is_about(self, delivered: House) -> None:
        decided(delivered, ProblemDecision.RECOVERY, 2)
        refused("item_of_no_problem", lambda: recover(delivered, 1))
        refused("date_before_earlier_step", lambda: recover(delivered, 2, after=39))
        recover(delivered, 2)
        sold = s.RaiseProblem(
            **on(delivered, 60), kind=ProblemKind.SOLD, items=(2,), explanation="Gone."
        )
        refused("item_not_delivered", lambda: delivered.take(sold))
        delivered.take(sold.model_copy(update=on(delivered, 45)))  # entered late, as it was
        resolve = s.ResolveProblem(**of_problem(delivered, 60), explanation="Back.")
        delivered.take(resolve)
        assert problem_of(delivered).resolved is not None

    def test_go_to_another_holder_with_what_they_cost(self, delivered: House) -> None:
        other = somebody_else(delivered)
        decided(delivered, ProblemDecision.RECOVERY, 1)
        refused("line_not_in_stock", lambda: assign(delivered, other))
        recover(delivered, 1)
        self.handed_on(delivered, other)

    def test_are_passed_on_in_one_commit_where_it_was_decided(self, delivered: House) -> None:
        other = somebody_else(delivered)
        decided(delivered, ProblemDecision.PASSED_ON, 1)
        self.handed_on(delivered, other)
        assert problem_of(delivered).resolved is not None
        refused("line_not_in_stock", lambda: assign(delivered, other, 61))

    def handed_on(self, giver: House, taker: House) -> None:
        before, commits = agreement(giver), giver.paper.events[-1].envelope.position
        assign(giver, taker)
        (command,) = {
            each.envelope.command_id
            for each in giver.paper.events
            if each.envelope.position > commits
        }
        assert command is not None
        after = agreement(giver)
        assert (after.room, after.money) == (before.room, before.money)
        gave, took = (after.approvals[each.project_id].money for each in (giver, taker))
        assert (gave.contracted, took.contracted) == (EXAMPLE.goods - FIRST, FIRST)
        assert (gave.paid, took.paid) == (EXAMPLE.goods - FIRST, FIRST)
        assert project(giver).in_hands == {2}
        given = s.ConfirmDelivery(**on(giver, 61), items=(ItemHandover(item=1),))
        taker.take(given)
        assert project(taker).in_hands == {1}


def test_goods_that_nobody_can_have_back_are_written_off(delivered: House) -> None:
    """Whatever was decided before; and the case closes."""
    decided(delivered, ProblemDecision.PASSED_ON, 1)
    step = s.DecideProblem(
        **of_problem(delivered, 45),
        decision=ProblemDecision.WRITTEN_OFF,
        explanation="Rusted through.",
    )
    delivered.take(step, delivered.coordinator)
    delivered.take(CloseCase(**on(delivered, 60), outcome=Outcome.LEFT_COUNTRY))
    assert not delivered.case.is_open
