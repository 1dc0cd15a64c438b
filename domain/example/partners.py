"""A partner's system that is told of something, and then of nothing any more."""

from datetime import date

from domain.message import Step
from domain.staff.partners.heard import Heard
from domain.staff.partners.steps import EndPartner, RegisterPartner

PARTNER = "anapec-taza"


def partners() -> tuple[Step, ...]:
    return (
        RegisterPartner(
            occurred_on=date(2024, 1, 2),
            partner=PARTNER,
            name="ANAPEC Taza",
            url="https://partner.example/jisr",
            hears=(Heard.SESSION_SCHEDULED, Heard.COHORT_PLANNED),
        ),
        EndPartner(occurred_on=date(2025, 1, 2), partner=PARTNER),
    )
