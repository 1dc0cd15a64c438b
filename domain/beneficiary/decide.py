"""The rules of a beneficiary's identity, and its steps' table."""

from datetime import date

from domain.beneficiary import events as e
from domain.beneficiary import steps as s
from domain.errors import NotAllowed, Refused
from domain.handling import Condition, Context, Handling, World
from domain.message import Event, Role, StreamKind
from domain.recording import echo, recorded_as

OLDEST_BIRTH = date(1900, 1, 1)
CENTRE_STAFF = frozenset({Role.CASEWORKER, Role.COORDINATOR})
ERASERS = frozenset({Role.DIVISION, Role.ADMINISTRATOR})

NOT_REGISTERED_YET = Condition("beneficiary_already_registered", lambda state: not state.exists)
REGISTERED = Condition("beneficiary_not_found", lambda state: state.exists)
NOT_ERASED = Condition("erased", lambda state: not state.erased)
NO_OPEN_CASE = Condition("case_still_open", lambda state: state.open_case is None)
ERASURE_ASKED = Condition("erasure_not_requested", lambda state: state.erasure_asked_by is not None)


def _check_identity(step: s.RegisterBeneficiary, ctx: Context) -> None:
    if step.name_ar is None and step.name_latin is None:
        raise Refused("name_missing")
    if step.birth_date is not None and not OLDEST_BIRTH <= step.birth_date < ctx.today:
        raise Refused("birth_date_impossible", earliest=str(OLDEST_BIRTH), latest=str(ctx.today))
    if step.birth_year is not None and step.birth_year >= ctx.today.year:
        raise Refused("birth_date_impossible", earliest=str(OLDEST_BIRTH), latest=str(ctx.today))


def _register(_: World, step: s.RegisterBeneficiary, ctx: Context) -> list[Event]:
    _check_identity(step, ctx)
    return [echo(e.BeneficiaryRegistered, step)]


def _change(_: World, step: s.ChangeDetails, ctx: Context) -> list[Event]:
    _check_identity(step, ctx)
    return [echo(e.DetailsChanged, step)]


def _approve_erasure(world: World, _: s.ApproveErasure, ctx: Context) -> list[Event]:
    if ctx.actor.id == world.beneficiary.erasure_asked_by:
        raise NotAllowed("erasure_needs_second_person")
    return [e.BeneficiaryErased()]


KIND = StreamKind.BENEFICIARY
STANDING = (REGISTERED, NOT_ERASED)

BENEFICIARY_STEPS = (
    Handling(
        s.RegisterBeneficiary, KIND, CENTRE_STAFF, _register, (NOT_REGISTERED_YET,), creates=True
    ),
    Handling(s.ChangeDetails, KIND, CENTRE_STAFF, _change, STANDING),
    Handling(
        s.RequestErasure,
        KIND,
        ERASERS,
        recorded_as(e.ErasureRequested),
        (*STANDING, NO_OPEN_CASE),
    ),
    Handling(
        s.ApproveErasure,
        KIND,
        ERASERS,
        _approve_erasure,
        (*STANDING, NO_OPEN_CASE, ERASURE_ASKED),
    ),
)
