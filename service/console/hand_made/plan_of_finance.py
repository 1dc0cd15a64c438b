"""A plan of finance as far as it is told: who pays what of each item, and what does not agree.

Amounts are in MAD. What cannot be read counts as nothing here; the form complains of it by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from domain.rules import FundingSource, HolderKind
from domain.rules.shape import Ceiling
from domain.values.money import NOTHING, to_centimes, total
from service.console.forms import typed as as_typed
from service.console.forms.answers import row_numbers

Ceilings = Mapping[FundingSource, Mapping[HolderKind, Ceiling]]


@dataclass(frozen=True, slots=True)
class Line:
    """One item, and who is to pay what of it."""

    number: int
    label: str = ""
    quantity: int = 1
    price: Decimal = NOTHING
    own_cash: Decimal = NOTHING
    own_in_kind: Decimal = NOTHING
    shares: Mapping[FundingSource, Decimal] = field(default_factory=dict)
    """By the source; none where one agreement pays all the rest."""

    @property
    def own(self) -> Decimal:
        return self.own_cash + self.own_in_kind

    @property
    def asked(self) -> Decimal:
        """What the holder does not bring."""
        return max(self.price - self.own, NOTHING)

    @property
    def open(self) -> Decimal:
        """What no source is named for: whose agreement it comes under pays it."""
        return NOTHING if self.shares else self.asked

    @property
    def too_much(self) -> Decimal:
        """By so much the parts are more than the price."""
        return max(self.own + total(self.shares.values()) - self.price, NOTHING)

    @property
    def too_little(self) -> Decimal:
        """By so much the parts that are named are less than the price."""
        if not self.shares:
            return NOTHING
        return max(self.price - self.own - total(self.shares.values()), NOTHING)

    @property
    def agrees(self) -> bool:
        return self.too_much == self.too_little == NOTHING

    def share(self, source: FundingSource) -> Decimal:
        return self.shares.get(source, NOTHING)


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that a source pays for a project of this cost, and what it is asked for."""

    source: FundingSource
    ceiling: Ceiling
    cost: Decimal
    """Of the items, and the cash to begin with."""
    asked: Decimal
    own: Decimal
    in_kind: Decimal
    named: bool
    """Whether the plan names it; else only the rest could come under it."""

    @property
    def percent(self) -> int:
        return int(self.ceiling.share * 100)

    @property
    def in_kind_percent(self) -> int:
        return int(self.ceiling.own_part_in_kind * 100)

    @property
    def most(self) -> Decimal:
        return self.ceiling.most(self.cost)

    @property
    def over(self) -> Decimal:
        return max(self.asked - self.most, NOTHING)

    @property
    def most_in_kind(self) -> Decimal:
        return to_centimes(self.own * self.ceiling.own_part_in_kind)

    @property
    def over_in_kind(self) -> Decimal:
        return max(self.in_kind - self.most_in_kind, NOTHING)

    @property
    def holds(self) -> bool:
        return self.over == self.over_in_kind == NOTHING


@dataclass(frozen=True, slots=True)
class Plan:
    """Its items, and the cash to begin with."""

    lines: tuple[Line, ...] = ()
    start_up_cash: Decimal = NOTHING

    @property
    def cost(self) -> Decimal:
        """Of the items."""
        return total(each.price for each in self.lines)

    @property
    def whole(self) -> Decimal:
        return self.cost + self.start_up_cash

    @property
    def own_cash(self) -> Decimal:
        return total(each.own_cash for each in self.lines)

    @property
    def own_in_kind(self) -> Decimal:
        return total(each.own_in_kind for each in self.lines)

    @property
    def own(self) -> Decimal:
        return self.own_cash + self.own_in_kind

    @property
    def open(self) -> Decimal:
        return total(each.open for each in self.lines)

    @property
    def asked(self) -> Decimal:
        """Of others, with the cash to begin with."""
        return total(each.asked for each in self.lines) + self.start_up_cash

    @property
    def payers(self) -> tuple[FundingSource, ...]:
        """Who is named, in the sources' order."""
        named = {source for each in self.lines for source in each.shares}
        return tuple(each for each in FundingSource if each in named)

    def of(self, source: FundingSource) -> Decimal:
        return total(each.share(source) for each in self.lines)

    def limits(self, ceilings: Ceilings, holder: HolderKind) -> Iterator[Limit]:
        """Of each source that has a ceiling, and pays or could: nobody named, or something open.

        The cash to begin with is counted where nobody else is there to give it.
        """
        alone = len(self.payers) < 2  # noqa: PLR2004 (two to choose between)
        cash = self.start_up_cash if alone else NOTHING
        for source, by_holder in ceilings.items():
            named = source in self.payers
            if holder in by_holder and (named or self.open > NOTHING):
                asked = self.of(source) + self.open + cash
                yield Limit(
                    *(source, by_holder[holder], self.whole, asked),
                    *(self.own, self.own_in_kind, named),
                )


def plan_typed(typed: Mapping[str, str]) -> Plan:
    """As a form has it so far."""
    lines = tuple(_line(typed, row) for row in row_numbers(typed, "items"))
    return Plan(lines, _amount(typed, "start_up_cash"))


def _line(typed: Mapping[str, str], row: int) -> Line:
    at = f"items.{row}"
    shares = {each: _amount(typed, f"{at}.sources.{each}.amount") for each in FundingSource}
    return Line(
        number=row + 1,
        label=typed.get(f"{at}.label", "").strip(),
        quantity=int(as_typed.number(typed.get(f"{at}.quantity", "")) or 1),
        price=_amount(typed, f"{at}.estimated"),
        own_cash=_amount(typed, f"{at}.own_cash"),
        own_in_kind=_amount(typed, f"{at}.own_in_kind"),
        shares={each: amount for each, amount in shares.items() if amount > NOTHING},
    )


def _amount(typed: Mapping[str, str], name: str) -> Decimal:
    read = as_typed.amount(typed.get(name, ""))
    return NOTHING if read is None else to_centimes(Decimal(read))
