"""The forms of sessions."""

from collections.abc import Mapping

from domain.session.steps import CancelSession, PostponeSession, RecordMinutes, ScheduleSession
from service.console.forms.layout import Layout, When

LAYOUTS: Mapping[str, Layout] = {
    "schedule-session": Layout(
        ScheduleSession,
        ("body", "committee", "region", "meets_on", "occurred_on"),
        breaks=("committee",),
        show_when={
            "committee": When.needed_for("body", "committee"),
            "region": When.needed_for("body", "region"),
        },
    ),
    "postpone-session": Layout(PostponeSession, ("meets_on", "explanation", "occurred_on")),
    "cancel-session": Layout(CancelSession, ("explanation", "occurred_on"), checked=True),
    "record-minutes": Layout(RecordMinutes, ("occurred_on", "minutes")),
}
