"""Steps whose event says just what the step said."""

from domain.message import Event, Step
from domain.steps.handling import Context, Rule, World


def echo(event: type[Event], step: Step) -> Event:
    """The event with every field the step shares with it."""
    shared = event.model_fields.keys() & type(step).model_fields.keys()
    return event.model_validate({name: getattr(step, name) for name in shared})


def recorded_as(event: type[Event]) -> Rule:
    """The rule of a step that is recorded as it came, once its conditions hold."""

    def rule(_world: World, step: Step, _ctx: Context) -> Event:
        return echo(event, step)

    return rule
