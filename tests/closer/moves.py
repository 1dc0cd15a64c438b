"""Steps on a case, an order, an agreement or a list, with the amounts they are given."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from uuid import UUID

from domain.agreement import steps as a
from domain.case import steps as c
from domain.case.vocabulary import DeathKnownBy, Outcome
from domain.ceremony import steps as g
from domain.ceremony.vocabulary import SiteKind
from domain.example.person import EXAMPLE
from domain.message import Step, StreamKind, stream_id
from domain.order import steps as o
from domain.project.items import CashInstalment, ItemFound, ItemHandover
from domain.project.vocabulary import EquipmentCondition, ProjectCondition
from domain.rules import DecidingBody
from domain.session import steps as m
from domain.steps.naming import step_name
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.problems import Problem
from domain.tracks.self_employment.vocabulary import ProblemDecision, ProblemKind
from domain.values.money import CENTIME, NOTHING
from tests.closer.site import TODAY, Site, Try

WHY = "As it was."

SUPPLIERS = tuple(f"supplier-{letter}" for letter in "abcde")
PARTS = (Decimal(1), Decimal(1), Decimal("0.5"), Decimal("0.333"), Decimal("0.01"))
HONEST = "supplier-z"
"""Who is always there, and sends what was ordered."""


def on_case(case_id: UUID, step: Step) -> Try:
    return Try(stream_id(StreamKind.CASE, case_id), step)


def on_order(order_id: UUID, step: Step) -> Try:
    return Try(stream_id(StreamKind.ORDER, order_id), step)


def on_agreement(agreement_id: UUID, step: Step) -> Try:
    return Try(stream_id(StreamKind.AGREEMENT, agreement_id), step)


def by_two(
    site: Site, asked: Try, confirm: type[c.ConfirmCaseRequest | o.ConfirmOrderRequest]
) -> Iterator[Try]:
    """What takes two people: it is asked for, and what waits there is confirmed."""
    yield asked
    for request_id, each in site.waiting(asked.target).items():
        if each.step == step_name(asked.step):
            yield Try(asked.target, confirm(occurred_on=TODAY, request_id=request_id))


def answered(site: Site, steps: Sequence[Try], refuse: Try) -> Try:
    """The first, which asks, where nobody has; else it is answered, mostly with yes."""
    refused = site.random.random() < (0.2 if len(steps) > 1 else 0.02)
    return refuse if refused else steps[-1]


def closed(outcome: Outcome) -> Step:
    return c.CloseCase(occurred_on=TODAY, outcome=outcome, explanation=WHY)


def death() -> Step:
    return c.RecordDeath(occurred_on=TODAY, known_by=DeathKnownBy.FAMILY)


def ended(site: Site, case_id: UUID) -> Iterator[Try]:
    asked = on_case(case_id, s.EndApproval(occurred_on=TODAY, explanation=WHY))
    return by_two(site, asked, c.ConfirmCaseRequest)


def lost(site: Site, order_id: UUID, number: int) -> Iterator[Try]:
    asked = on_order(order_id, o.RecordLoss(occurred_on=TODAY, line=number, explanation=WHY))
    return by_two(site, asked, o.ConfirmOrderRequest)


def on_session(session_id: UUID, step: Step) -> Try:
    return Try(stream_id(StreamKind.SESSION, session_id), step)


def on_ceremony(ceremony_id: UUID, step: Step) -> Try:
    return Try(stream_id(StreamKind.CEREMONY, ceremony_id), step)


def scheduled(site: Site, body: DecidingBody, meets_on: date) -> Try:
    """A session."""
    step = m.ScheduleSession(
        occurred_on=TODAY,
        body=body,
        committee=EXAMPLE.committee if body is DecidingBody.COMMITTEE else None,
        meets_on=meets_on,
    )
    return on_session(site.new(StreamKind.SESSION), step)


def minuted(session_id: UUID) -> Try:
    step = m.RecordMinutes(occurred_on=TODAY, minutes=f"2026/{session_id.hex[:8]}")
    return on_session(session_id, step)


def announced(site: Site, held_on: date) -> Try:
    """A ceremony."""
    step = g.ScheduleCeremony(
        occurred_on=TODAY,
        province=EXAMPLE.province,
        city="Taza",
        site=SiteKind.PROVINCE,
        site_name="siège de la province",
        held_on=held_on,
        presided_by="the governor of the province",
    )
    return on_ceremony(site.new(StreamKind.CEREMONY), step)


def handed_over(site: Site, items: Iterable[int], cash: Decimal, on: date = TODAY) -> Step:
    """These items, and so much of the cash."""
    paid = cash.quantize(CENTIME)
    cheque = f"Q-{site.random.getrandbits(40)}"
    return s.ConfirmDelivery(
        occurred_on=on,
        items=tuple(ItemHandover(item=number) for number in items),
        cash=(CashInstalment(amount=paid, cheque=cheque),) if paid else (),
    )


def cash_left(site: Site, case_id: UUID) -> Decimal:
    """The most that one approval has left of its grant."""
    project_id, left = site.track(case_id).project_id, NOTHING
    for agreement_id, _ in site.project(case_id).standing():
        money = site.agreement(agreement_id).approvals[project_id].money
        left = max(left, money.cash_left)
    return left


def dropped(*items: int, cash: bool = False) -> Step:
    return s.DropItems(occurred_on=TODAY, items=items, cash=cash, explanation=WHY)


def visit(site: Site, case_id: UUID) -> Step:
    """What is found is what is so."""
    stopped = case_id in site.outside.stopped
    return s.RecordVisit(
        occurred_on=TODAY,
        project=ProjectCondition.STOPPED if stopped else ProjectCondition.RUNNING,
        items=tuple(
            ItemFound(item=number, condition=EquipmentCondition.IN_USE)
            for number in sorted(site.handed_over(case_id).in_hands)
        ),
    )


def some(random: Random, amount: Decimal) -> Decimal:
    """All of it, or a part."""
    return (amount * random.choice(PARTS)).quantize(CENTIME)


def problem(site: Site, case_id: UUID, handed: Iterable[int]) -> Step:
    """The holder's death, what is not in their hands any more, or something else."""
    kind, items = ProblemKind.OTHER, tuple[int, ...]()
    if case_id in site.outside.dead:
        kind = ProblemKind.DEATH
    elif items := tuple(n for n in handed if site.goods_handed(case_id, n) in site.outside.sold):
        kind = ProblemKind.SOLD
    return s.RaiseProblem(occurred_on=TODAY, kind=kind, items=items, explanation=WHY)


def decision(problem: Problem, decided: ProblemDecision, track_id: UUID | None = None) -> Step:
    return s.DecideProblem(
        occurred_on=TODAY,
        track_id=track_id,
        raised_on=problem.raised.on,
        number=problem.number,
        decision=decided,
        explanation=WHY,
    )


def recovery(
    site: Site, case_id: UUID, problem: Problem, items: tuple[int, ...], amount: Decimal | None
) -> Step:
    """Of the money, to one of the agreements that paid."""
    agreements = [*site.handed_over(case_id).granted, None]
    return s.RecordRecovery(
        occurred_on=TODAY,
        raised_on=problem.raised.on,
        number=problem.number,
        items=items,
        amount=amount,
        agreement_id=site.random.choice(agreements),
        reference="R",
    )


def to_order(site: Site, case_id: UUID) -> list[int]:
    """The items that stand on no order and are still wanted."""
    items = site.project(case_id).items.items()
    return [number for number, item in items if not item.on_order and not item.settled]


def line(
    site: Site, case_id: UUID, number: int, price: Decimal, own_extra: Decimal = NOTHING
) -> o.LineOrdered:
    project_id = site.track(case_id).project_id
    assert project_id is not None
    return o.LineOrdered(project_id=project_id, item=number, price=price, own_extra=own_extra)


def placed(site: Site, supplier: str, lines: Iterable[o.LineOrdered]) -> Try:
    order_id = site.new(StreamKind.ORDER)
    step = o.PlaceOrder(
        occurred_on=TODAY, supplier=supplier, contract=f"C-{order_id}", lines=tuple(lines)
    )
    return on_order(order_id, step)


def paid(
    site: Site, agreement_id: UUID, lines: Mapping[int, Decimal], *, by_funder: bool = False
) -> Step:
    return o.PayInvoice(
        occurred_on=TODAY,
        invoice=f"F-{site.random.getrandbits(40)}",
        agreement_id=agreement_id,
        by_funder=by_funder,
        lines=tuple(o.LineSum(line=n, amount=amount) for n, amount in lines.items()),
    )


def refunded(agreement_id: UUID, number: int, amount: Decimal) -> Step:
    back = (o.LineSum(line=number, amount=amount),)
    return o.RecordRefund(occurred_on=TODAY, agreement_id=agreement_id, reference="R", lines=back)


def received(amount: Decimal) -> Step:
    return a.RecordFundsReceived(occurred_on=TODAY, amount=amount, reference="V")


def repaid(amount: Decimal) -> Step:
    return a.RepayFunds(occurred_on=TODAY, amount=amount, reference="V")
