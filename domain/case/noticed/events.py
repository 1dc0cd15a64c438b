"""What is recorded of answers to reminders. A review's name is judicial, as in `ReminderRecorded`."""

from datetime import date

from domain.case.events import CaseEvent
from domain.message import Judicial, Personal


class ReminderAcknowledged(CaseEvent, stored="ReminderAcknowledged"):
    review: Judicial[str] = None
    explanation: Personal[str] = None


class ReminderSnoozed(CaseEvent, stored="ReminderSnoozed"):
    review: Judicial[str] = None
    until: Judicial[date] = None
    explanation: Personal[str] = None
