"""What neither its name nor its day may tell: events that are known outside as something neutral.

That a person was released on a day is judicial, and the name of the event says it before any
field does. Such a type names a *veil* (`class ReleaseRecorded(CaseEvent, stored=…, veil=…)`):
the ledger stores it under the veil's type and step, on the first day of its month, and what it
was, the step, the day and all its fields in one ciphertext of the veil's class. Whoever may not
read that class sees what the veil leaves, and so does everybody once the person's key is
destroyed. The domain's own code has the event as it is.
"""

from collections.abc import Collection
from datetime import date
from typing import Self

from domain.message import Event, FieldClass, Message, Recorded


def outward(cls: type[Event]) -> type[Event]:
    """The type under which events of this one are stored and answered."""
    return cls.veil.event if cls.veil else cls


def month_of(day: date) -> date:
    """The day that stands for a month: its first."""
    return day.replace(day=1)


def outward_day(recorded: Recorded) -> date:
    """The day it happened, as everybody may know it."""
    day = recorded.envelope.occurred_on
    return month_of(day) if recorded.event.veil else day


def veiled(recorded: Recorded) -> Recorded:
    """An event as it is without what is behind its veil, if it has one."""
    veil = recorded.event.veil
    if veil is None:
        return recorded
    envelope = recorded.envelope._replace(
        event_type=veil.event.stored,
        event_version=veil.event.schema_version,
        step=veil.step,
        occurred_on=month_of(recorded.envelope.occurred_on),
        mends=None,
    )
    return Recorded(envelope, veil.event())


def as_seen(recorded: Recorded, allowed: Collection[FieldClass]) -> Recorded:
    """An event as it is for whoever may read these classes."""
    veil = recorded.event.veil
    return recorded if veil is None or veil.mark in allowed else veiled(recorded)


class Veilable(Message):
    """An answer of which a part is behind a veil, by more than the class of a field."""

    def seen_with(self, allowed: Collection[FieldClass]) -> Self:
        """The answer as it is for whoever may read these classes."""
        raise NotImplementedError
