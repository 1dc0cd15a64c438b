"""As known when: a position of the ledger, or a day, which is the last position that was recorded on it."""

from datetime import date, timedelta

from domain.values.calendar import DAY, local_instant
from ledger.ledger import Ledger
from service.problems.problem import Rejected

Known = int | date
"""A day that is not over yet stands for what is known by now."""


def position_of(ledger: Ledger, known_on: Known | None) -> int:
    """The last there is where none is named.

    Raises `Rejected("position_unknown")` for one that the ledger does not have yet.
    """
    if isinstance(known_on, date):
        return ledger.feed.position_by(local_instant(known_on + DAY) - timedelta(microseconds=1))
    head = ledger.head()
    if known_on is not None and known_on > head:
        raise Rejected("position_unknown", head=head)
    return head if known_on is None else known_on
