"""What every change of an agreement's money or places has in common."""

from datetime import date
from typing import Any

from domain.agreement.state import AgreementState
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.values.calendar import local_date
from domain.values.money import NOTHING


def moved(
    state: AgreementState, at: Envelope, /, no_earlier: date = date.min, **changes: Any
) -> AgreementState:
    """With these changes, of that day."""
    day = max(at.occurred_on, no_earlier)
    after = replace(state, moved_on=max(state.moved_on or day, day), **changes)
    if not after.closed:
        return after
    over = after.in_hand > NOTHING
    since = after.over_since or local_date(at.recorded_at)
    return replace(after, over_since=since if over else None)
