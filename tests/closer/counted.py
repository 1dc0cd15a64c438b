"""What the oracle counts: orders' lines, approvals, projects, and what an agreement holds.

Amounts in MAD.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from domain.agreement import events as a
from domain.message import Event
from domain.project import events as p

ZERO = Decimal(0)
Sums = dict[UUID, Decimal]
"""By agreement."""
When = tuple[date, int]
"""A day, and of what happened on one day, where it stands in the ledger."""


@dataclass
class Line:
    """One line of an order."""

    project: UUID
    item: int
    parts: Sums
    """What it costs now."""
    ordered: Sums
    """What it cost when it was ordered: what the thing is worth."""
    paid: Sums = field(default_factory=lambda: defaultdict(Decimal))
    refunded: Sums = field(default_factory=lambda: defaultdict(Decimal))
    came: bool = False
    never_came: bool = False
    """It was lost before it came."""
    given_up: Sums = field(default_factory=lambda: defaultdict(Decimal))
    """What of it is owed no more since."""

    def net(self, agreement: UUID) -> Decimal:
        return self.paid[agreement] - self.refunded[agreement]

    def given(self, project: UUID, item: int) -> "Line":
        """The line as another has it: at what it costs now. What was paid back stays behind."""
        parts, net = dict(self.parts), {each: self.net(each) for each in self.paid}
        self.parts = dict.fromkeys(parts, ZERO)
        self.paid = defaultdict(Decimal, self.refunded)
        return Line(project, item, parts, dict(parts), defaultdict(Decimal, net), came=self.came)


@dataclass
class Approval:
    """What one agreement approved for one project."""

    source: str
    equipment: Decimal = ZERO
    cash: Decimal = ZERO
    cash_paid: Decimal = ZERO
    delivered: Decimal = ZERO
    back: Decimal = ZERO
    """What the holder paid back."""
    freed: Decimal = ZERO
    complete: bool = False
    ended: bool = False

    @property
    def takes_place(self) -> bool:
        return not self.ended or self.delivered > ZERO


@dataclass
class Project:
    """What it asks for, and what became of it."""

    asked: dict[int, p.AskedItem]
    approvals: dict[UUID, Approval] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    stands_on: dict[int, Line] = field(default_factory=dict)
    """Item → the line it stands on now."""
    over: set[int] = field(default_factory=set)
    """Items delivered or dropped."""
    cash_dropped: bool = False
    own_paid: Decimal = ZERO
    told: dict[int, Event] = field(default_factory=dict)
    """By its version."""
    handed: dict[int, tuple[Sums, UUID | None]] = field(default_factory=dict)
    """By the version of a handover: what of whose goods, and whose cash, it was."""
    undecided: dict[UUID, Approval] = field(default_factory=dict)
    """What a commit that mends took back, until it is told otherwise."""
    reopened: bool = False
    """Whether it is to be judged anew what is complete."""


class Money(NamedTuple):
    """The numbers of an approval, or the sums of an agreement's."""

    approved: Decimal = ZERO
    freed: Decimal = ZERO
    contracted: Decimal = ZERO
    paid: Decimal = ZERO
    refunded: Decimal = ZERO
    cash_paid: Decimal = ZERO
    delivered: Decimal = ZERO

    @property
    def committed(self) -> Decimal:
        return self.approved - self.freed

    @property
    def spent(self) -> Decimal:
        return self.paid - self.refunded + self.cash_paid

    @property
    def to_come(self) -> Decimal:
        return self.committed - self.spent

    def changed(self, before: "Money", after: "Money") -> "Money":
        """A sum in which one number gave way to another."""
        return Money(*(s - b + a for s, b, a in zip(self, before, after, strict=True)))


@dataclass
class Purse:
    """What an agreement itself says: its terms, and what came and went."""

    terms: list[tuple[int, When, Decimal, int]] = field(default_factory=list)
    """Of each: its number, when it was signed, its envelope and its places."""
    allowed: list[tuple[When, int]] = field(default_factory=list)
    """When, and how many more places."""
    come: Decimal = ZERO
    gone: Decimal = ZERO
    entries: list[a.AgreementEvent] = field(default_factory=list)
    """What came, went or lacks, as it was entered."""

    def enter(self, event: a.AgreementEvent, sign: int) -> None:
        """So much more, or less, came or went by it."""
        match event:
            case a.FundsReceived():
                self.come += sign * event.amount
            case a.FundsRepaid() | a.FundsCarriedOut():
                self.gone += sign * event.amount
            case _:
                pass

    @property
    def envelope(self) -> Decimal:
        return max(self.terms)[2]

    @property
    def places(self) -> int:
        """Those of the highest number, and what was allowed since it was signed."""
        _, signed, _, planned = max(self.terms)
        return planned + sum(more for at, more in self.allowed if at > signed)
