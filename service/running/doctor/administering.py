"""Whether somebody can go on giving keys: an installation must not lock itself out."""

from datetime import UTC, datetime
from typing import cast

from domain.staff.keys import ENDS_SOON
from domain.staff.state import DIRECTORY, StaffState
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from service.running.doctor.finding import Finding, Part, broken, warning, well

NEXT = "make the next one: `jisr key create --role administrator --label …`"


def administrators(ledger: Ledger) -> Finding:
    """Until when some administrator's key opens anything."""
    today = local_date(datetime.now(UTC))
    last = cast("StaffState", ledger.state(DIRECTORY)).last_administrators_key(today)
    if last is None:
        return broken(Part.ADMINISTRATORS, "none has a key that opens anything", NEXT)
    left = last.expires_on - today
    found = f"the last of their keys ends on {last.expires_on}, in {left.days} days"
    if left > ENDS_SOON:
        return well(Part.ADMINISTRATORS, found)
    return warning(Part.ADMINISTRATORS, found, NEXT)
