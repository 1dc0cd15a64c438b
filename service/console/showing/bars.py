"""Sums as bars on one scale: what each row holds, and what is left of the row before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.values.money import NOTHING
from projections.views.agreements import AgreementRow

WHOLE = Decimal(100)
SEEN = Decimal("0.8")
"""Percent: a sum that is not nothing is never drawn thinner."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its sum (MAD), and where it stands on the scale, in percent from its start."""

    name: str
    """Of the words of pages, after `sum_`."""
    amount: Decimal
    start: Decimal
    width: Decimal
    kind: str
    """`whole`, `less`, `left`, or `part`."""
    lines: str = ""
    """Where what it sums up stands, line by line: an address, or a place on the same page."""


def _at(amount: Decimal, scale: Decimal) -> Decimal:
    if scale <= NOTHING:
        return NOTHING
    found = max(NOTHING, min(WHOLE, amount * WHOLE / scale))
    return found.quantize(Decimal("0.1"))


def _bar(name: str, amount: Decimal, before: Decimal, scale: Decimal, kind: str) -> Bar:
    start, width = _at(before, scale), _at(amount, scale)
    if amount > NOTHING:
        width = max(width, SEEN)
    return Bar(name, amount, min(start, WHOLE - width), width, kind)


def falling(
    whole: tuple[str, Decimal], less: Sequence[tuple[str, Decimal]], left: str
) -> list[Bar]:
    """What there is, what goes off it step by step, and what is left. Steps of nothing are left out."""
    name, there = whole
    bars, rest = [_bar(name, there, NOTHING, there, "whole")], there
    for each, amount in less:
        if amount != NOTHING:
            rest -= amount
            bars.append(_bar(each, amount, rest, there, "less"))
    return [*bars, _bar(left, rest, NOTHING, there, "left")]


def beside(rows: Sequence[tuple[str, Decimal]], scale: Decimal) -> list[Bar]:
    """Sums that each stand at the start of one scale."""
    return [_bar(name, amount, NOTHING, scale, "part") for name, amount in rows]


LINES: Mapping[str, str] = {
    "envelope": "#terms",
    "committed": "#projects",
    "contracted": "/orders?agreement={}",
    "spent": "/orders?agreement={}",
    "delivered": "#ceremonies",
    "received": "#funds",
    "repaid": "#funds",
    "carried_out": "#funds",
    "carried_in": "/agreements/{}/history",
}
"""By the name of a sum; what is left over is in no lines."""


def bars_of(it: AgreementRow) -> Iterator[tuple[str, list[Bar]]]:
    """An agreement's money, each sum with where its lines are."""
    for name, rows in _sums_of(it):
        yield name, [replace(each, lines=_lines(each.name, it)) for each in rows]


def _lines(name: str, it: AgreementRow) -> str:
    return LINES.get(name, "").format(it.agreement_id)


def _sums_of(it: AgreementRow) -> Iterator[tuple[str, list[Bar]]]:
    """What is left of the envelope; how far what is committed has come; and what came in beside
    where it is.
    """
    gone = [("committed", it.committed), ("repaid", it.repaid), ("carried_out", it.carried_out)]
    yield "left", falling(("envelope", it.envelope), gone, "room")
    way = [("committed", it.committed), ("contracted", it.contracted), ("spent", it.spent)]
    yield "way", beside([*way, ("delivered", it.delivered)], it.envelope)
    come = [("received", it.received), ("carried_in", it.carried_in)]
    went = [("spent", it.spent), ("repaid", it.repaid), ("carried_out", it.carried_out)]
    rows = [each for each in (*come, *went) if each[1] != NOTHING]
    scale = max(it.received + it.carried_in, it.spent + it.repaid + it.carried_out)
    yield "hand", beside([*rows, ("in_hand", it.in_hand)], scale)
