"""One item of a project: its place in the plan of finance, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from domain.folds.replacing import replace
from domain.folds.use import Use
from domain.project import events as e
from domain.rules import FundingSource
from domain.values.money import CENTIME, NOTHING, total


@dataclass(frozen=True)
class Item:
    """Amounts in MAD, for the whole line and not a piece."""

    quantity: int
    estimated: Decimal
    own_cash: Decimal = NOTHING
    own_in_kind: Decimal = NOTHING
    sources: Mapping[FundingSource, Decimal] = field(default_factory=dict)
    """Who else pays how much of it; empty where all the rest is whose agreement it comes under."""
    order_id: UUID | None = None
    """The order it stands on now."""
    line: int | None = None
    price: Decimal = NOTHING
    """As it was ordered: what the supplier paid back of it since makes the thing no other."""
    parts: Mapping[UUID, Decimal] = field(default_factory=dict)
    """Of the price, by the agreement that pays; the rest is the holder's own."""
    ordered_on: date | None = None
    received_on: date | None = None
    waits_since: date | None = None
    """Since when it is to be ordered: it took another's place then, or its line came to nothing."""
    delivered: bool = False
    serials: tuple[str, ...] = ()
    """What is left of them however they are typed, once it was handed over."""
    back: Use | None = None
    """Where it says that it came back from the holder, or went on to another."""
    back_on: date | None = None
    """The day of that."""
    dropped: bool = False

    @classmethod
    def planned(cls, asked: e.AskedItem) -> "Item":
        return cls(
            quantity=asked.quantity,
            estimated=asked.estimated,
            own_cash=asked.own_cash,
            own_in_kind=asked.own_in_kind,
            sources={part.source: part.amount for part in asked.sources},
        )

    def replanned(self, told: "Item") -> "Item":
        """What became of it, under the plan that is told anew."""
        return replace(
            self,
            quantity=told.quantity,
            estimated=told.estimated,
            own_cash=told.own_cash,
            own_in_kind=told.own_in_kind,
            sources=told.sources,
        )

    @property
    def adds_up(self) -> bool:
        """Whether its parts come to its price."""
        others = total(self.sources.values()) if self.sources else self.asked
        return self.own <= self.estimated and others == self.asked

    @property
    def own(self) -> Decimal:
        return self.own_cash + self.own_in_kind

    @property
    def bought(self) -> Decimal:
        """What of the estimate a supplier is to have."""
        return self.estimated - self.own_in_kind

    @property
    def asked(self) -> Decimal:
        """What of the estimate its funders are asked for."""
        return self.estimated - self.own

    @property
    def funded(self) -> Decimal:
        """What of its price its funders pay."""
        return total(self.parts.values())

    @property
    def own_due(self) -> Decimal:
        """What the holder pays of it: as ordered, else as planned."""
        ordered = self.on_order or self.delivered
        return self.price - self.funded if ordered else self.own_cash

    @property
    def settled(self) -> bool:
        """Whether nothing more is to come of it: handed over, or dropped."""
        return self.delivered or self.dropped

    @property
    def in_hands(self) -> bool:
        """Whether the holder has it."""
        return self.delivered and self.back is None

    def returned(self, back: Use, day: date) -> "Item":
        """From the holder's hands."""
        return replace(self, back=back, back_on=day)

    def in_hands_on(self, day: date) -> bool:
        """As `in_hands`, of somebody who has it or had it until that day."""
        return self.delivered and (self.back_on is None or day <= self.back_on)

    @property
    def on_order(self) -> bool:
        return self.order_id is not None

    def asks(self, source: FundingSource) -> bool:
        """Whether the source is asked for a part of it."""
        return self.asked_of(source) > NOTHING

    def asked_of(self, source: FundingSource) -> Decimal:
        """What of the estimate the source is asked for."""
        return self.sources.get(source, NOTHING) if self.sources else self.asked

    def ordered(self, order_id: UUID, line: e.OrderedItem, day: date) -> "Item":
        parts = {part.agreement_id: part.amount for part in line.parts}
        return replace(
            self, order_id=order_id, line=line.line, price=line.price, parts=parts, ordered_on=day
        )

    def unordered(self, day: date) -> "Item":
        """As before it was ordered: its line came to nothing, or went to somebody else.

        What was handed over keeps its price: so much of it the holder had.
        """
        if self.delivered:
            return replace(self, order_id=None, line=None, ordered_on=None, received_on=None)
        return replace(
            self,
            order_id=None,
            line=None,
            price=NOTHING,
            parts={},
            ordered_on=None,
            received_on=None,
            waits_since=day,
        )


def shared(price: Decimal, planned: Mapping[UUID, Decimal], whole: Decimal) -> dict[UUID, Decimal]:
    """A price no higher than planned, shared among its funders in proportion.

    `planned` is what each is asked for of `whole`; what is left is the holder's own part. The odd
    centime is the first funder's.
    """
    if price >= whole:
        return dict(planned)
    parts = {each: _part(price, part, whole) for each, part in planned.items()}
    own = _part(price, whole - total(planned.values()), whole)
    first = next(iter(parts))
    parts[first] = price - own - total(part for each, part in parts.items() if each != first)
    return parts


def _part(price: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    return (price * part / whole).quantize(CENTIME, ROUND_DOWN)
