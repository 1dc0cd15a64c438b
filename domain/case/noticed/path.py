"""Who answers a reminder, and when."""

from domain.case.noticed import decide
from domain.case.noticed import events as e
from domain.case.noticed import steps as s
from domain.case.path import AT_WORK, STAFF
from domain.steps.table import Part, row

REMINDERS = Part(
    "reminders",
    (
        row(
            s.AcknowledgeReminder,
            e.ReminderAcknowledged,
            who=STAFF,
            when=AT_WORK,
            by=decide.acknowledge,
        ),
        row(s.SnoozeReminder, e.ReminderSnoozed, who=STAFF, when=AT_WORK, by=decide.snooze),
    ),
)
