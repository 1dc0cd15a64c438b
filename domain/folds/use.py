"""Where something stands in the ledger, and since when: what a finding says of it."""

from dataclasses import dataclass
from datetime import date

from domain.message import Envelope
from domain.values.calendar import local_date


@dataclass(frozen=True, slots=True)
class Use:
    """A position in the ledger, and the day it was recorded (Casablanca's)."""

    position: int
    known_on: date


@dataclass(frozen=True, slots=True)
class Span:
    """From where something stands in the ledger to where it ended, if it did."""

    begun: Use
    ended: Use | None = None


def use(envelope: Envelope) -> Use:
    return Use(envelope.position, local_date(envelope.recorded_at))
