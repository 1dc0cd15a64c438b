"""The rule of setting another version of the rules."""

from domain.errors import Refused
from domain.message import Event
from domain.registry.rules.events import RulesAdded
from domain.registry.rules.steps import AddRules
from domain.rules.terms import differences, digest, rules_by, terms_of
from domain.steps.handling import Context, World
from domain.steps.recording import echo


def add_rules(world: World, step: AddRules, _: Context) -> Event:
    """A name of its own, made from a version that there is, and different from it."""
    versions = world.registry.rules
    if step.version in versions:
        raise Refused("rules_version_taken", version=step.version)
    before = versions.get(step.base)
    if before is None:
        raise Refused("rules_unknown", version=step.base)
    terms = terms_of(step.version, before.terms, step.base, step.changes)
    made = rules_by(step.version, terms)
    if not [*differences(before.rules, made)]:
        raise Refused("rules_change_nothing", version=step.base)
    return echo(RulesAdded, step, terms=terms, digest=digest(made))
