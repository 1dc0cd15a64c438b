"""When something happened, and since when we know."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.message import Envelope


@dataclass(frozen=True, slots=True)
class Moment:
    """The day of a milestone (`on`) and the instant it was recorded (`known`, UTC)."""

    on: date
    known: datetime


def moment(envelope: Envelope) -> Moment:
    return Moment(envelope.occurred_on, envelope.recorded_at)


def day_of(milestone: Moment | None) -> date | None:
    return milestone.on if milestone else None
