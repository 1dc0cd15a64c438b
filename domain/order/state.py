"""An order and its lines, with what was paid of them and paid back."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.asking.waiting import Requests
from domain.folds.replacing import replace
from domain.folds.use import Use
from domain.order.vocabulary import IncidentKind, LineStatus
from domain.papers.state import Papers
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
    given_up: Parts = field(default_factory=dict)
    """What was owed of it no more once it was lost before it came."""
    status: LineStatus = LineStatus.ORDERED
    received_on: date | None = None
    given_on: date | None = None
    """The day it went to another holder, out of the stock."""

    @property
    def never_came(self) -> bool:
        """Whether it was lost before it came: no more of it is owed than was paid."""
        return self.status is LineStatus.LOST and self.received_on is None

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
    by_funder: bool = False
    undone: Use | None = None
    """Where it says that nothing was paid by it after all."""
    reversed: bool = False
    """Whether it was entered wrongly, and undone for that."""
    corrects: int | None = None
    """The payment in whose place it was entered."""

    @property
    def cancelled(self) -> bool:
        """Whether its cheque was, before it was cashed."""
        return self.undone is not None and not self.reversed

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
    projects: Mapping[int, UUID]
    """Whose each line was then."""
    reversed: bool = False
    """Whether it was entered wrongly, and undone for that."""

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
    papers: Papers = field(default_factory=dict)
    centre: str | None = None
    """Whose it is: the centre that placed it. None: the division's own."""
    supplier: str | None = None
    contract: str | None = None
    begun_on: date | None = None
    """The day it was placed."""
    lines: Mapping[int, Line] = field(default_factory=dict)
    payments: Mapping[int, Payment] = field(default_factory=dict)
    refunds: Mapping[int, Refund] = field(default_factory=dict)
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
        return (each for each in self.payments.values() if each.undone is None)

    @property
    def paid(self) -> Decimal:
        return total(paid for line in self.lines.values() for paid in line.paid.values())

    @property
    def price(self) -> Decimal:
        """What it costs its funders now."""
        return total(part for line in self.lines.values() for part in line.parts.values())

    def refunded(self, line: int, agreement_id: UUID) -> Decimal:
        """What of a line the supplier paid back under an agreement (MAD)."""
        return total(
            each.lines.get(line, NOTHING)
            for each in self.refunds.values()
            if each.agreement_id == agreement_id and not each.reversed
        )

    def only(self, lines: Collection[int]) -> "OrderState":
        """What it is of these lines: they, what was paid of them, and what went wrong with them."""
        payments = {number: each.only(lines) for number, each in self.payments.items()}
        incidents = {number: each.only(lines) for number, each in self.incidents.items()}
        refunds = {number: each.only(lines) for number, each in self.refunds.items()}
        return replace(
            self,
            lines={number: line for number, line in self.lines.items() if number in lines},
            payments={number: each for number, each in payments.items() if each.lines},
            refunds={number: each for number, each in refunds.items() if each.lines},
            incidents={number: each for number, each in incidents.items() if each.lines},
            requests={
                name: asked
                for name, asked in self.requests.items()
                if getattr(asked.what, "line", None) in lines
            },
        )
