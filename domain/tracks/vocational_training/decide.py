"""The rules of a vocational training track, beside the training's own."""

from domain.case.minors import require_old_enough
from domain.case.steps import OpenTrack
from domain.errors import Refused
from domain.message import Event
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.tracks.vocational_training import events as e
from domain.tracks.vocational_training import steps as s


def require_age(world: World, step: OpenTrack) -> None:
    """Nobody is trained for a trade before an age; the law of work is in that number."""
    rules = world.case.rules_on(step.occurred_on)
    require_old_enough(world.case, step.occurred_on, rules.training_from_age)


def apply_for(world: World, step: s.ApplyForTraining, _: Context) -> Event:
    """In a trade in which the person was not trained by then."""
    if step.trade in world.then.taught:
        raise Refused("training_already_completed")
    return echo(e.TrainingAppliedFor, step)
