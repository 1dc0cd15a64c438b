"""What stands on an agreement's page beside its sums: shares and what came of them, and how long idle."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from domain.agreement.funds import FundsKind
from domain.agreement.terms import PlannedTranche
from domain.project.vocabulary import DecisionKind
from domain.values.trades import Trade
from projections.views.agreements import AgreementRow
from service.console.showing.agreement import funded_project, idle_since, tranche_lines
from service.console.showing.bars import bars_of
from service.queries.agreements import Agreement
from service.queries.agreements import FundedProject as ProjectRow
from service.words.language import Language
from service.words.store import words

SIGNED, TODAY = date(2023, 11, 2), date(2024, 3, 20)
NOTHING = Decimal(0)


def agreement(**changes: Any) -> Agreement:
    known: dict[str, Any] = {
        "status": "open",
        "signed_on": SIGNED,
        "moved_on": None,
        "committed": NOTHING,
        "sessions": (),
        "tranches": (),
        "funds": (),
    }
    return cast("Agreement", SimpleNamespace(**known | changes))


def received(amount: int, tranche: int | None, *, undone: bool = False) -> SimpleNamespace:
    kind = FundsKind.RECEIVED
    return SimpleNamespace(kind=kind, amount=Decimal(amount), tranche=tranche, reversed=undone)


def test_a_tranche_says_what_came_of_it_without_what_was_undone() -> None:
    shares = [
        PlannedTranche(amount=Decimal(each), people=8, planned_on=SIGNED) for each in (200, 100)
    ]
    funds = (received(150, 1), received(50, 1), received(90, 2, undone=True), received(40, None))
    first, second = tranche_lines(agreement(tranches=shares, funds=funds))
    assert (first.received, first.is_whole) == (Decimal(200), True)
    assert (second.received, second.is_whole) == (NOTHING, False)


def test_an_agreement_is_idle_while_nothing_is_committed_and_no_file_waits() -> None:
    waits = (SimpleNamespace(listed=2, decided=1),)
    behind = (SimpleNamespace(listed=2, decided=2),)
    assert idle_since(agreement(), TODAY) == SIGNED
    assert idle_since(agreement(moved_on=date(2024, 1, 9), sessions=behind), TODAY) == date(
        2024, 1, 9
    )
    for busy in ({"status": "closed"}, {"committed": Decimal(1)}, {"sessions": waits}):
        assert idle_since(agreement(**busy), TODAY) is None
    assert idle_since(agreement(), SIGNED) is None, "it was signed today"


def project(decision: DecisionKind, *, approved: bool) -> ProjectRow:
    sums = ("equipment_amount", "cash_grant", "paid", "cash_delivered", "goods_delivered")
    row = SimpleNamespace(
        case_id=UUID(int=1),
        reference="TAZ-24-0001",
        trade=next(iter(Trade)),
        province="taza",
        decision=decision,
        approved=approved,
        complete=False,
        **dict.fromkeys(sums, NOTHING),
    )
    return cast("ProjectRow", row)


def test_what_was_never_approved_is_not_said_to_have_ended() -> None:
    deferred = funded_project(project(DecisionKind.DEFER, approved=False), Language.ENGLISH)
    assert (deferred.ended, deferred.decision) == (
        False,
        words(Language.ENGLISH).of(DecisionKind.DEFER),
    )
    ended = funded_project(project(DecisionKind.APPROVE, approved=False), Language.ENGLISH)
    assert (ended.ended, ended.decision) == (True, "")
    stands = funded_project(project(DecisionKind.APPROVE, approved=True), Language.ENGLISH)
    assert (stands.ended, stands.decision) == (False, "")


def test_each_sum_says_where_its_lines_are() -> None:
    names = (
        *("envelope", "committed", "contracted", "spent", "delivered", "received"),
        *("carried_in", "repaid", "carried_out"),
    )
    row = SimpleNamespace(
        agreement_id=UUID(int=9),
        room=Decimal(1),
        in_hand=Decimal(1),
        **dict.fromkeys(names, Decimal(2)),
    )
    found = {bar.name: bar.lines for _, bars in bars_of(cast("AgreementRow", row)) for bar in bars}
    assert found["contracted"] == f"/orders?agreement={UUID(int=9)}"
    assert found["received"] == "#funds"
    assert {name for name, lines in found.items() if not lines} == {"room", "in_hand"}
