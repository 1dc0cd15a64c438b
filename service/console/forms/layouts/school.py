"""The forms of schooling."""

from collections.abc import Mapping

from domain.tracks.schooling.steps import (
    ChangeSchool,
    EnrolAtSchool,
    GiveLearningKit,
    LeaveSchool,
    RecordSchoolResult,
)
from service.console.forms.layout import Layout, When

LAYOUTS: Mapping[str, Layout] = {
    "enrol-at-school": Layout(
        EnrolAtSchool, ("track_id", "school_year", "level", "school", "occurred_on")
    ),
    "change-school": Layout(
        ChangeSchool, ("track_id", "school_year", "occurred_on", "school", "explanation")
    ),
    "record-school-result": Layout(
        RecordSchoolResult,
        ("track_id", "school_year", "occurred_on", "result", "diploma"),
        show_when={"diploma": When.of("result", "passed")},
    ),
    "leave-school": Layout(
        LeaveSchool,
        ("track_id", "school_year", "occurred_on", "because", "explanation"),
        checked=True,
    ),
    "give-learning-kit": Layout(
        GiveLearningKit, ("track_id", "kit", "serial", "occurred_on", "signed_by", "explanation")
    ),
}
