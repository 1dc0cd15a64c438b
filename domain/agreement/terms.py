"""What an agreement says as its highest-numbered amendment left it, and what was allowed since."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.folds.use import Use
from domain.message import Record
from domain.values.money import NOTHING, Sum


class PlannedTranche(Record):
    """A planned share, which funds received name. It limits nothing: the envelope does."""

    amount: Sum
    people: int
    planned_on: date


@dataclass(frozen=True, slots=True)
class Terms:
    """In force; amounts in MAD."""

    number: int = 0
    """Of the amendment; 0 for the agreement as it was signed."""
    envelope: Decimal = NOTHING
    planned_places: int = 0
    ends_on: date | None = None
    tranches: tuple[PlannedTranche, ...] = ()
    since: tuple[date, int] = (date.min, 0)
    """The day of it, and its version in the stream."""
    entered: Use | None = None
    """Where it stands in the ledger."""


NO_TERMS = Terms()
"""Of what is not signed."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """Places beyond those planned, allowed by two people."""

    places: int
    since: tuple[date, int]
    """The day of it, and its version in the stream."""


def places_allowed(terms: Terms, allowances: tuple[Allowance, ...]) -> int:
    """Beyond those planned: an amendment's places replace what was allowed before it."""
    return sum(each.places for each in allowances if each.since > terms.since)
