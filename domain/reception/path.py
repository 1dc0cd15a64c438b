"""The steps of a reception, and their rules."""

from domain.errors import NotAllowed, Refused
from domain.message import Command, Event, Role
from domain.reception import events as e
from domain.reception import steps as s
from domain.reception.state import ReceptionState
from domain.registry.state import REGISTRY
from domain.steps.conditions import house
from domain.steps.handling import Context, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import CENTRES, RECEPTION
from domain.steps.table import Part, row

CENTRE_STAFF = frozenset({Role.CASEWORKER, Role.COORDINATOR})

NOT_RECORDED_YET = house("reception_already_recorded", lambda state: not state.exists)
RECORDED = house("reception_not_found", lambda state: state.exists)
NOT_CANCELLED = house("reception_cancelled", lambda state: not state.cancelled)


def reads_registry(_command: Command, _state: ReceptionState) -> Roles:
    return {CENTRES: REGISTRY}


def record(world: World, step: s.RecordReception, ctx: Context) -> Event:
    """In the own centre, and sent to one place."""
    if ctx.actor.centre not in (None, step.centre):
        raise NotAllowed("other_centre")
    if step.centre not in world.registry.centres:
        raise Refused("centre_unknown", centre=step.centre)
    if step.sent_to is not None and step.sent_elsewhere is not None:
        raise Refused("reception_sent_twice")
    return echo(e.ReceptionRecorded, step)


def cancel(world: World, step: s.CancelReception, ctx: Context) -> Event:
    """By whoever entered it, or a coordinator."""
    if ctx.actor.role is Role.CASEWORKER and ctx.actor.id != world[RECEPTION].recorded_by:
        raise NotAllowed("reception_of_another")
    return echo(e.ReceptionCancelled, step)


RECEPTIONS = Part(
    "receptions",
    (
        row(
            s.RecordReception,
            e.ReceptionRecorded,
            who=CENTRE_STAFF,
            when=(NOT_RECORDED_YET,),
            by=record,
            reads=reads_registry,
            creates=True,
        ),
        row(
            s.CancelReception,
            e.ReceptionCancelled,
            who=CENTRE_STAFF,
            when=(RECORDED, NOT_CANCELLED),
            by=cancel,
        ),
    ),
)
