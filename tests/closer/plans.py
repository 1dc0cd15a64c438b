"""What a project asks for: drawn by chance, or made of what it asked for before."""

from collections.abc import Iterable
from decimal import Decimal
from random import Random

from domain.project.item import Item
from domain.project.items import ItemEstimate, SourceShare
from domain.rules import FundingSource
from domain.values.money import CENTIME, NOTHING

SOURCES = (FundingSource.INDH_PRECARIOUS, FundingSource.SPECIAL, FundingSource.FOUNDATION)


def drawn(random: Random) -> tuple[ItemEstimate, ...]:
    return tuple(_item(random) for _ in range(random.randint(1, 4)))


def _item(random: Random) -> ItemEstimate:
    """At times with a part of one's own, or paid by two sources."""
    price = Decimal(random.randint(30_000, 1_200_000)) / 100
    if random.random() < 0.7:
        own = random.choice([Decimal(0), Decimal(0), Decimal(100)])
        in_kind = random.choice([Decimal(0), Decimal(0), Decimal(0), Decimal(50)])
        return ItemEstimate(label="a thing", estimated=price, own_cash=own, own_in_kind=in_kind)
    one, other = random.sample(SOURCES, 2)
    third = (price / 3).quantize(CENTIME)
    shares = (
        SourceShare(source=one, amount=third),
        SourceShare(source=other, amount=price - third),
    )
    return ItemEstimate(label="a thing", estimated=price, sources=shares)


def again(items: Iterable[Item], random: Random) -> tuple[ItemEstimate, ...]:
    """The same things, at times for less or more, or one of them less."""
    factor = random.choice(
        [Decimal(1), Decimal(1), Decimal("0.95"), Decimal("0.8"), Decimal("1.2")]
    )
    kept = [item for item in items if not item.dropped]
    if len(kept) > 1 and random.random() < 0.3:
        kept.pop()
    return tuple(another(item, factor) for item in kept) or drawn(random)


def another(item: Item, factor: Decimal) -> ItemEstimate:
    """A thing in its place, of which its funders pay so much of what they were to pay."""
    shares = {source: _cut(amount, factor) for source, amount in item.sources.items()}
    asked = sum(shares.values(), NOTHING) if shares else _cut(item.asked, factor)
    return ItemEstimate(
        label="another thing",
        estimated=asked + item.own,
        own_cash=item.own_cash,
        own_in_kind=item.own_in_kind,
        sources=tuple(SourceShare(source=each, amount=part) for each, part in shares.items()),
    )


def _cut(amount: Decimal, factor: Decimal) -> Decimal:
    return max(CENTIME, (amount * factor).quantize(CENTIME)) if amount else amount
