"""The rules of a restriction: while an erasure has to wait, hardly anybody reads, and nobody writes.

Money goes on: an order and its payments ask for no case that is open.
"""

from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.erasure.proof import proved_until
from domain.errors import Refused
from domain.message import Event
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo


def restrict(world: World, step: s.RestrictPerson, ctx: Context) -> Event:
    """Only while an erasure would be refused: else it is asked for."""
    not_before(step.occurred_on, world.beneficiary.closed_on)
    until = proved_until(world)
    if until is None or until <= ctx.today:
        raise Refused("nothing_keeps_from_erasing")
    return b.PersonRestricted(until=until)


def lift(world: World, step: s.LiftRestriction, _: Context) -> Event:
    not_before(step.occurred_on, world.beneficiary.restricted_on)
    return echo(b.RestrictionLifted, step)
