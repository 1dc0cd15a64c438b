"""Steps whose event says just what the step said."""

from typing import Any, TypeVar

from domain.message import Event, Step
from domain.steps.handling import Context, Rule, World

E = TypeVar("E", bound=Event)


def echo(event: type[E], step: Step, /, **more: Any) -> E:
    """The event with every field the step shares with it, and with what the step did not say."""
    shared = event.model_fields.keys() & type(step).model_fields.keys() - more.keys()
    return event.model_validate({name: getattr(step, name) for name in shared} | more)


def recorded_as(event: type[Event]) -> Rule:
    """The rule of a step that is recorded as it came, once its conditions hold."""

    def rule(_world: World, step: Step, _ctx: Context) -> Event:
        return echo(event, step)

    return rule
