"""What answers a referral rests on that referral."""

from domain.case.referral import events as e
from domain.case.state import CaseState

ANSWERS = (e.ReferralAccepted, e.ReferralRefused, e.ReferralWithdrawn)
NO_REFERRAL = "no_referral_pending"


def waits(
    case: CaseState, event: e.ReferralAccepted | e.ReferralRefused | e.ReferralWithdrawn
) -> bool:
    """Whether the referral that it answers is there, and was not answered before."""
    pending = case.referrals.pending
    return pending is not None and pending.referral_id == event.referral_id
