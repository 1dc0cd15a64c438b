"""The forms of the vocational training track, before the training."""

from collections.abc import Mapping

from domain.tracks.vocational_training.steps import ApplyForTraining, RecordRefusedAdmission
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "apply-for-training": Layout(
        ApplyForTraining, ("track_id", "occurred_on", "trade", "provider")
    ),
    "record-refused-admission": Layout(
        RecordRefusedAdmission, ("track_id", "occurred_on", "because", "explanation")
    ),
}
