"""The death of the person: from then on nothing is due about them, and what remains is wound up.

What was ordered still comes, goods are passed on or stay with the family by decision, and the case
closes as deceased. What is done with the person is told of no later day (`Step.with_the_person`).
"""

from domain.beneficiary.events import PersonDied
from domain.case import events as e
from domain.case import steps as s
from domain.case.moment import moment
from domain.case.schedule import ReviewKind
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.folds.use import use
from domain.message import Envelope
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo
from domain.steps.roles import BENEFICIARY, CASE

STILL_DUE = frozenset({ReviewKind.RECEIPT, ReviewKind.PROBLEM})
"""What is not about the person: goods on their way, and what is to be decided of those handed over."""

evolve_death: Evolution[CaseState] = Evolution()


@evolve_death.on(e.DeathRecorded)
def _died(state: CaseState, _: e.DeathRecorded, envelope: Envelope) -> CaseState:
    return replace(state, died=moment(envelope), death_told=use(envelope))


def record_death(_world: World, step: s.RecordDeath, _: Context) -> Events:
    """Nobody was met, or signed, after they died: such an entry is to be mended first (`resting`)."""
    return [(CASE, echo(e.DeathRecorded, step)), (BENEFICIARY, PersonDied())]
