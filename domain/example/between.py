"""The example's case on its way to another centre, and what is answered to it."""

from uuid import UUID

from domain.case.referral import steps as s
from domain.case.referral.vocabulary import ReferralReason
from domain.example.person import Person
from domain.message import Step

OTHER_CENTRE = "fes"
COLLEAGUE = UUID("6c2a2e1f-9c1b-5e7c-9b97-8b3a7b2f0c13")
"""Of the other centre."""


def referral(who: Person) -> s.ReferCase:
    return s.ReferCase(
        occurred_on=who.day(930),
        to_centre=OTHER_CENTRE,
        because=ReferralReason.MOVED,
        explanation="She moves to her sister's at the end of the month. Two visits are left.",
    )


def referrals(who: Person) -> tuple[Step, ...]:
    """Taken back; refused by the other centre; accepted at last."""
    return (
        referral(who),
        s.WithdrawReferral(occurred_on=who.day(931), explanation="She moves a month later."),
        s.RefuseReferral(occurred_on=who.day(933), explanation="The house is not in our province."),
        s.AcceptReferral(occurred_on=who.day(935), caseworker=COLLEAGUE),
    )
