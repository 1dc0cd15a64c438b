"""The rules of an agreement."""

from datetime import date
from decimal import Decimal

from domain.agreement import events as e
from domain.agreement import steps as s
from domain.agreement.state import AgreementState
from domain.errors import NotAllowed, Refused
from domain.message import Actor, Command, Event
from domain.registry.state import REGISTRY
from domain.steps.handling import Context, Roles, World
from domain.steps.recording import echo
from domain.steps.roles import CENTRES


def reads_centres(_command: Command, _agreement: AgreementState) -> Roles:
    return {CENTRES: REGISTRY}


def of_its_territory(world: World, agreement: AgreementState, actor: Actor, today: date) -> None:
    """Of the centre in whose catchment its province lies; of the division, where several have it."""
    if actor.centre is None or not agreement.exists:
        return
    met = world.registry.serving(agreement.province, today)
    if actor.centre not in met:
        raise NotAllowed("other_centre")
    if len(met) > 1:
        raise NotAllowed("agreement_of_several_centres")


def sign(_: World, step: s.SignAgreement, __: Context) -> Event:
    if step.season.ends_on < step.season.starts_on:
        raise Refused("season_ends_before_start")
    return echo(e.AgreementSigned, step)


def amend(world: World, step: s.AmendAgreement, _: Context) -> Event:
    """An amendment cannot take back what is committed, nor places that are taken."""
    agreement = world.agreement
    if step.envelope < agreement.committed:
        raise Refused("envelope_below_committed", committed=str(agreement.committed))
    if step.planned_places + agreement.allowed_places < agreement.places_taken:
        raise Refused("places_below_taken", taken=agreement.places_taken)
    return echo(e.AgreementAmended, step)


def close(world: World, step: s.CloseAgreement, _: Context) -> Event:
    """Closing waits for what is committed to be delivered; what is repaid was not committed."""
    agreement = world.agreement
    if agreement.delivered < agreement.committed:
        undelivered = agreement.committed - agreement.delivered
        raise Refused("agreement_has_undelivered", undelivered=str(undelivered))
    if step.repaid > agreement.available:
        raise Refused("repaid_exceeds_unspent", available=str(agreement.available))
    return echo(e.AgreementClosed, step)


def require_room(agreement: AgreementState, amount: Decimal) -> None:
    """Raises `Refused` unless the envelope (MAD) and the places allow one more approval."""
    if amount > agreement.available:
        raise Refused("envelope_exceeded", available=str(agreement.available), asked=str(amount))
    if agreement.places_left < 1:
        raise Refused("places_exhausted", places=agreement.places_taken)
