"""The money of an approval: what an agreement approved for one project, and what became of it.

The formulas stand here alone. The sum of several approvals has the same ones.
"""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.folds.replacing import replace
from domain.values.money import NOTHING


@dataclass(frozen=True)
class Money:
    """Amounts in MAD; each grows only, but for `contracted` and `paid`, and by a correction."""

    equipment: Decimal = NOTHING
    """Approved for items."""
    cash: Decimal = NOTHING
    """Approved as the cash grant."""
    freed: Decimal = NOTHING
    contracted: Decimal = NOTHING
    """The agreement's part of what is on order, or was delivered."""
    paid: Decimal = NOTHING
    """To suppliers, without payments that were reversed."""
    refunded: Decimal = NOTHING
    """By suppliers, whose price is contracted no more by so much, and by holders."""
    recovered: Decimal = NOTHING
    """Of what was refunded, the holder's: for goods and cash that were handed over."""
    cash_paid: Decimal = NOTHING
    delivered: Decimal = NOTHING
    """Goods and cash handed over."""

    @property
    def approved(self) -> Decimal:
        return self.equipment + self.cash

    @property
    def committed(self) -> Decimal:
        return self.approved - self.freed

    @property
    def spent(self) -> Decimal:
        return self.paid - self.refunded + self.cash_paid

    @property
    def to_come(self) -> Decimal:
        return self.committed - self.spent

    @property
    def bound(self) -> Decimal:
        """What stays of it when nothing more is ordered or given."""
        return self.contracted + self.cash_paid - self.recovered

    @property
    def recoverable(self) -> Decimal:
        """What the holder may still pay back: no more than they were handed, and than it cost."""
        return max(NOTHING, min(self.delivered - self.recovered, self.bound))

    @property
    def unbound(self) -> Decimal:
        """What is freed when nothing more will be ordered or given."""
        return self.committed - self.bound

    @property
    def orderable(self) -> Decimal:
        """What more may be ordered of it."""
        return self.equipment - self.contracted

    @property
    def cash_left(self) -> Decimal:
        return self.cash - self.cash_paid

    def moved(self, **by: Decimal) -> "Money":
        """With each of these so much larger."""
        return replace(self, **{name: getattr(self, name) + more for name, more in by.items()})


NO_MONEY = Money()


@dataclass(frozen=True)
class Approval:
    """One project's, under an agreement."""

    case_id: UUID | None = None
    money: Money = NO_MONEY
    settled: bool = False
    """Whether nothing more is to be ordered or given: complete, or ended. What is contracted or
    spent less from then on is freed."""
    ended: bool = False

    @property
    def takes_place(self) -> bool:
        """Whether its holder has one of the agreement's places."""
        return not self.ended or self.money.delivered > NOTHING
