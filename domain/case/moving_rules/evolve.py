"""How a case goes on by another version of the rules."""

from domain.case.moment import Moment, moment
from domain.case.moving_rules.events import RulesAdopted
from domain.case.moving_rules.state import Moved
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.rules import Terms

evolve_moving_rules: Evolution[CaseState] = Evolution()


@evolve_moving_rules.on(RulesAdopted)
def _adopted(state: CaseState, event: RulesAdopted, envelope: Envelope) -> CaseState:
    return gone_over(state, event.version, event.terms, moment(envelope))


def gone_over(state: CaseState, version: str, terms: Terms | None, when: Moment) -> CaseState:
    """The case moved to that version; for whoever looks what would follow, too."""
    spoken_of = frozenset(state.exemptions) | frozenset(state.moved)
    return replace(
        state,
        rules_version=version,
        rules_terms=terms,
        moved_to_rules=(*state.moved_to_rules, Moved(when, state.rules, spoken_of)),
    )
