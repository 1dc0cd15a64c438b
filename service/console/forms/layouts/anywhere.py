"""The forms of anywhere."""

from collections.abc import Mapping

from domain.case.steps import (
    AddNote,
    AssignCaseworker,
    ClearExemption,
    CloseCase,
    ExemptReview,
    PauseCase,
    RecordAttemptedVisit,
    RecordContact,
    RecordDeath,
    RenewPause,
    ReopenCase,
    ResumeCase,
)
from service.console.forms.layout import Layout, When

LAYOUTS: Mapping[str, Layout] = {
    "record-contact": Layout(
        RecordContact, ("occurred_on", "made_by", "channel", "outcome", "note")
    ),
    "record-attempted-visit": Layout(RecordAttemptedVisit, ("occurred_on", "note")),
    "add-note": Layout(AddNote, ("text", "occurred_on")),
    "exempt-review": Layout(
        ExemptReview,
        ("review", "because", "until", "ground", "explanation", "occurred_on"),
        checked=True,
    ),
    "clear-exemption": Layout(ClearExemption, ("review", "occurred_on")),
    "pause-case": Layout(
        PauseCase, ("occurred_on", "until", "ground", "explanation"), checked=True
    ),
    "renew-pause": Layout(
        RenewPause, ("occurred_on", "until", "ground", "explanation"), checked=True
    ),
    "resume-case": Layout(ResumeCase, ("occurred_on",)),
    "assign-caseworker": Layout(AssignCaseworker, ("caseworker", "occurred_on")),
    "record-death": Layout(RecordDeath, ("occurred_on", "known_by", "explanation"), checked=True),
    "close-case": Layout(
        CloseCase,
        ("occurred_on", "outcome", "institution", "accepted_on", "explanation"),
        breaks=("institution",),
        show_when={
            "institution": When.needed_for("outcome", "transferred"),
            "accepted_on": When.needed_for("outcome", "transferred"),
        },
        checked=True,
    ),
    "reopen-case": Layout(ReopenCase, ("explanation", "occurred_on"), checked=True),
}
