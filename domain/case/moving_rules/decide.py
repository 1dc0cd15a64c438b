"""The rule of moving a case to another version of the rules."""

from domain.case.moving_rules.events import RulesAdopted
from domain.case.moving_rules.steps import AdoptRules
from domain.errors import Refused
from domain.message import Command, Event
from domain.registry.state import REGISTRY
from domain.steps.checks import not_before
from domain.steps.handling import Context, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import CENTRES


def reads_registry(_command: Command, _state: object) -> Roles:
    """The versions that there are."""
    return {CENTRES: REGISTRY}


def adopt_rules(world: World, step: AdoptRules, _: Context) -> Event:
    """One that is known, before its first day for new cases too, and not the case's own; and not
    before the case was moved last: it would change nothing.
    """
    known = world.registry.rules.get(step.version)
    if known is None:
        raise Refused("rules_unknown", version=step.version)
    if step.version == world.case.rules_version:
        raise Refused("rules_adopted_already", version=step.version)
    for moved in world.case.moved_to_rules:
        not_before(step.occurred_on, moved.when.on)
    return echo(RulesAdopted, step, terms=known.terms)
