"""The rules of a restriction: while an erasure has to wait, hardly anybody reads, and nobody writes.

Money goes on: an order and its payments ask for no case that is open.
"""

from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.family import family
from domain.erasure.decide import require_nothing_open
from domain.erasure.proof import proved_until
from domain.errors import Refused
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, World
from domain.steps.recording import echo


def restrict(world: World, step: s.RestrictPerson, ctx: Context) -> Events:
    """Only while an erasure would be refused: else it is asked for. With whoever goes by them."""
    require_nothing_open(world, step.occurred_on)
    until = proved_until(world)
    if until is None or until <= ctx.today:
        raise Refused("nothing_keeps_from_erasing")
    return [(role, b.PersonRestricted(until=until)) for role, _ in family(world)]


def lift(world: World, step: s.LiftRestriction, _: Context) -> Events:
    not_before(step.occurred_on, world.beneficiary.restricted_on)
    return [
        (role, echo(b.RestrictionLifted, step))
        for role, person in family(world)
        if person.restricted
    ]
