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
from service.console.forms.layout import Layout, Source, When

AT_WORK = ("running", "struggling")
"""What stopped earns nothing, and nobody works in it."""

LAYOUTS: Mapping[str, Layout] = {
    "record-visit": Layout(
        RecordVisit,
        (
            "track_id",
            "occurred_on",
            "review",
            "project",
            "items",
            "monthly_income",
            "people_employed",
            "remarks",
        ),
        breaks=("items", "monthly_income"),
        show_when={
            "monthly_income": When.of("project", *AT_WORK),
            "people_employed": When.of("project", *AT_WORK),
        },
        rows_from={"items": Source.ITEMS},
        checked=True,
    ),
    "reschedule-visit": Layout(RescheduleVisit, ("track_id", "review", "due_on", "occurred_on")),
    "raise-problem": Layout(
        RaiseProblem,
        ("track_id", "occurred_on", "kind", "items", "explanation"),
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
        ("track_id", "raised_on", "occurred_on", "items", "amount", "agreement_id", "reference"),
        candidates={"items": Source.ITEMS},
        together={"raised_on": ("number",)},
    ),
    "resolve-problem": Layout(
        ResolveProblem,
        ("track_id", "raised_on", "occurred_on", "explanation"),
        together={"raised_on": ("number",)},
    ),
}
