"""The rules of a ceremony."""

from domain.ceremony import events as e
from domain.ceremony import steps as s
from domain.errors import Refused
from domain.message import Event
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo


def schedule(_: World, step: s.ScheduleCeremony, __: Context) -> Event:
    not_before(step.held_on, step.occurred_on)
    return echo(e.CeremonyScheduled, step)


def postpone(_: World, step: s.PostponeCeremony, __: Context) -> Event:
    not_before(step.held_on, step.occurred_on)
    return echo(e.CeremonyPostponed, step)


def record_held(world: World, step: s.RecordCeremonyHeld, _: Context) -> Event:
    if step.occurred_on != world.ceremony.held_on:
        raise Refused("ceremony_on_another_day", held_on=str(world.ceremony.held_on))
    return echo(e.CeremonyHeld, step)
