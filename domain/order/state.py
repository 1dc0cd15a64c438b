"""An order and its lines, and the fold that says so."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.asking.waiting import Requests, remember
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.folds.use import Use, use
from domain.message import Envelope
from domain.order import events as e
from domain.order.vocabulary import IncidentKind, LineStatus
from domain.project.item import shared
from domain.values.findings import same_mark
from domain.values.money import NOTHING, total

Parts = Mapping[UUID, Decimal]
"""MAD by the agreement that pays."""


@dataclass(frozen=True)
class Line:
    """One item of a project; amounts in MAD."""

    project_id: UUID
    case_id: UUID
    item: int
    parts: Parts
    """What it costs its funders now."""
    paid: Parts = field(default_factory=dict)
    """Less what was paid back."""
    status: LineStatus = LineStatus.ORDERED
    received_on: date | None = None
    given_on: date | None = None
    """The day it went to another holder, out of the stock."""

    @property
    def is_open(self) -> bool:
        """Whether it may still be handed over, cancelled or lost."""
        return self.status in (LineStatus.ORDERED, LineStatus.RECEIVED)

    def owed(self, agreement_id: UUID) -> Decimal:
        """What is still to be paid of it under the agreement."""
        return self.parts.get(agreement_id, NOTHING) - self.paid_by(agreement_id)

    def paid_by(self, agreement_id: UUID) -> Decimal:
        return self.paid.get(agreement_id, NOTHING)

    def cut_to(self, fee: Decimal) -> "Parts":
        """What each funder pays where nothing but a fee is left of it."""
        return shared(fee, self.parts, total(self.parts.values()))


@dataclass(frozen=True)
class Payment:
    """A payment of an invoice; amounts in MAD, by line."""

    agreement_id: UUID
    invoice: str
    cheque: str | None
    lines: Mapping[int, Decimal]
    on: date
    use: Use
    """Where the payment stands."""
    cancellation: Use | None = None

    @property
    def cancelled(self) -> bool:
        return self.cancellation is not None

    def only(self, lines: Collection[int]) -> "Payment":
        """What of it is for these lines."""
        theirs = {number: part for number, part in self.lines.items() if number in lines}
        return replace(self, lines=theirs)


@dataclass(frozen=True)
class Refund:
    """What the supplier paid back; amounts in MAD, by line."""

    agreement_id: UUID
    reference: str
    lines: Mapping[int, Decimal]
    on: date

    def place(self) -> tuple[object, ...]:
        """Among the others."""
        return (self.on, self.reference, sorted(self.lines.items()), self.agreement_id)

    def only(self, lines: Collection[int]) -> "Refund":
        """What of it is for these lines."""
        theirs = {number: part for number, part in self.lines.items() if number in lines}
        return replace(self, lines=theirs)


@dataclass(frozen=True)
class Incident:
    lines: tuple[int, ...]
    kind: IncidentKind
    on: date
    resolved: bool = False

    def only(self, lines: Collection[int]) -> "Incident":
        return replace(self, lines=tuple(number for number in self.lines if number in lines))


@dataclass(frozen=True)
class OrderState:
    """An order at some version."""

    version: int = 0
    seen: int = 0
    centre: str | None = None
    """Whose it is: the centre that placed it. None: the division's own."""
    supplier: str | None = None
    contract: str | None = None
    begun_on: date | None = None
    """The day it was placed."""
    lines: Mapping[int, Line] = field(default_factory=dict)
    payments: Mapping[int, Payment] = field(default_factory=dict)
    refunds: tuple[Refund, ...] = ()
    """By day; those of a day in one order, whichever was entered first."""
    incidents: Mapping[int, Incident] = field(default_factory=dict)
    requests: Requests = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def invoices(self) -> frozenset[str]:
        """Those paid: what is left of their numbers however they are typed."""
        return frozenset(same_mark(each.invoice) for each in self._standing())

    @property
    def cheques(self) -> frozenset[str]:
        """By which they were paid, in the same way."""
        return frozenset(same_mark(each.cheque) for each in self._standing() if each.cheque)

    def _standing(self) -> Iterator[Payment]:
        return (each for each in self.payments.values() if not each.cancelled)

    @property
    def paid(self) -> Decimal:
        return total(paid for line in self.lines.values() for paid in line.paid.values())

    @property
    def price(self) -> Decimal:
        """What it costs its funders now."""
        return total(part for line in self.lines.values() for part in line.parts.values())

    def only(self, lines: Collection[int]) -> "OrderState":
        """What it is of these lines: they, what was paid of them, and what went wrong with them."""
        payments = {number: each.only(lines) for number, each in self.payments.items()}
        incidents = {number: each.only(lines) for number, each in self.incidents.items()}
        refunds = (each.only(lines) for each in self.refunds)
        return replace(
            self,
            lines={number: line for number, line in self.lines.items() if number in lines},
            payments={number: each for number, each in payments.items() if each.lines},
            refunds=tuple(each for each in refunds if each.lines),
            incidents={number: each for number, each in incidents.items() if each.lines},
            requests={
                name: asked
                for name, asked in self.requests.items()
                if getattr(asked.what, "line", None) in lines
            },
        )


evolve_order: Evolution[OrderState] = Evolution()
on = evolve_order.on

remember(
    evolve_order,
    asked=(e.LossRequested,),
    answered=(e.OrderRequestConfirmed, e.OrderRequestRefused),
)


@on(e.OrderPlaced)
def _placed(state: OrderState, event: e.OrderPlaced, envelope: Envelope) -> OrderState:
    lines = {
        line.line: Line(
            line.project_id,
            line.case_id,
            line.item,
            {part.agreement_id: part.amount for part in line.parts},
        )
        for line in event.lines
    }
    return replace(
        state,
        centre=envelope.actor.centre,
        supplier=event.supplier,
        contract=event.contract,
        begun_on=envelope.occurred_on,
        lines=lines,
    )


def _with_lines(state: OrderState, changed: Mapping[int, Line]) -> OrderState:
    return replace(state, lines={**state.lines, **changed})


@on(e.LinesReceived)
def _received(state: OrderState, event: e.LinesReceived, envelope: Envelope) -> OrderState:
    day = envelope.occurred_on
    changed = {
        number: replace(state.lines[number], status=LineStatus.RECEIVED, received_on=day)
        for number in event.lines
    }
    return _with_lines(state, changed)


def _paid_more(line: Line, agreement_id: UUID, amount: Decimal) -> Line:
    return replace(line, paid={**line.paid, agreement_id: line.paid_by(agreement_id) + amount})


@on(e.InvoicePaid)
def _paid(state: OrderState, event: e.InvoicePaid, envelope: Envelope) -> OrderState:
    amounts = {each.line: each.amount for each in event.lines}
    payment = Payment(
        event.agreement_id,
        event.invoice,
        event.cheque,
        amounts,
        envelope.occurred_on,
        use(envelope),
    )
    changed = {
        number: _paid_more(state.lines[number], event.agreement_id, amount)
        for number, amount in amounts.items()
    }
    payments = {**state.payments, len(state.payments) + 1: payment}
    return replace(_with_lines(state, changed), payments=payments)


@on(e.PaymentCancelled)
def _payment_cancelled(
    state: OrderState, event: e.PaymentCancelled, envelope: Envelope
) -> OrderState:
    payment = state.payments[event.payment]
    changed = {
        number: _paid_more(state.lines[number], payment.agreement_id, -amount)
        for number, amount in payment.lines.items()
    }
    payments = {**state.payments, event.payment: replace(payment, cancellation=use(envelope))}
    return replace(_with_lines(state, changed), payments=payments)


@on(e.RefundReceived)
def _refunded(state: OrderState, event: e.RefundReceived, envelope: Envelope) -> OrderState:
    changed = {}
    for each in event.lines:
        line = _paid_more(state.lines[each.line], event.agreement_id, -each.amount)
        left = line.parts[event.agreement_id] - each.amount
        changed[each.line] = replace(line, parts={**line.parts, event.agreement_id: left})
    amounts = {each.line: each.amount for each in event.lines}
    refund = Refund(event.agreement_id, event.reference, amounts, envelope.occurred_on)
    refunds = sorted((*state.refunds, refund), key=Refund.place)
    return replace(_with_lines(state, changed), refunds=tuple(refunds))


@on(e.LineCancelled)
def _cancelled(state: OrderState, event: e.LineCancelled, _: Envelope) -> OrderState:
    line = state.lines[event.line]
    line = replace(line, status=LineStatus.CANCELLED, parts=line.cut_to(event.fee))
    return _with_lines(state, {event.line: line})


@on(e.IncidentRecorded)
def _incident(state: OrderState, event: e.IncidentRecorded, envelope: Envelope) -> OrderState:
    incident = Incident(event.lines, event.kind, envelope.occurred_on)
    return replace(state, incidents={**state.incidents, len(state.incidents) + 1: incident})


@on(e.IncidentResolved)
def _resolved(state: OrderState, event: e.IncidentResolved, _: Envelope) -> OrderState:
    resolved = replace(state.incidents[event.incident], resolved=True)
    return replace(state, incidents={**state.incidents, event.incident: resolved})


@on(e.LineLost)
def _lost(state: OrderState, event: e.LineLost, _: Envelope) -> OrderState:
    """What never came is not owed any more."""
    line = state.lines[event.line]
    parts = line.parts if line.status is LineStatus.RECEIVED else dict(line.paid)
    return _with_lines(state, {event.line: replace(line, status=LineStatus.LOST, parts=parts)})


@on(e.LineAssigned)
def _assigned(state: OrderState, event: e.LineAssigned, envelope: Envelope) -> OrderState:
    line = replace(
        state.lines[event.line],
        project_id=event.project_id,
        case_id=event.case_id,
        item=event.item,
        given_on=envelope.occurred_on,
    )
    return _with_lines(state, {event.line: line})


@on(e.LinesKept)
def _kept(state: OrderState, event: e.LinesKept, _: Envelope) -> OrderState:
    kept = {
        number: replace(state.lines[number], status=LineStatus.INVENTORY) for number in event.lines
    }
    return _with_lines(state, kept)
