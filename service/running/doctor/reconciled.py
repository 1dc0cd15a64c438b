"""When ledger, workflows and views were last held side by side: each night, if a worker runs then."""

from datetime import UTC, datetime, timedelta
from typing import cast

from domain.upkeep.path import STREAM
from domain.upkeep.state import UpkeepState
from domain.upkeep.vocabulary import WELL
from ledger.ledger import Ledger
from service.running.auditing.nightly import MISSED, NEVER, last_reconciled
from service.running.auditing.recorded import KIND
from service.running.doctor.finding import Finding, Part, warning, well
from service.settings import Settings

ADVICE = (
    "run `jisr audit reconcile`, and see why no worker did: it does so from JISR_RECONCILE_HOUR on"
)
LOOK = "see which under Checks, or with `jisr audit reconcile`, before anything is rebuilt"
LATE = MISSED + timedelta(days=1)


def reconciled(ledger: Ledger, settings: Settings) -> Finding:
    """By the entry that each run leaves in the ledger."""
    done = cast("UpkeepState", ledger.state(STREAM)).checked.get(KIND)
    since = datetime.now(UTC) - last_reconciled(ledger)
    if done is None:
        found = "they never were"
    else:
        found = f"the last time ended {done.at:%Y-%m-%d %H:%M} UTC: {done.result}"
    if done is not None and done.result not in WELL:
        return warning(Part.RECONCILED, found, LOOK)
    if since > LATE and settings.reconcile_hour != NEVER:
        return warning(Part.RECONCILED, found, ADVICE)
    return well(Part.RECONCILED, found)
