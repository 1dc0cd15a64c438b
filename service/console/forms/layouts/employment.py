"""The forms of the employment track."""

from collections.abc import Mapping

from domain.tracks.employment.steps import (
    AnswerApplication,
    EndPlacement,
    RecordApplication,
    RecordHire,
    ReschedulePlacementReview,
    ReviewPlacement,
)
from service.console.forms.layout import Layout, When

OF_THE_EMPLOYER = {
    "company": When.needed_for("employer", "partner"),
    "employer_name": When.of("employer", "other", "self_found"),
}

LAYOUTS: Mapping[str, Layout] = {
    "record-application": Layout(
        RecordApplication,
        (
            *("track_id", "occurred_on", "employer", "company", "employer_name"),
            *("trade", "employer_told"),
        ),
        show_when=OF_THE_EMPLOYER,
    ),
    "answer-application": Layout(
        AnswerApplication, ("track_id", "application_id", "answer", "occurred_on", "explanation")
    ),
    "record-hire": Layout(
        RecordHire,
        (
            *("track_id", "occurred_on", "employer", "company", "employer_name"),
            *("contract_kind", "trade", "employer_told"),
        ),
        show_when=OF_THE_EMPLOYER,
    ),
    "review-placement": Layout(
        ReviewPlacement,
        ("track_id", "occurred_on", "review", "found", "heard_from", "remarks"),
    ),
    "reschedule-placement-review": Layout(
        ReschedulePlacementReview, ("track_id", "review", "due_on", "occurred_on")
    ),
    "end-placement": Layout(
        EndPlacement, ("track_id", "occurred_on", "end_reason", "explanation"), checked=True
    ),
}
