"""How each step is asked for, a module for each part of the path: what people come to together."""

from collections.abc import Mapping

from service.console.forms.layout import Layout
from service.console.forms.layouts import (
    agreements,
    anywhere,
    attestations,
    beneficiaries,
    centres,
    ceremonies,
    cohorts,
    complaints,
    custody,
    delegation,
    employment,
    equipment_delivery,
    erasure,
    findings,
    follow_up,
    intake,
    mending,
    mending_money,
    merging,
    needs_and_plan,
    orders,
    partners,
    project_approval,
    reach,
    receptions,
    referral,
    registry,
    reminders,
    requests,
    residence,
    rights,
    school,
    services,
    sessions,
    staff,
    tracks,
    training,
    vocational_training,
)

_PARTS = (
    intake,
    custody,
    needs_and_plan,
    tracks,
    vocational_training,
    training,
    project_approval,
    equipment_delivery,
    follow_up,
    employment,
    services,
    school,
    anywhere,
    reminders,
    residence,
    referral,
    requests,
    mending,
    mending_money,
    beneficiaries,
    merging,
    rights,
    erasure,
    agreements,
    sessions,
    orders,
    ceremonies,
    cohorts,
    complaints,
    receptions,
    attestations,
    staff,
    delegation,
    reach,
    registry,
    partners,
    centres,
    findings,
)

LAYOUTS: Mapping[str, Layout] = {
    step: layout for part in _PARTS for step, layout in part.LAYOUTS.items()
}
"""By the step's name in the API."""

FIRST_RUN = (
    *("register-centre", "register-entry", "register-staff", "issue-access-key"),
    "sign-agreement",
)
"""What sets a house up, before there is a case."""
