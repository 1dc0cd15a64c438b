"""The rule of a move, and what is told with it."""

from collections.abc import Iterator
from uuid import UUID

from domain.beneficiary.events import AddressMoved
from domain.case.decide import reads_beneficiary
from domain.case.residence import events as e
from domain.case.residence import steps as s
from domain.case.state import CaseState
from domain.message import Command, name_of
from domain.registry.state import REGISTRY
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import BENEFICIARY, CASE, CENTRES
from domain.steps.warning import Warned, WarningCode


def reads_person_and_centres(command: Command, state: CaseState) -> Roles:
    return {CENTRES: REGISTRY, **reads_beneficiary(command, state)}


def record_move(_world: World, step: s.RecordMove, _: Context) -> Events:
    """Within a province too: the address is another."""
    moved = AddressMoved(address=step.address)
    return [(CASE, echo(e.ResidenceMoved, step)), (BENEFICIARY, moved)]


def another_serves(world: World, command: Command) -> Iterator[Warned]:
    """Where the case's centre does not serve the province and another does: it may be referred."""
    step = command.step
    if not isinstance(step, s.RecordMove) or CASE not in world.states:
        return
    day, own = step.occurred_on, world.case.centre
    serving = world.registry.serving(step.province, day)
    if own in serving:
        return
    for centre in sorted(serving):
        known = world.registry.centres[centre]
        named = {"centre": centre, "centre_fr": known.name_fr, "centre_ar": known.name_ar}
        about = UUID(name_of(world.ids[CASE]))
        yield Warned(code=WarningCode.ANOTHER_CENTRE_SERVES, about=about, params=named)
