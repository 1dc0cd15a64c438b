"""How a case goes on by another version of the rules."""

from domain.case.moving_rules.events import RulesAdopted
from domain.case.moving_rules.state import Moved
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.values.calendar import local_date

evolve_moving_rules: Evolution[CaseState] = Evolution()


@evolve_moving_rules.on(RulesAdopted)
def _adopted(state: CaseState, event: RulesAdopted, envelope: Envelope) -> CaseState:
    day = max(envelope.occurred_on, local_date(envelope.recorded_at))
    return replace(
        state,
        rules_version=event.version,
        rules_terms=event.terms,
        moved_to_rules=(*state.moved_to_rules, Moved(day, state.rules)),
    )
