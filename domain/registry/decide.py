"""The rules of the registry."""

from domain.errors import Refused
from domain.message import Event
from domain.registry import events as e
from domain.registry import steps as s
from domain.steps.handling import Context, World
from domain.steps.recording import echo


def register_centre(world: World, step: s.RegisterCentre, _: Context) -> Event:
    """A code is one centre's for good: references on paper begin with it."""
    for other in world.registry.centres.values():
        if (other.code == step.code) != (other.centre == step.centre):
            raise Refused("centre_code_taken", code=other.code, centre=other.centre)
    return echo(e.CentreRegistered, step)
