"""An agreement near its end of which less than half is spent.

What a funder gave and nobody used goes back, and the people it was meant for are told that there is
no money.
"""

from datetime import date, timedelta
from decimal import Decimal

from domain.agreement.state import AgreementState

NEAR_ITS_END = timedelta(days=90)
LEAST = Decimal("0.5")
"""Of the envelope."""


def unspent_from(state: AgreementState) -> date | None:
    """From which day on it is one, as its money stands; None where enough is spent, or it is closed."""
    ends_on = state.terms.ends_on
    if not state.is_open or ends_on is None or not state.envelope:
        return None
    return ends_on - NEAR_ITS_END if state.money.spent < LEAST * state.envelope else None
