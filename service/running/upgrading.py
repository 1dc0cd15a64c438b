"""`jisr upgrade finish`: the last act of an upgrade that went process by process.

Until then a newer release writes nothing that the one before cannot read, so each process can be
replaced in its turn, or put back. Afterwards the older ones decide nothing any more.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, cast

from domain.events.levels import LEVELS
from domain.message import Role
from domain.staff.state import DIRECTORY, StaffState
from ledger.ground.living import Alive
from ledger.ledger import Ledger
from ledger.opening import open_living
from service.bootstrap import opened_ledger
from service.running.faults import OperatorError
from service.settings import Settings


class Upgrade(NamedTuple):
    """How far an installation has come."""

    level: int
    """The ledger's."""
    reads: int
    """What this program reads."""
    behind: tuple[Alive, ...]
    """Processes at work that do not read it."""


@contextmanager
def at_work(settings: Settings, part: str) -> Iterator[None]:
    """Leave word that a part of the installation is at work, and which level it reads."""
    living = open_living(settings.ledger)
    try:
        with living.at_work(part, LEVELS.reads):
            yield
    finally:
        living.close()


def look(settings: Settings, ledger: Ledger) -> Upgrade:
    living = open_living(settings.ledger)
    try:
        reads = ledger.level.reads
        behind = tuple(each for each in living.everybody() if each.reads < reads)
    finally:
        living.close()
    return Upgrade(ledger.level.now(), reads, behind)


def finish(settings: Settings, label: str, *, only_look: bool = False) -> Upgrade:
    """Raise the ledger's level to what this program reads; how things stood before.

    `label` is the administrator's who decides it. Can be repeated, and ended at any moment.
    Raises `NewerReleaseNeeded`, and `OperatorError` while somebody at work does not read it.
    """
    with opened_ledger(settings) as ledger:
        by = _administrator(ledger, label)
        ledger.level.require_read()
        found = look(settings, ledger)
        if found.level < found.reads and found.behind:
            raise OperatorError(
                f"These still read less than level {found.reads}: {named(found.behind)}. Start them "
                "from this release, or stop them; one that was killed is forgotten within a minute."
            )
        if not only_look:
            ledger.level.finish(by)
        return found


def named(processes: tuple[Alive, ...]) -> str:
    return ", ".join(f"{each.part} ({each.place}, level {each.reads})" for each in processes)


def _administrator(ledger: Ledger, label: str) -> str:
    staff = cast("StaffState", ledger.state(DIRECTORY)).staff
    for staff_id, colleague in staff.items():
        if colleague.label == label and colleague.actor.role is Role.ADMINISTRATOR:
            return str(staff_id)
    raise OperatorError(f"No administrator is registered as {label}: name one by --as.")
