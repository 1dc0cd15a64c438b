"""The forms of centres beside their registration."""

from collections.abc import Mapping

from domain.registry.centres.steps import (
    ChangeCatchment,
    CloseCentre,
    CorrectCatchment,
    ReopenCentre,
)
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "close-centre": Layout(CloseCentre, ("centre", "closed_from", "occurred_on"), checked=True),
    "reopen-centre": Layout(ReopenCentre, ("centre", "open_from", "occurred_on"), checked=True),
    "change-catchment": Layout(
        ChangeCatchment, ("centre", "since", "provinces", "occurred_on"), checked=True
    ),
    "correct-catchment": Layout(
        CorrectCatchment,
        ("centre", "mends", "since", "provinces", "explanation", "occurred_on"),
        checked=True,
    ),
}
