"""The forms of follow up."""

from collections.abc import Mapping

from domain.tracks.self_employment.steps import (
    DecideProblem,
    RaiseProblem,
    RecordRecovery,
    RecordVisit,
    RescheduleVisit,
    ResolveProblem,
)
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "record-visit": Layout(
        RecordVisit,
        (
            "track_id",
            "review",
            "project",
            "items",
            "monthly_income",
            "people_employed",
            "remarks",
            "occurred_on",
        ),
        rows_from={"items": Source.ITEMS},
    ),
    "reschedule-visit": Layout(RescheduleVisit, ("track_id", "review", "due_on", "occurred_on")),
    "raise-problem": Layout(
        RaiseProblem,
        ("track_id", "kind", "items", "explanation", "occurred_on"),
        candidates={"items": Source.ITEMS},
    ),
    "decide-problem": Layout(
        DecideProblem,
        ("track_id", "raised_on", "decision", "explanation", "occurred_on"),
        together={"raised_on": ("number",)},
        checked=True,
    ),
    "record-recovery": Layout(
        RecordRecovery,
        ("track_id", "items", "amount", "agreement_id", "reference", "raised_on", "occurred_on"),
        together={"raised_on": ("number",)},
        candidates={"items": Source.ITEMS},
    ),
    "resolve-problem": Layout(
        ResolveProblem,
        ("track_id", "raised_on", "explanation", "occurred_on"),
        together={"raised_on": ("number",)},
    ),
}
