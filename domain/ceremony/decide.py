"""The rules of a ceremony, and its steps' table."""

from domain.ceremony import events as e
from domain.ceremony import steps as s
from domain.checks import plausible_plan
from domain.errors import Refused
from domain.handling import Condition, Context, Handling, World
from domain.message import Event, Role, StreamKind
from domain.recording import echo, recorded_as

ORGANISERS = frozenset({Role.COORDINATOR, Role.DIVISION})

NOT_SCHEDULED_YET = Condition("ceremony_already_scheduled", lambda state: not state.exists)
SCHEDULED = Condition("ceremony_not_found", lambda state: state.exists)
NOT_CANCELLED = Condition("ceremony_cancelled", lambda state: not state.cancelled)
NOT_HELD = Condition("ceremony_already_held", lambda state: not state.held)
NOTHING_HANDED_OVER = Condition("ceremony_has_deliveries", lambda state: not state.confirmed)


def _schedule(_: World, step: s.ScheduleCeremony, ctx: Context) -> list[Event]:
    plausible_plan(step.held_on, ctx.today)
    return [echo(e.CeremonyScheduled, step)]


def _postpone(_: World, step: s.PostponeCeremony, ctx: Context) -> list[Event]:
    plausible_plan(step.held_on, ctx.today)
    return [echo(e.CeremonyPostponed, step)]


def _held(world: World, step: s.RecordCeremonyHeld, _: Context) -> list[Event]:
    if step.occurred_on != world.ceremony.held_on:
        raise Refused("ceremony_on_another_day", held_on=str(world.ceremony.held_on))
    return [echo(e.CeremonyHeld, step)]


KIND = StreamKind.CEREMONY
STANDING = (SCHEDULED, NOT_CANCELLED, NOT_HELD)

CEREMONY_STEPS = (
    Handling(s.ScheduleCeremony, KIND, ORGANISERS, _schedule, (NOT_SCHEDULED_YET,), creates=True),
    Handling(s.PostponeCeremony, KIND, ORGANISERS, _postpone, (*STANDING, NOTHING_HANDED_OVER)),
    Handling(
        s.CancelCeremony,
        KIND,
        ORGANISERS,
        recorded_as(e.CeremonyCancelled),
        (*STANDING, NOTHING_HANDED_OVER),
    ),
    Handling(s.RecordCeremonyHeld, KIND, ORGANISERS, _held, STANDING),
)
