"""Money in Moroccan dirham (MAD): decimal, never more than two digits, never negative."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

CENTIME = Decimal("0.01")
NOTHING = Decimal("0.00")


def to_centimes(amount: Decimal) -> Decimal:
    """The same amount written with exactly two digits."""
    return amount.quantize(CENTIME)


def total(amounts: Iterable[Decimal]) -> Decimal:
    return to_centimes(sum(amounts, NOTHING))


Sum = Annotated[Decimal, AfterValidator(to_centimes)]
"""MAD as it was recorded: without a limit."""

Amount = Annotated[
    Decimal,
    Field(ge=0, max_digits=14, decimal_places=2, allow_inf_nan=False, examples=["35000.00"]),
    AfterValidator(to_centimes),
]
"""MAD, zero allowed."""

PositiveAmount = Annotated[
    Decimal,
    Field(gt=0, max_digits=14, decimal_places=2, allow_inf_nan=False, examples=["35000.00"]),
    AfterValidator(to_centimes),
]
"""MAD, more than zero."""
