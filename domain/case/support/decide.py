"""The rules of support. What is told of an item is judged on its own day."""

from uuid import UUID

from domain.case.household.decide import require_member
from domain.case.naming_one import meant
from domain.case.support import events as e
from domain.case.support import steps as s
from domain.case.support.state import Which, ended, running
from domain.case.support.vocabulary import SupportKind
from domain.errors import Refused
from domain.message import Event, derived_id
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo

REHABILITATION = SupportKind.JUDICIAL_REHABILITATION


def open_support(world: World, step: s.OpenSupport, ctx: Context) -> Event:
    if step.provider is not None and step.provider_name is not None:
        raise Refused("provider_named_twice")
    require_member(world, step.member_id)
    _require_its_day(step.kind, step)
    return echo(e.SupportOpened, step, support_id=derived_id(ctx.command_id, "support"))


def progress_support(world: World, step: s.ProgressSupport, _: Context) -> Event:
    support_id = _meant(world, step, running)
    _require_its_day(world.then.supports[support_id].kind, step)
    return echo(e.SupportProgressed, step, support_id=support_id)


def complete_support(world: World, step: s.CompleteSupport, _: Context) -> Event:
    return echo(e.SupportCompleted, step, support_id=_meant(world, step, running))


def decline_support(world: World, step: s.DeclineSupport, _: Context) -> Event:
    return echo(e.SupportDeclined, step, support_id=_meant(world, step, running))


def take_up_support(world: World, step: s.TakeUpSupport, _: Context) -> Event:
    support_id = _meant(world, step, ended)
    _require_its_day(world.then.supports[support_id].kind, step)
    return echo(e.SupportTakenUp, step, support_id=support_id)


def _meant(world: World, step: s.SupportStep, which: Which) -> UUID:
    """The one named, or the only one that can be meant, as it stood on the step's day."""
    code = "support_ended" if which is running else "support_not_ended"
    return meant(
        world, lambda case: case.supports, which, step.support_id, ("support_not_found", code)
    )


def _require_its_day(
    kind: SupportKind | None, step: s.OpenSupport | s.ProgressSupport | s.TakeUpSupport
) -> None:
    """A rehabilitation has a day from which it is probably possible; nothing else has."""
    if step.probably_from is not None and kind is not REHABILITATION:
        raise Refused("probably_from_of_rehabilitation_alone")
    if step.look_again_on is not None:
        if step.probably_from is not None:
            raise Refused("looked_at_on_two_days")
        not_before(step.look_again_on, step.occurred_on)
