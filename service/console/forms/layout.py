"""Beside each step that has a form: the order of its questions, their hints and candidates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel

from domain.agreement.steps import SignAgreement
from domain.registry.steps import RegisterCentre, RegisterEntry
from domain.staff.steps import RegisterStaff
from service.identity.issuing import AccessKeyRequest


class Source(StrEnum):
    """Where the candidates of a question come from: all that the asker may choose among."""

    PROVINCES = "provinces"
    REGIONS = "regions"
    CENTRES = "centres"
    STAFF = "staff"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Layout:
    """Of one step's form. Fields are named from the top: `season.label`, `catchment.province`."""

    model: type[BaseModel]
    order: tuple[str, ...]
    """Every field of the model, as it is asked for."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """Field → the name of the words under its label."""
    candidates: Mapping[str, Source] = field(default_factory=dict)
    checked: bool = False
    """Whether the answers are shown once more before they are recorded: where money is in play."""


LAYOUTS: Mapping[str, Layout] = {
    "register-centre": Layout(
        RegisterCentre,
        ("name_fr", "name_ar", "centre", "code", "catchment", "occurred_on"),
        hints={
            "centre": "hint_centre",
            "code": "hint_centre_letters",
            "catchment": "hint_catchment",
            "catchment.until": "hint_until",
        },
        candidates={"catchment.province": Source.PROVINCES},
    ),
    "register-entry": Layout(
        RegisterEntry,
        (
            "kind",
            "name_fr",
            "name_ar",
            "name_tifinagh",
            "entry",
            "province",
            "since",
            "until",
            "occurred_on",
        ),
        hints={
            "entry": "hint_entry",
            "name_tifinagh": "hint_tifinagh",
            "province": "hint_entry_province",
            "until": "hint_until",
        },
        candidates={"province": Source.PROVINCES},
    ),
    "register-staff": Layout(
        RegisterStaff,
        ("role", "centre", "label", "occurred_on"),
        hints={"centre": "hint_staff_centre", "label": "hint_label"},
        candidates={"role": Source.ROLES, "centre": Source.CENTRES},
    ),
    "issue-access-key": Layout(
        AccessKeyRequest,
        ("staff_id", "occurred_on", "expires_on"),
        candidates={"staff_id": Source.STAFF},
    ),
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
        hints={
            "parties": "hint_parties",
            "territory": "hint_territory",
            "ends_on": "hint_term",
            "tranches": "hint_tranches",
            "season.label": "hint_season",
            "envelope": "hint_amount",
            "signed_at": "hint_signed_at",
        },
        candidates={
            "territory.provinces": Source.PROVINCES,
            "territory.region": Source.REGIONS,
        },
        checked=True,
    ),
}
"""By the step's name in the API."""
