"""Money in Moroccan dirham (MAD): decimal, never more than two digits, never negative.

Nor is it written otherwise than in figures: no sign, no exponent, nothing that is no number.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from domain.errors import Unfit

CENTIME = Decimal("0.01")
NOTHING = Decimal("0.00")
WRITTEN = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?", re.ASCII)
MINUS_NOTHING = re.compile(r"-[0.]+")
THOUSANDTHS = re.compile(r"[^.]+\.[0-9]{2,}0")
"""`1.500` is a thousand and a half to who writes thousands with a point."""


def to_centimes(amount: Decimal) -> Decimal:
    """The same amount written with exactly two digits."""
    return amount.quantize(CENTIME)


def total(amounts: Iterable[Decimal]) -> Decimal:
    return to_centimes(sum(amounts, NOTHING))


def _as_written(value: Any) -> Any:
    """An amount from figures, or from a number that is written in figures."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise Unfit("amount")
    written = str(value)
    odd = MINUS_NOTHING.fullmatch(written) or THOUSANDTHS.fullmatch(written)
    if odd or WRITTEN.fullmatch(written) is None:
        raise Unfit("amount")
    return Decimal(written)


Sum = Annotated[Decimal, AfterValidator(to_centimes)]
"""MAD as it was recorded: without a limit."""

Amount = Annotated[
    Decimal,
    Field(ge=0, max_digits=14, decimal_places=2, allow_inf_nan=False, examples=["35000.00"]),
    BeforeValidator(_as_written),
    AfterValidator(to_centimes),
]
"""MAD, zero allowed."""

PositiveAmount = Annotated[
    Decimal,
    Field(gt=0, max_digits=14, decimal_places=2, allow_inf_nan=False, examples=["35000.00"]),
    BeforeValidator(_as_written),
    AfterValidator(to_centimes),
]
"""MAD, more than zero."""
