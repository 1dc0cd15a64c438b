"""The forms of ceremonies."""

from collections.abc import Mapping

from domain.ceremony.steps import (
    CancelCeremony,
    PostponeCeremony,
    RecordCeremonyHeld,
    ScheduleCeremony,
)
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "schedule-ceremony": Layout(
        ScheduleCeremony,
        ("held_on", "province", "city", "site", "site_name", "presided_by", "occurred_on"),
    ),
    "postpone-ceremony": Layout(PostponeCeremony, ("held_on", "explanation", "occurred_on")),
    "cancel-ceremony": Layout(CancelCeremony, ("explanation", "occurred_on"), checked=True),
    "record-ceremony-held": Layout(
        RecordCeremonyHeld, ("occurred_on", "attended", "absent", "later"), checked=True
    ),
}
