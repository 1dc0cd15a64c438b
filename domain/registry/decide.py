"""The rules of the registry."""

from domain.errors import Refused
from domain.message import Event
from domain.registry import events as e
from domain.registry import steps as s
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo


def register_centre(world: World, step: s.RegisterCentre, _: Context) -> Event:
    """A code is one centre's for good: references on paper begin with it."""
    for other in world.registry.centres.values():
        if (other.code == step.code) != (other.centre == step.centre):
            raise Refused("centre_code_taken", code=other.code, centre=other.centre)
    for part in step.catchment:
        if part.until is not None:
            not_before(part.until, part.since)
    return echo(e.CentreRegistered, step)
