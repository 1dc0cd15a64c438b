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
from service.console.forms.layout import Layout, Source, When

AN_ITEM = ("label", "quantity", "estimated", "own_cash", "own_in_kind", "sources")
"""What it is comes first."""
BY_SOURCE = {"items.sources": Source.FUNDING_SOURCES}
"""A part of each that could pay; those without a sum pay nothing."""

LAYOUTS: Mapping[str, Layout] = {
    "propose-project": Layout(
        ProposeProject,
        (
            "track_id",
            "occurred_on",
            "trade",
            "explanation",
            "holder_kind",
            "items",
            "start_up_cash",
            "premises",
            "address",
            "permits",
        ),
        breaks=("items", "premises"),
        inside={"items": AN_ITEM},
        rows_from=BY_SOURCE,
    ),
    "revise-project": Layout(
        ReviseProject,
        (
            "track_id",
            "occurred_on",
            "explanation",
            "items",
            "start_up_cash",
            "premises",
            "address",
            "permits",
        ),
        breaks=("items", "premises"),
        inside={"items": AN_ITEM},
        rows_from=BY_SOURCE,
    ),
    "record-coaching": Layout(RecordCoaching, ("track_id", "occurred_on", "provider", "remarks")),
    "record-study": Layout(
        RecordStudy,
        (
            "track_id",
            "occurred_on",
            "provider",
            "technically_sound",
            "financially_sound",
            "recommended_amount",
        ),
    ),
    "give-opinion": Layout(
        GiveOpinion, ("track_id", "occurred_on", "opinion", "reasons"), checked=True
    ),
    "allow-second-funding": Layout(
        AllowSecondFunding, ("track_id", "source", "explanation", "occurred_on"), checked=True
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
            *("track_id", "agreement_id", "decision", "equipment_amount", "cash_grant"),
            *("reason", "next_session_on", "reasons", "occurred_on"),
        ),
        show_when={
            "reason": When.needed_for("decision", "reject"),
            "next_session_on": When.of("decision", "defer"),
            "equipment_amount": When.of("decision", "approve"),
            "cash_grant": When.of("decision", "approve"),
        },
        checked=True,
    ),
    "appeal-rejection": Layout(
        AppealRejection, ("track_id", "agreement_id", "session_id", "reasons", "occurred_on")
    ),
    "change-project": Layout(
        ChangeProject,
        (
            "track_id",
            "occurred_on",
            "explanation",
            "items",
            "start_up_cash",
            "premises",
            "address",
            "permits",
        ),
        breaks=("items", "premises"),
        inside={"items": AN_ITEM},
        rows_from=BY_SOURCE,
    ),
    "confirm-approval": Layout(
        ConfirmApproval, ("track_id", "explanation", "occurred_on"), checked=True
    ),
    "sign-undertaking": Layout(SignUndertaking, ("track_id", "occurred_on")),
}
