"""A referral, or a request for one, that waits: each is answered within the same days."""

from collections.abc import Iterator

from domain.case.schedule import Due, ReviewKind, deadline, numbered
from domain.case.state import CaseState
from domain.rules import Rules
from domain.values.calendar import Calendar


def awaiting(state: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
    """Due from the referral on, until the other centre answers or it is taken back."""
    referral = state.referrals.pending
    if referral is not None:
        kind, key = ReviewKind.REFERRAL, numbered(ReviewKind.REFERRAL, referral.number)
        yield deadline(kind, key, referral.when, rules.referral_days, calendar)
    for asked in state.referrals.asked.values():
        kind, key = ReviewKind.REFERRAL_ASKED, numbered(ReviewKind.REFERRAL_ASKED, asked.number)
        yield deadline(kind, key, asked.when, rules.referral_days, calendar)
