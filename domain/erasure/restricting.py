"""The rules of a restriction: while an erasure has to wait, hardly anybody reads, and nobody writes.

Money goes on: an order and its payments ask for no case that is open.
"""

from datetime import date

from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.family import family
from domain.erasure.decide import require_nothing_open
from domain.erasure.proof import proved_until
from domain.errors import Refused
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, World


def restrict(world: World, step: s.RestrictPerson, ctx: Context) -> Events:
    """Only while an erasure would be refused: else it is asked for. With whoever goes by them."""
    follows_others(world, step.occurred_on)
    require_nothing_open(world, step.occurred_on)
    until = proved_until(world)
    if until is None or until <= ctx.today:
        raise Refused("nothing_keeps_from_erasing")
    return [(role, b.PersonRestricted(until=until)) for role, _ in family(world)]


def follows_others(world: World, day: date) -> None:
    """Raises `Refused` for a restriction of a day before one of before began, or ended: by its day it
    would stand under that one, and restrict nobody.
    """
    for _, person in family(world):
        not_before(day, person.restricted_on)
        not_before(day, person.lifted_on)
