"""The forms of referral."""

from collections.abc import Mapping

from domain.case.emergency.steps import OpenInEmergency
from domain.case.referral.asking.steps import AskForReferral
from domain.case.referral.steps import (
    AcceptReferral,
    DeclineReferralRequest,
    ReferCase,
    RefuseReferral,
    WithdrawReferral,
)
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "refer-case": Layout(
        ReferCase,
        ("to_centre", "because", "explanation", "occurred_on"),
        candidates={"to_centre": Source.OTHER_CENTRES},
        checked=True,
    ),
    "accept-referral": Layout(AcceptReferral, ("caseworker", "occurred_on"), checked=True),
    "refuse-referral": Layout(RefuseReferral, ("explanation", "occurred_on"), checked=True),
    "decline-referral-request": Layout(
        DeclineReferralRequest,
        ("by_centre", "explanation", "occurred_on"),
        candidates={"by_centre": Source.ASKING_CENTRES},
    ),
    "ask-for-referral": Layout(
        AskForReferral, ("number", "explanation", "occurred_on"), checked=True
    ),
    "open-in-emergency": Layout(
        OpenInEmergency,
        ("number", "name", "birth_year", "explanation", "occurred_on"),
        checked=True,
    ),
    "withdraw-referral": Layout(WithdrawReferral, ("explanation", "occurred_on"), checked=True),
}
