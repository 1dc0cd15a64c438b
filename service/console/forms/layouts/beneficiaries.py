"""The forms of beneficiaries."""

from collections.abc import Mapping

from domain.beneficiary.steps import ChangeDetails, CorrectIdentity, RegisterBeneficiary
from service.console.forms.layout import Layout

LAYOUTS: Mapping[str, Layout] = {
    "register-beneficiary": Layout(
        RegisterBeneficiary,
        (
            "name_ar",
            "name_latin",
            "sex",
            "birth_date",
            "birth_year",
            "identity",
            "phone",
            "address",
            "contacts",
            "guardian",
            "language",
            "may_leave_message",
            "anyway_because",
            "occurred_on",
        ),
    ),
    "change-details": Layout(
        ChangeDetails,
        (
            "name_ar",
            "name_latin",
            "sex",
            "birth_date",
            "birth_year",
            "identity",
            "phone",
            "address",
            "contacts",
            "guardian",
            "language",
            "may_leave_message",
            "anyway_because",
            "occurred_on",
        ),
    ),
    "correct-identity": Layout(
        CorrectIdentity,
        (
            "name_ar",
            "name_latin",
            "sex",
            "birth_date",
            "birth_year",
            "identity",
            "explanation",
            "occurred_on",
        ),
        checked=True,
    ),
}
