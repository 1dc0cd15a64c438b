"""The forms of answers to reminders."""

from collections.abc import Mapping

from domain.case.noticed.steps import AcknowledgeReminder, SnoozeReminder
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "acknowledge-reminder": Layout(AcknowledgeReminder, ("review", "explanation", "occurred_on")),
    "snooze-reminder": Layout(SnoozeReminder, ("review", "until", "explanation", "occurred_on")),
}
