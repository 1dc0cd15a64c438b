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
    RecordConsent,
    RecordContact,
    RecordDeath,
    RenewPause,
    ReopenCase,
    ResumeCase,
)
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "record-contact": Layout(RecordContact, ("channel", "outcome", "note", "occurred_on")),
    "record-attempted-visit": Layout(RecordAttemptedVisit, ("note", "occurred_on")),
    "add-note": Layout(AddNote, ("text", "occurred_on")),
    "exempt-review": Layout(
        ExemptReview, ("review", "because", "until", "explanation", "occurred_on")
    ),
    "clear-exemption": Layout(ClearExemption, ("review", "occurred_on")),
    "pause-case": Layout(PauseCase, ("until", "explanation", "occurred_on")),
    "renew-pause": Layout(RenewPause, ("until", "explanation", "occurred_on")),
    "resume-case": Layout(ResumeCase, ("occurred_on",)),
    "assign-caseworker": Layout(AssignCaseworker, ("caseworker", "occurred_on")),
    "record-consent": Layout(RecordConsent, ("consent", "occurred_on")),
    "record-death": Layout(RecordDeath, ("known_by", "explanation", "occurred_on"), checked=True),
    "close-case": Layout(
        CloseCase,
        ("outcome", "institution", "accepted_on", "explanation", "occurred_on"),
        checked=True,
    ),
    "reopen-case": Layout(ReopenCase, ("explanation", "occurred_on"), checked=True),
}
