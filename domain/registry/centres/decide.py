"""The rules of closing a centre, opening it again, and changing what it serves."""

from domain.errors import Refused
from domain.message import Event
from domain.registry.centres import events as e
from domain.registry.centres import steps as s
from domain.registry.state import RegistryState
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo


def close(world: World, step: s.CloseCentre, _: Context) -> Event:
    """Not before the day on which it is said: what was opened there until then was rightly so."""
    _require_known(world.registry, step.centre)
    not_before(step.closed_from, step.occurred_on)
    closed = world.registry.closing_of(step.centre)
    if closed is not None:
        raise Refused("centre_closed", centre=step.centre, since=str(closed))
    return echo(e.CentreClosed, step)


def reopen(world: World, step: s.ReopenCentre, _: Context) -> Event:
    _require_known(world.registry, step.centre)
    closed = world.registry.closing_of(step.centre)
    if closed is None:
        raise Refused("centre_not_closed")
    not_before(step.open_from, max(step.occurred_on, closed))
    return echo(e.CentreReopened, step)


def change_catchment(world: World, step: s.ChangeCatchment, _: Context) -> Event:
    """From a day that has not passed when it is said: what is past stays as it was."""
    _require_known(world.registry, step.centre)
    not_before(step.since, step.occurred_on)
    if len(set(step.provinces)) < len(step.provinces):
        raise Refused("province_repeated")
    if world.registry.provinces_of(step.centre, step.since) == set(step.provinces):
        raise Refused("catchment_unchanged")
    return echo(e.CatchmentChanged, step)


def _require_known(registry: RegistryState, centre: str) -> None:
    if centre not in registry.centres:
        raise Refused("centre_unknown", centre=centre)
