"""The rules of a session.

The number of its minutes is recorded once here. That another session of the body bears it too no
single stream can know, and two offices may well have scheduled one and the same meeting: it is for
a finding to say, and stops nobody from recording what was decided.
"""

from collections.abc import Iterator
from uuid import UUID

from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Command, Event, StreamKind, stream_id
from domain.rules import DecidingBody
from domain.session import events as e
from domain.session import steps as s
from domain.session.state import Line, SessionState
from domain.steps.checks import not_before
from domain.steps.handling import Context, Events, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import SESSION, StreamRole


def schedule(_: World, step: s.ScheduleSession, __: Context) -> Event:
    """A committee and a region are named, where it is theirs; the commission is one."""
    of_committee = step.body is DecidingBody.COMMITTEE
    of_region = step.body is DecidingBody.REGION
    if (step.committee is not None, step.region is not None) != (of_committee, of_region):
        raise Refused("body_missing_or_superfluous")
    not_before(step.meets_on, step.occurred_on)
    return echo(e.SessionScheduled, step)


def postpone(world: World, step: s.PostponeSession, _: Context) -> Events:
    """The lines stay, and their cases know the new day."""
    not_before(step.meets_on, step.occurred_on)
    not_before(step.occurred_on, world.session.listed_on)
    moved = (
        (role, e.SubmissionMoved(
            track_id=line.track_id, agreement_id=line.agreement_id, session_on=step.meets_on
        ))
        for role, line in _standing(world)
    )  # fmt: skip
    return [(SESSION, echo(e.SessionPostponed, step)), *moved]


def cancel(world: World, step: s.CancelSession, _: Context) -> Events:
    """The lines are freed: none of their projects is submitted any more."""
    not_before(step.occurred_on, world.session.listed_on)
    freed = (
        (role, e.SubmissionFreed(track_id=line.track_id, agreement_id=line.agreement_id))
        for role, line in _standing(world)
    )
    return [(SESSION, echo(e.SessionCancelled, step)), *freed]


def record_minutes(world: World, step: s.RecordMinutes, _: Context) -> Event:
    not_before(step.occurred_on, world.session.meets_on)
    return echo(e.MinutesRecorded, step)


def _role(case_id: UUID) -> StreamRole[CaseState]:
    return StreamRole(f"case {case_id}", StreamKind.CASE, answered=False)


def reads_listed_cases(_command: Command, session: SessionState) -> Roles:
    return {_role(case): stream_id(StreamKind.CASE, case) for case in session.by_case}


def _standing(world: World) -> Iterator[tuple[StreamRole[CaseState], Line]]:
    """The lines to be told to their cases: nothing more is recorded of an erased person."""
    for case_id, lines in world.session.by_case.items():
        role = _role(case_id)
        if world[role].kept is None:
            yield from ((role, line) for line in lines)
