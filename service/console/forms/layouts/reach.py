"""The forms of how staff are reached."""

from collections.abc import Mapping

from domain.staff.reach.steps import ChangeReach, EndReach
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "change-reach": Layout(
        ChangeReach,
        ("language", "channels", "email", "telephone", "daily_digest", "occurred_on"),
    ),
    "end-reach": Layout(EndReach, ("staff_id", "occurred_on"), checked=True),
}
