"""The rules of closing a centre, opening it again, and changing what it serves."""

from datetime import date

from domain.errors import Refused
from domain.message import Event
from domain.registry.centres import events as e
from domain.registry.centres import steps as s
from domain.registry.centres.serving import said_from
from domain.registry.state import RegistryState, require_centre_open
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo


def close(world: World, step: s.CloseCentre, _: Context) -> Event:
    """Not before the day on which it is said: what was opened there until then was rightly so."""
    _require_known(world.registry, step.centre)
    not_before(step.closed_from, step.occurred_on)
    require_centre_open(world.registry, step.centre, step.closed_from)
    return echo(e.CentreClosed, step)


def reopen(world: World, step: s.ReopenCentre, _: Context) -> Event:
    _require_known(world.registry, step.centre)
    not_before(step.open_from, step.occurred_on)
    if not world.registry.closed_on(step.centre, step.open_from):
        not_before(step.open_from, world.registry.closing_of(step.centre))
        raise Refused("centre_not_closed")
    return echo(e.CentreReopened, step)


def change_catchment(world: World, step: s.ChangeCatchment, _: Context) -> Event:
    """From a day that has not passed when it is said: what is past stays as it was."""
    _require_known(world.registry, step.centre)
    not_before(step.since, step.occurred_on)
    _require_each_once(step.provinces)
    if world.registry.provinces_of(step.centre, step.since) == set(step.provinces):
        raise Refused("catchment_unchanged")
    _require_nothing_said(world.registry, step.centre, step.since)
    return echo(e.CatchmentChanged, step)


def correct_catchment(world: World, step: s.CorrectCatchment, _: Context) -> Event:
    """Of what was said to hold from one day on. The first is the registration's own."""
    registry = world.registry
    _require_known(registry, step.centre)
    _require_each_once(step.provinces)
    said = registry.served[step.centre]
    mended = said_from(said, step.mends)
    if mended is None:
        raise Refused("catchment_not_said", date=str(step.mends))
    if not step.provinces and len(said) == 1:
        raise Refused("catchment_needed")
    if step.since != step.mends:
        _require_nothing_said(registry, step.centre, step.since)
    elif set(step.provinces) == set(mended.provinces):
        raise Refused("catchment_unchanged")
    return echo(e.CatchmentCorrected, step)


def _require_each_once(provinces: tuple[str, ...]) -> None:
    if len(set(provinces)) < len(provinces):
        raise Refused("province_repeated")


def _require_nothing_said(registry: RegistryState, centre: str, day: date) -> None:
    """Two things said from one day on would be judged by which was entered last."""
    if said_from(registry.served[centre], day) is not None:
        raise Refused("catchment_said_already", date=str(day))


def _require_known(registry: RegistryState, centre: str) -> None:
    if centre not in registry.centres:
        raise Refused("centre_unknown", centre=centre)
