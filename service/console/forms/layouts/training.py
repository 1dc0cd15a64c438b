"""The forms of training."""

from collections.abc import Mapping

from domain.tracks.self_employment.steps import (
    WaiveTraining,
)
from domain.tracks.training.steps import (
    CompleteTraining,
    DropOutOfTraining,
    EnrolInTraining,
    RecordAttendance,
)
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "enrol-in-training": Layout(
        EnrolInTraining,
        ("track_id", "cohort_id", "trade", "provider", "occurred_on", "planned_end"),
    ),
    "record-attendance": Layout(
        RecordAttendance, ("track_id", "occurred_on", "presence", "explanation")
    ),
    "complete-training": Layout(
        CompleteTraining, ("track_id", "occurred_on", "result", "certificate")
    ),
    "drop-out-of-training": Layout(DropOutOfTraining, ("track_id", "occurred_on", "explanation")),
    "waive-training": Layout(
        WaiveTraining, ("track_id", "occurred_on", "trade", "explanation", "evidence")
    ),
}
