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
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "sign-agreement": Layout(
        SignAgreement,
        (
            "parties",
            "territory",
            "season",
            "funding_source",
            "indh_phase",
            "envelope",
            "planned_places",
            "ends_on",
            "tranches",
            "signed_at",
            "occurred_on",
        ),
    ),
    "amend-agreement": Layout(
        AmendAgreement,
        (
            "number",
            "envelope",
            "planned_places",
            "ends_on",
            "tranches",
            "explanation",
            "occurred_on",
        ),
    ),
    "record-funds-received": Layout(
        RecordFundsReceived, ("amount", "reference", "tranche", "occurred_on")
    ),
    "repay-funds": Layout(RepayFunds, ("amount", "reference", "occurred_on")),
    "carry-funds-over": Layout(CarryFundsOver, ("into", "amount", "explanation", "occurred_on")),
    "correct-funds": Layout(
        CorrectFunds,
        ("movement", "amount", "reference", "tranche", "explanation", "occurred_on"),
        checked=True,
    ),
    "reverse-funds": Layout(ReverseFunds, ("movement", "explanation", "occurred_on"), checked=True),
    "declare-shortfall": Layout(DeclareShortfall, ("amount", "explanation", "occurred_on")),
    "close-agreement": Layout(CloseAgreement, ("explanation", "occurred_on"), checked=True),
    "allow-more-places": Layout(AllowMorePlaces, ("places", "explanation", "occurred_on")),
    "reopen-agreement": Layout(ReopenAgreement, ("explanation", "occurred_on"), checked=True),
    "confirm-agreement-request": Layout(
        ConfirmAgreementRequest, ("request_id", "occurred_on"), checked=True
    ),
    "refuse-agreement-request": Layout(
        RefuseAgreementRequest, ("request_id", "explanation", "occurred_on"), checked=True
    ),
}
