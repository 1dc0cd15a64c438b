"""That somebody read a case changes nothing of it."""

from domain.case.emergency import events as e
from domain.case.state import CaseState
from domain.folds.evolution import Evolution

evolve_emergency: Evolution[CaseState] = Evolution()
evolve_emergency.ignore(e.OpenedInEmergency)
