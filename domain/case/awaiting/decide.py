"""The rules of what a case waits for."""

from uuid import UUID

from domain.case.awaiting import events as e
from domain.case.awaiting import steps as s
from domain.case.awaiting.state import still_awaited
from domain.case.naming_one import meant
from domain.errors import Refused
from domain.message import Event, derived_id
from domain.steps.checks import not_before
from domain.steps.handling import Context, World
from domain.steps.recording import echo

CODES = ("awaited_not_found", "no_longer_awaited")


def await_third_party(world: World, step: s.AwaitThirdParty, ctx: Context) -> Event:
    """On somebody, and for what is there on that day."""
    if (step.party is None) is (step.party_name is None):
        raise Refused("third_party_named_once")
    if step.support_id is not None and step.support_id not in world.then.supports:
        raise Refused("support_not_found")
    _promised(step)
    awaited_id = derived_id(ctx.command_id, "awaited")
    return echo(e.ThirdPartyAwaited, step, awaited_id=awaited_id)


def ask_again(world: World, step: s.AskThirdPartyAgain, _: Context) -> Event:
    _promised(step)
    return echo(e.ThirdPartyAskedAgain, step, awaited_id=_meant(world, step))


def record_answer(world: World, step: s.RecordThirdPartyAnswer, _: Context) -> Event:
    return echo(e.ThirdPartyAnswered, step, awaited_id=_meant(world, step))


def stop_awaiting(world: World, step: s.StopAwaiting, _: Context) -> Event:
    return echo(e.AwaitingStopped, step, awaited_id=_meant(world, step))


def _promised(step: s.AwaitThirdParty | s.AskThirdPartyAgain) -> None:
    if step.answer_by is not None:
        not_before(step.answer_by, step.occurred_on)


def _meant(world: World, step: s.AwaitedStep) -> UUID:
    return meant(world, lambda case: case.awaited, still_awaited, step.awaited_id, CODES)
