"""The example's case on its way to another centre, and what is answered to it."""

from uuid import UUID

from domain.case.emergency.steps import OpenInEmergency
from domain.case.referral import steps as s
from domain.case.referral.asking.steps import AskForReferral
from domain.case.referral.vocabulary import ReferralReason
from domain.case.residence.steps import RecordMove
from domain.example.person import Person
from domain.message import Step
from domain.registry.centres import steps as c
from domain.staff.standing_in.steps import EndDelegation, NameDelegate

OTHER_CENTRE = "fes"
COLLEAGUE = UUID("6c2a2e1f-9c1b-5e7c-9b97-8b3a7b2f0c13")
"""Of the other centre."""

DELEGATION = UUID("7d3b3f20-ad2c-5f8d-8ca8-9c4b8c301d14")


def move(who: Person) -> RecordMove:
    return RecordMove(occurred_on=who.day(920), province=who.province, address="4, rue du Marché")


def referral(who: Person) -> s.ReferCase:
    return s.ReferCase(
        occurred_on=who.day(930),
        to_centre=OTHER_CENTRE,
        because=ReferralReason.MOVED,
        explanation="She moves to her sister's at the end of the month. Two visits are left.",
    )


def asked_for(who: Person) -> tuple[Step, ...]:
    """The other centre asks for the case by her card's number, and is told no."""
    return (
        AskForReferral(
            occurred_on=who.day(925), number=who.card, explanation="Came to us with her sister."
        ),
        s.DeclineReferralRequest(
            occurred_on=who.day(927), by_centre=OTHER_CENTRE, explanation="Back next week."
        ),
    )


def emergency(who: Person) -> Step:
    """The other centre opens the case to read it, while she is in hospital there."""
    return OpenInEmergency(
        occurred_on=who.day(924), number=who.card, explanation="She is in hospital here."
    )


def referrals(who: Person) -> tuple[Step, ...]:
    """Taken back; refused by the other centre; accepted at last."""
    return (
        referral(who),
        s.WithdrawReferral(occurred_on=who.day(931), explanation="She moves a month later."),
        s.RefuseReferral(occurred_on=who.day(933), explanation="The house is not in our province."),
        s.AcceptReferral(occurred_on=who.day(935), caseworker=COLLEAGUE),
    )


def absence(who: Person) -> tuple[Step, ...]:
    """The caseworker is away for three weeks, and comes back early."""
    return (
        NameDelegate(
            occurred_on=who.day(400),
            staff_id=who.caseworker,
            delegate=COLLEAGUE,
            since=who.day(405),
            until=who.day(425),
        ),
        EndDelegation(occurred_on=who.day(418), delegation_id=DELEGATION),
    )


def centres(who: Person) -> tuple[Step, ...]:
    """The centre is closed for a season; and later serves one province more, from a day told wrongly."""
    return (
        c.CloseCentre(occurred_on=who.day(970), centre=who.centre, closed_from=who.day(1000)),
        c.ReopenCentre(occurred_on=who.day(980), centre=who.centre, open_from=who.day(1000)),
        c.ChangeCatchment(
            occurred_on=who.day(990),
            centre=who.centre,
            since=who.day(1010),
            provinces=(who.province, "guercif"),
        ),
        c.CorrectCatchment(
            occurred_on=who.day(995),
            centre=who.centre,
            mends=who.day(1010),
            since=who.day(1020),
            provinces=(who.province, "guercif"),
            explanation="The order says the month after.",
        ),
    )
