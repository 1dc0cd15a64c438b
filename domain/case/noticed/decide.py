"""The rules of answers to reminders: to what fell due, and how long one may wait."""

from domain.case.noticed import events as e
from domain.case.noticed import steps as s
from domain.case.noticed.state import UNNOTICED
from domain.case.noticed.told import undone
from domain.case.reviewing import outstanding
from domain.case.rolling import standing_name
from domain.case.schedule import Due
from domain.errors import Refused
from domain.message import Event
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.values.calendar import DAY


def acknowledge(world: World, step: s.AcknowledgeReminder, ctx: Context) -> Event:
    due = _fallen_due(world, step, ctx)
    noticed = world.then.noticed.get(due.key, UNNOTICED)
    if (on := noticed.acknowledged_of(due.due_on)) is not None:
        raise Refused("reminder_acknowledged", date=str(on))
    return echo(e.ReminderAcknowledged, step, review=due.key)


def snooze(world: World, step: s.SnoozeReminder, ctx: Context) -> Event:
    """Reminded again after the step's day, and not too long after; nor more often than the rules say."""
    due, rules = _fallen_due(world, step, ctx), world.case.rules
    not_before(step.until, step.occurred_on + DAY)
    latest = step.occurred_on + rules.snooze_days * DAY
    if step.until > latest:
        raise Refused("snooze_too_long", latest=str(latest))
    if len(world.case.noticed.get(due.key, UNNOTICED).snoozes) >= rules.snooze_times:
        raise Refused("snoozed_enough", times=rules.snooze_times)
    return echo(e.ReminderSnoozed, step, review=due.key)


def _fallen_due(world: World, step: s.AnsweredReminder, ctx: Context) -> Due:
    """The review that is meant, as it was due on the step's day: before it nobody was reminded."""
    review = undone(step.review)
    due = outstanding(world.then, review, step.occurred_on, ctx)
    if standing_name(world.then, review) != review:
        raise Refused("review_not_outstanding", review=review)
    if step.occurred_on < due.due_on:
        raise Refused("reminder_not_due", earliest=str(due.due_on))
    return due
