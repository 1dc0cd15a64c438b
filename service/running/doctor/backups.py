"""How old the last backup is: one that is made by nobody is missed when it is needed. And whether who was
erased is written down apart from it, as the house wrote it.
"""

from datetime import UTC, datetime
from typing import cast

from domain.upkeep.path import STREAM
from domain.upkeep.state import UpkeepState
from domain.upkeep.vocabulary import Act
from ledger.ledger import Ledger
from service.running.backup.erased import register_of
from service.running.doctor.finding import Finding, Part, broken, warning, well
from service.running.faults import OperatorError
from service.settings import Settings

ADVICE = "have `jisr backup` made each night; where another program makes them, say so: JISR_BACKUP_DAYS=0"


def backups(ledger: Ledger, settings: Settings) -> Finding:
    """By the entry that each leaves in the ledger."""
    if not settings.backup_days:
        return well(Part.BACKUPS, "are another program's (JISR_BACKUP_DAYS=0)")
    last = cast("UpkeepState", ledger.state(STREAM)).last.get(Act.BACKED_UP)
    since = last.at if last else ledger.upkeep.notes()[0].noted_at
    days = (datetime.now(UTC) - since).days
    found = f"the last was made {days} days ago" if last else f"none was made in {days} days"
    if days <= settings.backup_days:
        return well(Part.BACKUPS, found)
    return warning(Part.BACKUPS, found, ADVICE)


def register(ledger: Ledger, settings: Settings) -> Finding:
    """By whom an older backup would be told whom not to bring back."""
    try:
        known = len(register_of(settings, ledger).read())
    except OperatorError as error:
        return broken(Part.BACKUPS, str(error), "nothing starts until the right list is there")
    lacking = ledger.tombstones() - known
    if lacking > 0:
        found = f"{settings.erased} lacks {lacking} of those who were erased"
        return warning(Part.BACKUPS, found, "start a worker: it writes the list anew")
    return well(Part.BACKUPS, f"the list of the erased has {known}")
