"""Answers to reminders, drawn by chance: of what was due before the day, if anything was."""

from datetime import date, timedelta
from random import Random

from domain.case.noticed.steps import AcknowledgeReminder, SnoozeReminder
from domain.case.reviews import dues
from domain.message import Step
from tests.unit.domain.conftest import House

WHY = "w"


def answered(random: Random, house: House, day: date) -> Step | None:
    due = [each for each in dues(house.case, house.paper.calendar) if each.due_on <= day]
    if not due:
        return None
    key = random.choice(due).key
    if random.random() < 0.5:
        return AcknowledgeReminder(occurred_on=day, review=key, explanation=WHY)
    until = day + timedelta(days=random.choice([1, 7, 14]))
    return SnoozeReminder(occurred_on=day, review=key, until=until, explanation=WHY)
