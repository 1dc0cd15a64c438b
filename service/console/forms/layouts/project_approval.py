"""The forms of project approval."""

from collections.abc import Mapping

from domain.tracks.self_employment.steps import (
    AllowSecondFunding,
    AppealRejection,
    ChangeProject,
    ConfirmApproval,
    GiveOpinion,
    ProposeProject,
    RecordCoaching,
    RecordDecision,
    RecordStudy,
    ReviseProject,
    SignUndertaking,
    SubmitToSession,
    WithdrawSubmission,
)
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "propose-project": Layout(
        ProposeProject,
        (
            "track_id",
            "items",
            "start_up_cash",
            "premises",
            "permits",
            "address",
            "holder_kind",
            "trade",
            "explanation",
            "occurred_on",
        ),
    ),
    "revise-project": Layout(
        ReviseProject,
        (
            "track_id",
            "items",
            "start_up_cash",
            "premises",
            "permits",
            "address",
            "explanation",
            "occurred_on",
        ),
    ),
    "record-coaching": Layout(RecordCoaching, ("track_id", "provider", "remarks", "occurred_on")),
    "record-study": Layout(
        RecordStudy,
        (
            "track_id",
            "provider",
            "technically_sound",
            "financially_sound",
            "recommended_amount",
            "occurred_on",
        ),
    ),
    "give-opinion": Layout(
        GiveOpinion, ("track_id", "opinion", "reasons", "occurred_on"), checked=True
    ),
    "allow-second-funding": Layout(
        AllowSecondFunding, ("track_id", "source", "explanation", "occurred_on")
    ),
    "submit-to-session": Layout(
        SubmitToSession, ("track_id", "agreement_id", "session_id", "occurred_on")
    ),
    "withdraw-submission": Layout(
        WithdrawSubmission, ("track_id", "agreement_id", "explanation", "occurred_on")
    ),
    "record-decision": Layout(
        RecordDecision,
        (
            "track_id",
            "decision",
            "reason",
            "next_session_on",
            "equipment_amount",
            "cash_grant",
            "reasons",
            "agreement_id",
            "occurred_on",
        ),
        checked=True,
    ),
    "appeal-rejection": Layout(
        AppealRejection, ("track_id", "agreement_id", "session_id", "reasons", "occurred_on")
    ),
    "change-project": Layout(
        ChangeProject,
        (
            "track_id",
            "items",
            "start_up_cash",
            "premises",
            "permits",
            "address",
            "explanation",
            "occurred_on",
        ),
    ),
    "confirm-approval": Layout(
        ConfirmApproval, ("track_id", "explanation", "occurred_on"), checked=True
    ),
    "sign-undertaking": Layout(SignUndertaking, ("track_id", "occurred_on")),
}
