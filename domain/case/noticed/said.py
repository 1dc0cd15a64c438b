"""What was said to the reminder of a review that is outstanding, as people are shown it."""

from datetime import date
from typing import TypedDict

from domain.case.noticed.state import UNNOTICED
from domain.case.schedule import Due
from domain.case.state import CaseState


class Said(TypedDict):
    """Of one review; nothing of what was said before its day moved."""

    acknowledged_on: date | None
    snoozed_until: date | None
    """The day on which the reminder comes again, or came."""
    snoozes_left: int
    """How often it may still be put off."""


def said_to(due: Due, state: CaseState) -> Said:
    noticed = state.noticed.get(due.key, UNNOTICED)
    snooze = noticed.snoozed
    until = snooze.until if snooze is not None and due.due_on < snooze.until else None
    return Said(
        acknowledged_on=noticed.acknowledged_of(due.due_on),
        snoozed_until=until,
        snoozes_left=max(state.rules.snooze_times - len(noticed.snoozes), 0),
    )
