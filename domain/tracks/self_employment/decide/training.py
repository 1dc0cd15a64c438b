"""Training outside: the rules."""

from domain.case.moment import day_of
from domain.message import Event, Step
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.decide.reads import track_of


def enrol(world: World, step: s.EnrolInTraining, _: Context) -> Event:
    not_before(step.planned_end, step.occurred_on)
    return _training(e.TrainingEnrolled, world, step)


def complete_training(world: World, step: s.CompleteTraining, _: Context) -> Event:
    return _training(e.TrainingCompleted, world, step)


def drop_out(world: World, step: s.DropOutOfTraining, _: Context) -> Event:
    return _training(e.TrainingDroppedOut, world, step)


def waive_training(world: World, step: s.WaiveTraining, _: Context) -> Event:
    return _training(e.TrainingWaived, world, step)


def _training(event: type[Event], world: World, step: Step) -> Event:
    """A change of training follows the one before it."""
    track = track_of(world.case)
    not_before(step.occurred_on, track.opened.on)
    not_before(step.occurred_on, day_of(track.training_changed))
    return echo(event, step)
