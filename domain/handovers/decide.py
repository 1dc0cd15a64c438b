"""The rules of a ceremony's own steps. Each line that one of them ends is told to its case."""

from collections.abc import Iterator
from uuid import UUID

from domain.case.state import CaseState
from domain.ceremony import events as c
from domain.ceremony import steps as s
from domain.ceremony.state import CeremonyState
from domain.ceremony.vocabulary import LineState, MissedBecause, OffListBecause
from domain.errors import Refused
from domain.message import Command, Event, StreamKind, stream_id
from domain.steps.checks import known, not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import CEREMONY, StreamRole
from domain.tracks.self_employment import events as t


def _role(case_id: UUID) -> StreamRole[CaseState]:
    """Of a case on the list."""
    return StreamRole(f"listed_{case_id}", StreamKind.CASE, answered=False)


def reads_waiting(_command: Command, state: CeremonyState) -> Roles:
    """The cases whose line waits."""
    waiting = sorted(state.cases(LineState.LISTED))
    return {_role(case_id): stream_id(StreamKind.CASE, case_id) for case_id in waiting}


def schedule(_: World, step: s.ScheduleCeremony, __: Context) -> Event:
    not_before(step.held_on, step.occurred_on)
    return echo(c.CeremonyScheduled, step)


def postpone(world: World, step: s.PostponeCeremony, _: Context) -> Event:
    """The lines are kept; nobody was placed on the list after the new day."""
    not_before(step.held_on, step.occurred_on)
    not_before(step.held_on, world.ceremony.list_changed_on)
    return echo(c.CeremonyPostponed, step)


def cancel(world: World, step: s.CancelCeremony, ctx: Context) -> Events:
    """Each case whose line waits is free for another ceremony in the same commit."""
    ceremony = world.ceremony
    not_before(step.occurred_on, ceremony.list_changed_on)
    freed = [
        (
            _role(case_id),
            t.TakenOffCeremony(
                track_id=known(ceremony.lines[case_id].track_id),
                ceremony_id=ctx.name,
                because=OffListBecause.CEREMONY_CANCELLED,
            ),
        )
        for case_id in sorted(ceremony.cases(LineState.LISTED))
    ]
    return [(CEREMONY, echo(c.CeremonyCancelled, step)), *freed]


def record_held(world: World, step: s.RecordCeremonyHeld, ctx: Context) -> Events:
    """Once every line is told, or named as missed. No line is confirmed by it."""
    ceremony = world.ceremony
    if step.occurred_on != ceremony.held_on:
        raise Refused("ceremony_on_another_day", held_on=str(ceremony.held_on))
    missed = _missed(step)
    waiting = ceremony.cases(LineState.LISTED)
    if not missed.keys() <= waiting:
        raise Refused("line_not_waiting", lines=len(missed.keys() - waiting))
    untold = waiting - missed.keys()
    if untold:
        raise Refused("lines_not_told", lines=len(untold))
    return [(CEREMONY, echo(c.CeremonyHeld, step)), *_ended(ceremony, missed, ctx)]


def _missed(step: s.RecordCeremonyHeld) -> dict[UUID, MissedBecause]:
    """Why, by case. Raises `Refused` for one that is named twice."""
    missed = {
        **dict.fromkeys(step.absent, MissedBecause.ABSENT),
        **dict.fromkeys(step.later, MissedBecause.LATER),
    }
    if len(missed) < len(step.absent) + len(step.later):
        raise Refused("line_repeated")
    return missed


def _ended(
    ceremony: CeremonyState, missed: dict[UUID, MissedBecause], ctx: Context
) -> Iterator[tuple[StreamRole[CaseState] | StreamRole[CeremonyState], Event]]:
    for case_id, because in missed.items():
        track_id = known(ceremony.lines[case_id].track_id)
        told = t.CeremonyMissed(track_id=track_id, ceremony_id=ctx.name, because=because)
        yield CEREMONY, c.LineMissed(case_id=case_id, because=because)
        yield _role(case_id), told
