"""A referral that waits too long: whoever referred the case asks the other centre, or takes it back."""

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
