"""The forms of training."""

from collections.abc import Mapping

from domain.tracks.self_employment.steps import (
    CompleteTraining,
    DropOutOfTraining,
    EnrolInTraining,
    WaiveTraining,
)
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "enrol-in-training": Layout(
        EnrolInTraining, ("track_id", "trade", "provider", "planned_end", "occurred_on")
    ),
    "complete-training": Layout(
        CompleteTraining, ("track_id", "result", "certificate", "occurred_on")
    ),
    "drop-out-of-training": Layout(DropOutOfTraining, ("track_id", "explanation", "occurred_on")),
    "waive-training": Layout(
        WaiveTraining, ("track_id", "trade", "explanation", "evidence", "occurred_on")
    ),
}
