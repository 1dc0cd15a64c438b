"""What was said of a review when it fell due: whom it went to, and when."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, NamedTuple
from uuid import UUID

from domain.message import FieldClass


class Reminded(NamedTuple):
    """The last reminder of a review, or of one that stayed undone."""

    due_on: date
    """The day it was due then; it may have moved since."""
    at: datetime
    """When it was recorded (UTC)."""
    position: int
    level: int
    to: tuple[UUID, ...]
    missed: bool
    """It had fallen due before it was first known of: nobody was told."""


Reminders = Annotated[Mapping[str, Reminded], FieldClass.JUDICIAL]
"""By the review's name: an escalation has one of its own."""


def reminders_of(
    reviews: Iterator[tuple[str, date]], reminders: Mapping[str, Reminded]
) -> Iterator[Reminded]:
    """Those that were told of these reviews as they fall due now."""
    for key, due_on in reviews:
        found = reminders.get(key)
        if found is not None and found.due_on == due_on and not found.missed:
            yield found
