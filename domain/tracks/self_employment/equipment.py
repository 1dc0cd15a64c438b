"""What became of the items and the cash that a track's project was approved for, by their numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from domain.folds.replacing import replace
from domain.values.money import NOTHING


@dataclass(frozen=True)
class Equipment:
    """The items that somebody else is asked to pay for; the cash grant in MAD."""

    asked: frozenset[int] = frozenset()
    ordered: frozenset[int] = frozenset()
    received: frozenset[int] = frozenset()
    handed: frozenset[int] = frozenset()
    dropped: frozenset[int] = frozenset()
    granted: Decimal = NOTHING
    paid: Decimal = NOTHING
    cash_dropped: bool = False

    @property
    def wanted(self) -> frozenset[int]:
        """What was asked for, and is wanted still."""
        return self.asked - self.dropped

    @property
    def to_order(self) -> frozenset[int]:
        return self.wanted - self.ordered - self.handed

    @property
    def to_receive(self) -> frozenset[int]:
        return (self.wanted & self.ordered) - self.received - self.handed

    @property
    def ready(self) -> frozenset[int]:
        """What came in and is to be handed over."""
        return (self.wanted & self.received) - self.handed

    @property
    def can_hand_over(self) -> bool:
        """Whether anything can be: what came in, or the cash where no item is wanted any more."""
        return bool(self.ready) or bool(self.handed) or self.wanted <= self.handed

    @property
    def complete(self) -> bool:
        """Whether all of it was handed over or dropped, the cash too."""
        return self.wanted <= self.handed and not self.cash_left

    @property
    def cash_left(self) -> bool:
        """Whether some of the grant is still to be handed over."""
        return not self.cash_dropped and self.paid < self.granted

    def order(self, items: Iterable[int]) -> "Equipment":
        return replace(self, ordered=self.ordered | frozenset(items))

    def receive(self, items: Iterable[int]) -> "Equipment":
        return replace(self, received=self.received | frozenset(items))

    def unorder(self, items: Iterable[int]) -> "Equipment":
        """As before they were ordered."""
        gone = frozenset(items)
        return replace(self, ordered=self.ordered - gone, received=self.received - gone)

    def drop(self, items: Iterable[int], *, cash: bool) -> "Equipment":
        return replace(
            self,
            dropped=self.dropped | frozenset(items),
            cash_dropped=self.cash_dropped or cash,
        )

    def swap(self, item: int, number: int) -> "Equipment":
        """Another one asked for in an item's place."""
        return replace(self.drop((item,), cash=False), asked=self.asked | {number})

    def hand_over(self, items: Iterable[int], cash: Decimal) -> "Equipment":
        return replace(self, handed=self.handed | frozenset(items), paid=self.paid + cash)


UNTOUCHED = Equipment()
