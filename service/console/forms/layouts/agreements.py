"""The forms of agreements."""

from collections.abc import Mapping

from domain.agreement.steps import (
    AllowMorePlaces,
    AmendAgreement,
    CarryFundsOver,
    CloseAgreement,
    ConfirmAgreementRequest,
    CorrectFunds,
    DeclareShortfall,
    RecordFundsReceived,
    RefuseAgreementRequest,
    ReopenAgreement,
    RepayFunds,
    ReverseFunds,
    SignAgreement,
)
from service.console.forms.layout import Layout, When

LAYOUTS: Mapping[str, Layout] = {
    "sign-agreement": Layout(
        SignAgreement,
        (
            "parties",
            "occurred_on",
            "signed_at",
            "ends_on",
            "season",
            "territory",
            "funding_source",
            "indh_phase",
            "envelope",
            "planned_places",
            "tranches",
        ),
        breaks=("territory", "indh_phase"),
        show_when={
            "indh_phase": When.of("funding_source", "indh_precarious", "indh_income", "indh_youth")
        },
    ),
    "amend-agreement": Layout(
        AmendAgreement,
        (
            "number",
            "occurred_on",
            "envelope",
            "planned_places",
            "ends_on",
            "tranches",
            "explanation",
        ),
    ),
    "record-funds-received": Layout(
        RecordFundsReceived, ("occurred_on", "amount", "tranche", "reference")
    ),
    "repay-funds": Layout(RepayFunds, ("occurred_on", "amount", "reference")),
    "carry-funds-over": Layout(CarryFundsOver, ("into", "amount", "explanation", "occurred_on")),
    "correct-funds": Layout(
        CorrectFunds,
        ("movement", "occurred_on", "amount", "tranche", "reference", "explanation"),
        checked=True,
    ),
    "reverse-funds": Layout(ReverseFunds, ("movement", "explanation", "occurred_on"), checked=True),
    "declare-shortfall": Layout(DeclareShortfall, ("amount", "explanation", "occurred_on")),
    "close-agreement": Layout(CloseAgreement, ("explanation", "occurred_on"), checked=True),
    "allow-more-places": Layout(
        AllowMorePlaces, ("places", "explanation", "occurred_on"), checked=True
    ),
    "reopen-agreement": Layout(ReopenAgreement, ("explanation", "occurred_on"), checked=True),
    "confirm-agreement-request": Layout(
        ConfirmAgreementRequest, ("request_id", "occurred_on"), checked=True
    ),
    "refuse-agreement-request": Layout(
        RefuseAgreementRequest, ("request_id", "explanation", "occurred_on"), checked=True
    ),
}
