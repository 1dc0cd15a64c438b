"""The cases that were opened in an emergency, and whether one still is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.staff.emergencies import events as e


@dataclass(frozen=True, slots=True)
class Emergency:
    """One opening."""

    staff_id: UUID
    case_id: UUID
    of_centre: str
    """Whose the case was."""
    by_centre: str
    opened_at: datetime
    hours: int

    @property
    def until(self) -> datetime:
        """Up to and not including."""
        return self.opened_at + timedelta(hours=self.hours)


Emergencies = tuple[Emergency, ...]
"""The first first."""

evolve_emergencies: Evolution[Any] = Evolution()


@evolve_emergencies.on(e.OpenedCaseInEmergency)
def _opened(state: Any, event: e.OpenedCaseInEmergency, envelope: Envelope) -> Any:
    opened = Emergency(
        *(event.staff_id, event.case_id, event.of_centre, event.by_centre),
        *(envelope.recorded_at, event.hours),
    )
    return replace(state, emergencies=(*state.emergencies, opened))


def is_open_to(emergencies: Emergencies, staff: UUID, case: UUID, now: datetime) -> bool:
    """Whether somebody may read a case of another centre's at that moment."""
    return any(
        each.opened_at <= now < each.until
        for each in reversed(emergencies)
        if each.staff_id == staff and each.case_id == case
    )
