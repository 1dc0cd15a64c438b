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
            "anyway_because",
            "phone",
            "best_time",
            "may_leave_message",
            "address",
            "language",
            "reads",
            "contacts",
            "guardian",
            "occurred_on",
        ),
        breaks=("birth_date", "phone", "contacts"),
    ),
    "change-details": Layout(
        ChangeDetails,
        (
            "identity",
            "anyway_because",
            "phone",
            "best_time",
            "may_leave_message",
            "address",
            "language",
            "reads",
            "contacts",
            "guardian",
            "occurred_on",
        ),
        breaks=("identity", "phone", "contacts"),
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
            "no_paper",
            "explanation",
            "occurred_on",
        ),
        checked=True,
    ),
}
