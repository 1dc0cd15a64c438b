"""The forms of erasure."""

from collections.abc import Mapping

from domain.beneficiary.restriction.steps import RestrictOnRequest
from domain.beneficiary.steps import (
    ConfirmBeneficiaryRequest,
    LiftRestriction,
    RefuseBeneficiaryRequest,
    RequestErasure,
    RestrictPerson,
)
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "request-erasure": Layout(RequestErasure, ("ground", "occurred_on"), checked=True),
    "confirm-beneficiary-request": Layout(
        ConfirmBeneficiaryRequest, ("request_id", "occurred_on"), checked=True
    ),
    "refuse-beneficiary-request": Layout(
        RefuseBeneficiaryRequest, ("request_id", "explanation", "occurred_on"), checked=True
    ),
    "restrict-person": Layout(RestrictPerson, ("occurred_on",), checked=True),
    "restrict-on-request": Layout(
        RestrictOnRequest, ("because", "asked_by", "explanation", "occurred_on"), checked=True
    ),
    "lift-restriction": Layout(
        LiftRestriction, ("explanation", "told_on", "occurred_on"), checked=True
    ),
}
