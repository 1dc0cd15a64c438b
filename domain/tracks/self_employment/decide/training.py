"""Training outside: the rules."""

from domain.message import Event
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s


def enrol(_world: World, step: s.EnrolInTraining, _: Context) -> Event:
    not_before(step.planned_end, step.occurred_on)
    return echo(e.TrainingEnrolled, step)
