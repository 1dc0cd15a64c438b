"""What came in under an agreement and left it, entry by entry: what a correction points at."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class FundsKind(StrEnum):
    """What an entry of an agreement's money says."""

    RECEIVED = "received"
    REPAID = "repaid"
    CARRIED_OUT = "carried_out"
    SHORTFALL = "shortfall"


@dataclass(frozen=True)
class Funds:
    """One entry; the amount in MAD. They are numbered from 1, as they were entered."""

    kind: FundsKind
    amount: Decimal
    on: date
    reference: str | None = None
    tranche: int | None = None
    order_id: UUID | None = None
    """The order whose invoice the funder paid itself: it is corrected there."""
    into: UUID | None = None
    """The agreement into which it was carried over."""
    corrects: int | None = None
    """The entry in whose place it came."""
    reversed: bool = False
    """Whether it was entered wrongly, and undone for that."""
