"""Training outside: the rules."""

from domain.case.minors import require_old_enough
from domain.errors import Refused
from domain.message import Event
from domain.rules import RULES
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s


def enrol(world: World, step: s.EnrolInTraining, _: Context) -> Event:
    """A certificate from inside counts in its trade, from the day on which it was earned; whoever has
    one may be trained in another.
    """
    not_before(step.planned_end, step.occurred_on)
    if step.trade in world.then.certified:
        raise Refused("training_already_completed")
    rules = RULES[world.case.rules_version]
    require_old_enough(world.case, step.occurred_on, rules.training_from_age)
    return echo(e.TrainingEnrolled, step)
