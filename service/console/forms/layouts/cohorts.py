"""The forms of cohorts."""

from collections.abc import Mapping

from domain.cohort.steps import (
    CancelCohort,
    ChangeCohortPlaces,
    EndCohort,
    MoveCohort,
    PlanCohort,
    VacatePlace,
)
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "plan-cohort": Layout(
        PlanCohort,
        (
            *("provider", "trade", "starts_on", "ends_on", "places"),
            *("timetable", "shared", "occurred_on"),
        ),
    ),
    "move-cohort": Layout(MoveCohort, ("starts_on", "ends_on", "explanation", "occurred_on")),
    "change-cohort-places": Layout(ChangeCohortPlaces, ("places", "explanation", "occurred_on")),
    "vacate-place": Layout(
        VacatePlace, ("case_id", "occurred_on"), candidates={"case_id": Source.IN_THE_COHORT}
    ),
    "cancel-cohort": Layout(CancelCohort, ("explanation", "occurred_on"), checked=True),
    "end-cohort": Layout(EndCohort, ("occurred_on",)),
}
