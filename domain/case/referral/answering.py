"""What is remembered of an answer: who asked, what came of it, by whom, when and why."""

from dataclasses import replace as with_changed
from datetime import date
from uuid import UUID

from domain.case.referral.state import Answered, AskedFor, Referral, Referrals
from domain.case.referral.vocabulary import ReferralOutcome
from domain.message import Envelope


def answered(
    referrals: Referrals, envelope: Envelope, outcome: ReferralOutcome, why: str | None = None
) -> Referrals:
    """With the answer to the one that waits, which waits no more."""
    if referrals.pending is None:
        return referrals
    told = of_referral(referrals.pending, outcome, envelope.actor.id, envelope.occurred_on, why)
    return with_changed(
        referrals,
        waits=False,
        settled_on=envelope.occurred_on,
        answered=(*referrals.answered, told),
    )


def given(
    referrals: Referrals,
    by_centre: str,
    of_centre: str | None,
    envelope: Envelope,
    outcome: ReferralOutcome,
    why: str | None = None,
) -> Referrals:
    """With the answer to what that centre asks for, if it asks."""
    asked = referrals.asked.get(by_centre)
    if asked is None:
        return referrals
    told = of_request(
        asked, by_centre, of_centre, outcome, envelope.actor.id, envelope.occurred_on, why
    )
    kept = {name: each for name, each in referrals.asked.items() if name != by_centre}
    return with_changed(referrals, asked=kept, answered=(*referrals.answered, told))


def of_referral(
    referral: Referral,
    outcome: ReferralOutcome,
    by: UUID | None,
    on: date | None,
    why: str | None = None,
) -> Answered:
    return Answered(
        asked=False,
        number=referral.number,
        from_centre=referral.from_centre,
        to_centre=referral.to_centre,
        by=referral.by,
        since=referral.when.on,
        explanation=referral.explanation,
        outcome=outcome,
        answered_by=by,
        answered_on=on,
        why=why,
    )


def of_request(
    asked: AskedFor,
    by_centre: str,
    of_centre: str | None,
    outcome: ReferralOutcome,
    by: UUID | None,
    on: date | None,
    why: str | None = None,
) -> Answered:
    return Answered(
        asked=True,
        number=asked.number,
        from_centre=of_centre or "",
        to_centre=by_centre,
        by=asked.by,
        since=asked.when.on,
        explanation=asked.explanation,
        outcome=outcome,
        answered_by=by,
        answered_on=on,
        why=why,
    )
